import { z } from 'zod';
import { submissionIdSchema } from '../model/submission.ts';
import { linkRuleSchema, scanReportSchema, settleSecondsSchema, skipRuleSchema } from '../model/walk.ts';
import { call, countedProgressSchema, doneSchema } from './call.ts';

const one = z.object({ id: submissionIdSchema });
const page = { offset: z.number().int().min(0), limit: z.number().int().min(1).max(500) };
const text = z.string().max(500).default('');

/** How far a scan is: files, their bytes, and files a second just now. */
export const scanProgressSchema = countedProgressSchema.extend({
  bytes: z.number().default(0),
  perSecond: z.number().default(0),
});
export type ScanProgress = z.infer<typeof scanProgressSchema>;

/** How the folders are walked, what that left out, and what a scan found otherwise than the one before. */
export const walkCalls = {
  'walk.settings': call(
    one,
    z.object({ rules: z.array(skipRuleSchema), settleSeconds: settleSecondsSchema }),
  ),
  /** Files written to less than this ago are held back from the next look on. */
  'walk.setSettle': call(one.extend({ seconds: settleSecondsSchema }), doneSchema),
  /** What is done with links in one folder, from its next scan on. */
  'walk.setLinks': call(one.extend({ sourceId: z.number().int(), links: linkRuleSchema }), doneSchema),
  /** Keeps other rules for what is left out, as one step that can be undone. They hold from the next scan on. */
  'skips.setRules': call(one.extend({ rules: z.array(skipRuleSchema) }), doneSchema),
  /** What each rule of a set would leave out of what the last scans met, without keeping it. */
  'skips.preview': call(
    one.extend({ rules: z.array(skipRuleSchema) }),
    z.object({
      rules: z.array(
        z.object({
          id: z.string(),
          /** Files and folders met by name that it leaves out; a folder counts once. */
          skipped: z.number().int(),
          /** Files of the index that it would take out, members of OME-Zarrs counted singly. */
          files: z.number().int(),
          /** A few of them. */
          examples: z.array(z.string()),
          /** Why the pattern cannot be used; '' when it can. */
          fault: z.string(),
        }),
      ),
      /** Left out now and no longer by these rules. */
      letIn: z.number().int(),
    }),
  ),
  /** What the last scans left out, by folder and path. `cause`: only these, `rule:` and an id, or a walk's cause. */
  'skips.page': call(
    one.extend({ ...page, text, cause: z.string().optional(), sourceId: z.number().int().optional() }),
    z.object({
      total: z.number().int(),
      rows: z.array(
        z.object({ sourceId: z.number().int(), path: z.string(), reason: z.string(), cause: z.string() }),
      ),
      /** Everything that was left out, by cause, the most numerous first. */
      causes: z.array(z.object({ cause: z.string(), reason: z.string(), count: z.number().int() })),
    }),
  ),
  /** What the last scan of a folder found otherwise than the one before it. */
  'scan.changes': call(
    one.extend({
      ...page,
      sourceId: z.number().int(),
      what: z.enum(['added', 'changed', 'gone', 'renamed']),
    }),
    z.object({
      report: scanReportSchema.nullable(),
      total: z.number().int(),
      rows: z.array(
        z.object({
          entryId: z.number().int(),
          path: z.string(),
          size: z.number(),
          /** The path before, of one that was renamed. */
          was: z.string(),
        }),
      ),
    }),
  ),
};
