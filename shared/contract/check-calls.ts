import { z } from 'zod';
import {
  findingCountsSchema,
  findingGroupSchema,
  findingLevelSchema,
  findingSchema,
} from '../model/finding.ts';
import { submissionIdSchema } from '../model/submission.ts';
import { call, countedProgressSchema, longCall } from './call.ts';

const one = z.object({ id: submissionIdSchema });
/** Only findings whose message or place contains it, letters in either case; groups then count only those. */
const text = z.string().max(500).optional();

/** Finding what an archive would refuse, and mending it. */
export const checkCalls = {
  'check.run': longCall(one, z.object({ counts: findingCountsSchema }), countedProgressSchema),
  'findings.groups': call(
    one.extend({ text }),
    z.object({ groups: z.array(findingGroupSchema), counts: findingCountsSchema }),
  ),
  'findings.page': call(
    one.extend({
      rule: z.string().optional(),
      level: findingLevelSchema.optional(),
      entryId: z.number().int().optional(),
      text,
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(500),
    }),
    z.object({ total: z.number().int(), rows: z.array(findingSchema) }),
  ),
  /** Applies the safe fix of every finding of a rule, or of the findings named, as one step that can be undone. */
  'findings.fix': call(
    one.extend({ rule: z.string(), findings: z.array(z.number().int()).optional() }),
    z.object({ fixed: z.number().int() }),
  ),
};
