import { z } from 'zod';
import { linkRuleSchema, scanReportSchema } from './walk.ts';

/** What an entry is to the submission; a guess at scan time that a person may overrule. */
export const entryKindSchema = z.enum(['image', 'mask', 'table', 'other']);
export type EntryKind = z.infer<typeof entryKindSchema>;

/**
 * `present` as scanned; `vanished` no longer on disk; `unreadable` no rights or an I/O error;
 * `changing` was still being written when looked at, held back until it rests.
 */
export const entryStateSchema = z.enum(['present', 'vanished', 'unreadable', 'changing']);
export type EntryState = z.infer<typeof entryStateSchema>;

/** How an item of several files is sent. */
export const sendAsSchema = z.enum(['files', 'zip']);
export type SendAs = z.infer<typeof sendAsSchema>;

/** One item of the index: a file, or an OME-Zarr directory as one item with its member count. */
export const entrySchema = z.object({
  id: z.number().int(),
  sourceId: z.number().int(),
  /** Path below the source folder, `/` between segments, as on disk. */
  path: z.string(),
  name: z.string(),
  kind: entryKindSchema,
  /** File format by extension and first bytes: `tiff`, `ome-zarr`, `png`, `jpeg`, `tsv`, …, `unknown`. */
  format: z.string(),
  /** Bytes; for an OME-Zarr the sum over its members. */
  size: z.number(),
  /** Files inside; 1 for a plain file. */
  members: z.number().int(),
  modifiedMs: z.number(),
  state: entryStateSchema,
  /** Whether it will be sent. `sendReason` says why in a few words. */
  send: z.boolean(),
  sendReason: z.string(),
  /** Why it stands for several files: grouped by name as a series, or files of one OME-TIFF that name each other. */
  itemKind: z.enum(['series', 'ome-tiff']).optional(),
  /** How an item of several files goes to the archive: file by file, or packed into one ZIP on the way; null for a file. */
  sendAs: sendAsSchema.nullable(),
  /** Path at the archive, below the submission's remote folder. Local files are never renamed. */
  remotePath: z.string(),
  /** `Annotation Type` cell of the file list; empty when it follows the annotation section. */
  annotationType: z.string(),
  /** `Source Image` cell of the file list. */
  sourceImage: z.string(),
  /** Id of the Annotation block whose file list names this entry; empty for the first block. */
  annotationBlock: z.string(),
  /** Further file-list cells, by column header. */
  columns: z.record(z.string(), z.string()),
  /** Names of what it is paired with, at most three, for the grid. */
  pairedWith: z.array(z.string()),
  /** Images that a mask without a pair may belong to, for a person to decide; else 0. */
  candidates: z.number().int().default(0),
  findings: z.object({ must: z.number(), should: z.number(), may: z.number() }),
});
export type Entry = z.infer<typeof entrySchema>;

/** What a person may change of an entry. */
export const entryEditSchema = z
  .object({
    kind: entryKindSchema,
    send: z.boolean(),
    sendAs: sendAsSchema,
    remotePath: z.string(),
    annotationType: z.string(),
    sourceImage: z.string(),
    annotationBlock: z.string(),
    columns: z.record(z.string(), z.string()),
  })
  .partial()
  .strict();
export type EntryEdit = z.infer<typeof entryEditSchema>;

/** A folder that was added, and how far its scan is. */
export const sourceSchema = z.object({
  id: z.number().int(),
  path: z.string(),
  state: z.enum(['new', 'scanning', 'scanned', 'gone']),
  /** Why it is gone, or why not all of it could be looked through; in words, else ''. */
  trouble: z.string().default(''),
  files: z.number().int(),
  bytes: z.number(),
  skipped: z.number().int(),
  scannedAt: z.string().nullable(),
  links: linkRuleSchema.default('skip'),
  /** Files held back because they were written to just before they were looked at. */
  held: z.number().int().default(0),
  /** What the last scan found otherwise than the one before; null before the second one. */
  report: scanReportSchema.nullable().default(null),
  /** True when what is left out, or the rule for links, was changed since the last scan. */
  stale: z.boolean().default(false),
});
export type Source = z.infer<typeof sourceSchema>;
