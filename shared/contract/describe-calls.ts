import { z } from 'zod';
import { fieldValueSchema, metadataSchema } from '../model/metadata.ts';
import { submissionIdSchema } from '../model/submission.ts';
import { call, doneSchema } from './call.ts';

const one = z.object({ id: submissionIdSchema });
const inBlock = one.extend({ section: z.string(), block: z.string() });

/** Describing the data. Every edit is saved before the call answers. */
export const describeCalls = {
  'describe.get': call(one, z.object({ metadata: metadataSchema })),
  /** Sets one field; null empties it. Any text is kept, right or wrong: what is wrong with it is a finding. */
  'describe.set': call(inBlock.extend({ field: z.string(), value: fieldValueSchema.nullable() }), doneSchema),
  'describe.addBlock': call(
    one.extend({ section: z.string(), copyOf: z.string().optional() }),
    z.object({ block: z.string() }),
  ),
  'describe.removeBlock': call(inBlock, doneSchema),
  'describe.moveBlock': call(inBlock.extend({ to: z.number().int().min(0) }), doneSchema),
  /** Fills the required fields that are empty with the form's examples; only for the practice archive. */
  'describe.fillExample': call(one, z.object({ filled: z.number().int() })),
  /** Fills from plain JSON as the blank template has it. All or nothing: unknown or wrong fields change nothing. */
  'describe.fill': call(one.extend({ json: z.unknown() }), z.object({ filled: z.number().int() })),
};
