import { z } from 'zod';
import { sendAsSchema } from '../model/entry.ts';
import { submissionIdSchema } from '../model/submission.ts';
import { call, countedProgressSchema, doneSchema, longCall } from './call.ts';

const one = z.object({ id: submissionIdSchema, entryId: z.number().int() });

/** A ZIP that was written and read back whole. */
export const savedZipSchema = z.object({
  name: z.string(),
  members: z.number().int(),
  /** Of the ZIP itself. */
  bytes: z.number(),
});

/** Items of several files: what is in them, and packing them into one ZIP. */
export const itemCalls = {
  /** How items are sent that nobody said it of one by one; can be undone. */
  'items.sendAs': call(z.object({ id: submissionIdSchema }), z.object({ sendAs: sendAsSchema })),
  'items.setSendAs': call(z.object({ id: submissionIdSchema, sendAs: sendAsSchema }), doneSchema),
  /** One page of the files of an item, by path below it. Those of an OME-Zarr are read from the disk. */
  'items.members': call(
    one.extend({ offset: z.number().int().min(0), limit: z.number().int().min(1).max(500) }),
    z.object({
      total: z.number().int(),
      rows: z.array(z.object({ path: z.string(), size: z.number() })),
    }),
  ),
  /** Writes an item as one ZIP into a folder that a person picked, and tests it. Nothing is written over. */
  'items.saveZip': longCall(one.extend({ grant: z.string() }), savedZipSchema, countedProgressSchema),
  /** The same to a path of the host's. */
  'items.writeZip': longCall(one.extend({ path: z.string() }), savedZipSchema, countedProgressSchema, 'host'),
};
