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

/** Files that may be one item: offered, never made without being asked. */
export const foundItemSchema = z.object({
  /** Good until items are looked for again. */
  key: z.number().int(),
  kind: z.enum(['series', 'ome-tiff']),
  /** Folder and pattern such as `movie/cells_{t}.tif`, or folder and name where the files name each other. */
  path: z.string(),
  files: z.number().int(),
  bytes: z.number(),
  /** Bytes of the smallest and the largest file. */
  smallest: z.number(),
  largest: z.number(),
  /** True when the numbers say what they count: time, depth, channel. */
  isMarked: z.boolean(),
  /** The entry of an item that the files join; null for a new one. */
  joins: z.number().int().nullable(),
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
  /** Looks for OME-TIFFs that name each other and for files numbered alike; says how many items they may be. */
  'items.find': longCall(
    z.object({ id: submissionIdSchema }),
    z.object({ found: z.number().int() }),
    countedProgressSchema,
  ),
  /** One page of what was found last, the likeliest first. */
  'items.found': call(
    z.object({
      id: submissionIdSchema,
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(500),
    }),
    z.object({ rows: z.array(foundItemSchema) }),
  ),
  /** Makes items of what was found, some or all of it; each can be undone by itself. */
  'items.groupFound': longCall(
    z.object({
      id: submissionIdSchema,
      keys: z.union([z.literal('all'), z.array(z.number().int()).max(10_000)]),
    }),
    z.object({ made: z.number().int() }),
    countedProgressSchema,
  ),
  /** Makes one item of picked files. */
  'items.group': call(
    z.object({ id: submissionIdSchema, entryIds: z.array(z.number().int()).min(2).max(20_000) }),
    z.object({ entryId: z.number().int() }),
  ),
  /** Makes the files of an item single files again. */
  'items.ungroup': call(one, z.object({ files: z.number().int() })),
  /** Writes an item as one ZIP into a folder that a person picked, and tests it. Nothing is written over. */
  'items.saveZip': longCall(one.extend({ grant: z.string() }), savedZipSchema, countedProgressSchema),
  /** The same to a path of the host's. */
  'items.writeZip': longCall(one.extend({ path: z.string() }), savedZipSchema, countedProgressSchema, 'host'),
};
