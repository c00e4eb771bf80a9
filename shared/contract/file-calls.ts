import { z } from 'zod';
import { entryEditSchema, entryKindSchema, entrySchema, sourceSchema } from '../model/entry.ts';
import { findingLevelSchema } from '../model/finding.ts';
import { columnConditionSchema, columnKeySchema } from '../model/list-column.ts';
import { submissionIdSchema } from '../model/submission.ts';
import { call, doneSchema, longCall } from './call.ts';
import { scanProgressSchema } from './walk-calls.ts';

const one = z.object({ id: submissionIdSchema });
const page = { offset: z.number().int().min(0), limit: z.number().int().min(1).max(500) };

export const entryFilterSchema = z
  .object({
    kind: entryKindSchema,
    send: z.boolean(),
    finding: findingLevelSchema,
    paired: z.boolean(),
    text: z.string(),
    sourceId: z.number().int(),
    /** All of them hold. */
    columns: z.array(columnConditionSchema).max(10),
    /** Path of a folder below its source: what lies in it or below it. */
    folder: z.string(),
  })
  .partial();
export type EntryFilter = z.infer<typeof entryFilterSchema>;

/** Entries taken out by hand of everything that a filter matches. */
export const mostExcepted = 20_000;

/** Which entries are meant: some by id, all that a filter matches, or these but some. */
export const entryTargetSchema = z.union([
  z.array(z.number().int()),
  z.strictObject({ filter: entryFilterSchema, except: z.array(z.number().int()).max(mostExcepted) }),
  // Strict: a part of a filter that is not known here must not come to mean every entry.
  entryFilterSchema.strict(),
]);
export type EntryTarget = z.infer<typeof entryTargetSchema>;

export const entrySortSchema = z.object({
  /** Numbers before texts, texts by their characters, nothing last whichever way it goes. */
  by: columnKeySchema,
  descending: z.boolean(),
});
export type EntrySort = z.infer<typeof entrySortSchema>;

/** `Source Image` cells by a pattern with `{folder}`, `{name}` and `{stem}` of a path. */
export const sourcePatternSchema = z.object({
  pattern: z.string().min(1).max(1000),
  /** Whose path the parts are taken from: of the image each is paired with, or of the file itself. */
  of: z.enum(['pair', 'file']),
});
export type SourcePattern = z.infer<typeof sourcePatternSchema>;

/** A folder a person may choose, as the browser entry shows it. The id is opaque; no path crosses from the window. */
export const placeSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['folder', 'submission-file']),
});

/** Folders and the index. */
export const fileCalls = {
  /** Gives an opaque id for a path that a person picked in a dialog of the host, or typed in the terminal. */
  'grants.issue': call(
    z.object({ path: z.string() }),
    z.object({ grant: z.string(), name: z.string() }),
    'host',
  ),
  /** Folders below a place, or the root folders that `--root` named. Ids count as grants. */
  'places.list': call(
    z.object({ place: z.string().nullable() }),
    z.object({ trail: z.array(placeSchema), places: z.array(placeSchema), truncated: z.boolean() }),
  ),
  'sources.add': call(one.extend({ grant: z.string() }), sourceSchema),
  'sources.list': call(one, z.object({ sources: z.array(sourceSchema) })),
  'sources.remove': call(one.extend({ sourceId: z.number().int() }), doneSchema),
  /** Walks every source, or one of them, and pairs afterwards. Metadata, pairs and journal stay with their files. */
  'sources.scan': longCall(
    one.extend({ sourceId: z.number().int().optional() }),
    z.object({
      files: z.number().int(),
      bytes: z.number(),
      added: z.number().int(),
      changed: z.number().int(),
      vanished: z.number().int(),
      renamed: z.number().int(),
      skipped: z.number().int(),
      /** Held back because they were just written to. */
      held: z.number().int(),
      pairs: z.number().int(),
    }),
    scanProgressSchema,
  ),
  'entries.page': call(
    one.extend({
      ...page,
      filter: entryFilterSchema.default({}),
      sort: entrySortSchema.optional(),
      /** Answers as soon as these rows are known, though it may not be known yet how many there are. */
      soon: z.boolean().default(false),
    }),
    z.object({
      total: z.number().int(),
      bytes: z.number(),
      rows: z.array(entrySchema),
      /** False only for an answer that came `soon`: there are as many rows as it says, or more. */
      totalIsFinal: z.boolean(),
    }),
  ),
  /** In which row of `entries.page` an entry stands; null when the filter leaves it out or it is not there. */
  'entries.place': call(
    one.extend({
      entryId: z.number().int(),
      filter: entryFilterSchema.default({}),
      sort: entrySortSchema.optional(),
    }),
    z.object({ offset: z.number().int().nullable() }),
  ),
  'entries.get': call(one.extend({ entryId: z.number().int() }), entrySchema),
  /** Changes entries as one step that can be undone. */
  'entries.edit': call(
    one.extend({ entries: entryTargetSchema, edit: entryEditSchema }),
    z.object({ changed: z.number().int() }),
  ),
  /** What a pattern would make of the first of those entries that it would change. */
  'sourceImages.preview': call(
    one.extend({ entries: entryTargetSchema, by: sourcePatternSchema }),
    z.object({
      rows: z.array(z.object({ entryId: z.number().int(), path: z.string(), after: z.string() })),
    }),
  ),
  /** Fills the source images of entries by a pattern, as one step that can be undone. Those without an image stay as they are. */
  'sourceImages.fill': call(
    one.extend({ entries: entryTargetSchema, by: sourcePatternSchema }),
    z.object({ changed: z.number().int(), without: z.number().int() }),
  ),
};
