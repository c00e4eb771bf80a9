import { z } from 'zod';
import { findingCountsSchema } from '../model/finding.ts';
import { submissionIdSchema } from '../model/submission.ts';
import { call } from './call.ts';
import { entryFilterSchema } from './file-calls.ts';

/** Which folder is meant, and what is counted in it. */
const inFolder = z.object({
  id: submissionIdSchema,
  /** Null is above all sources: what lies there are the sources themselves. */
  sourceId: z.number().int().nullable().default(null),
  /** Path below the source; '' is the source. */
  folder: z.string().default(''),
  /** Counts only what this matches. */
  filter: entryFilterSchema.omit({ sourceId: true, folder: true }).strict().default({}),
});

const amountSchema = z.object({ entries: z.number().int(), bytes: z.number() });
export type Amount = z.infer<typeof amountSchema>;

const kindAmountsSchema = z.object({
  image: amountSchema,
  mask: amountSchema,
  table: amountSchema,
  other: amountSchema,
});
export type KindAmounts = z.infer<typeof kindAmountsSchema>;

/** A folder and everything below it. */
export const folderRowSchema = z.object({
  sourceId: z.number().int(),
  /** Last segment of its path; of a source the whole path on disk. */
  name: z.string(),
  entries: z.number().int(),
  /** An OME-Zarr is one entry and many files. */
  files: z.number().int(),
  bytes: z.number(),
  kinds: kindAmountsSchema,
  /** How many entries have a finding of each level. */
  findings: findingCountsSchema,
  /** Whether folders lie in it that hold anything of what is counted. */
  hasFolders: z.boolean(),
});
export type FolderRow = z.infer<typeof folderRowSchema>;

/** One area of a space map: a folder, a file, or all that are too small to be drawn. */
const spacePartSchema = z.object({
  what: z.enum(['folder', 'file', 'rest']),
  /** Last segment of its path; of a source the whole path on disk; '' for the rest. */
  name: z.string(),
  /** Source of a folder that lies above all sources, entry of a file; else 0. */
  id: z.number().int(),
  entries: z.number().int(),
  files: z.number().int(),
  bytes: z.number(),
  /** The kind that most of its bytes are of. */
  kind: z.enum(['image', 'mask', 'table', 'other']),
});
export const spaceAreaSchema = spacePartSchema.extend({
  /** What lies in a folder, largest first, the rest last. */
  parts: z.array(spacePartSchema),
});
export type SpacePart = z.infer<typeof spacePartSchema>;
export type SpaceArea = z.infer<typeof spaceAreaSchema>;

/** Where the files lie and what fills the space. Counts are those of now, also while a scan goes on. */
export const treeCalls = {
  /** Folders in a folder, some at a time. Those that hold nothing of what is counted are left out. */
  'tree.children': call(
    inFolder.extend({
      /** By name as people count (`plate 2` before `plate 10`), or the largest first. */
      sort: z.enum(['name', 'bytes']).default('name'),
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(500),
      /** The page in which a folder of this name stands, instead of the one at the offset. */
      holding: z.string().optional(),
    }),
    z.object({
      total: z.number().int(),
      /** Of the first row. */
      offset: z.number().int(),
      rows: z.array(folderRowSchema),
      /** The folder itself, with everything below. */
      whole: folderRowSchema,
    }),
  ),
  /** The largest folders and files in a folder, and the largest in each of these folders. */
  'tree.space': call(
    inFolder.extend({
      limit: z.number().int().min(1).max(100).default(40),
      /** Most parts of each folder. */
      parts: z.number().int().min(0).max(40).default(16),
    }),
    z.object({ bytes: z.number(), areas: z.array(spaceAreaSchema) }),
  ),
  /** Of what kinds and formats everything below a folder is, and what the scan left out there. */
  'tree.summary': call(
    inFolder,
    z.object({
      whole: folderRowSchema,
      /** Formats, or endings of names where no format is known, with the most bytes first; '' is without an ending. */
      formats: z.array(amountSchema.extend({ format: z.string() })),
      /** Formats beyond those. */
      moreFormats: amountSchema.extend({ formats: z.number().int() }),
      /** What the scan left out, by cause, the most first. No filter counts here. */
      skipped: z.array(
        z.object({
          /** As in `skips.page`; '' where an older scan did not note it. */
          cause: z.string(),
          reason: z.string(),
          count: z.number().int(),
          examples: z.array(z.string()).max(3),
        }),
      ),
    }),
  ),
};
