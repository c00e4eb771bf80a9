import { z } from 'zod';
import { columnKeySchema } from '../model/list-column.ts';
import { submissionIdSchema } from '../model/submission.ts';
import { tableFormatSchema } from '../model/table.ts';
import { entryFilterSchema, entrySortSchema } from './file-calls.ts';

/** Which rows and columns a table has, as `table.export` takes them. */
export const tableViewSchema = z.object({
  filter: entryFilterSchema.default({}),
  sort: entrySortSchema.optional(),
  columns: z.array(columnKeySchema).min(1).max(300).optional(),
});

const index = z.coerce.number().int().min(0);

/**
 * Bytes that a window fetches by address and that are too big or too plain for messages: tiles, thumbnails,
 * receipts, lists. The desktop serves them on its own scheme, the browser entry on loopback HTTP, both below
 * `content/`. A tile is raw pixel values, little-endian, row by row, in the `pixelType` of its ImageInfo.
 */
export const contentRequestSchema = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('tile'),
    imageId: z.string(),
    level: index,
    c: index,
    z: index,
    t: index,
    /** Tile column and row. */
    x: index,
    y: index,
  }),
  /** PNG, longest side `size`; with `mask` its labels over it. */
  z.object({
    what: z.literal('thumbnail'),
    id: submissionIdSchema,
    entryId: index,
    part: z.string().default(''),
    maskEntryId: index.optional(),
    maskPart: z.string().default(''),
    size: z.coerce.number().int().min(16).max(1024),
  }),
  z.object({ what: z.literal('receipt'), id: submissionIdSchema, as: z.enum(['json', 'html']) }),
  z.object({ what: z.literal('file-list'), id: submissionIdSchema, block: z.string() }),
  z.object({ what: z.literal('document'), id: submissionIdSchema }),
  z.object({ what: z.literal('template'), id: submissionIdSchema }),
  z.object({ what: z.literal('blank-template'), destination: z.string() }),
  z.object({ what: z.literal('report'), id: submissionIdSchema, as: z.enum(['json', 'html']) }),
  /** Entries as a table; `view` is JSON of {@link tableViewSchema}. */
  z.object({
    what: z.literal('table'),
    id: submissionIdSchema,
    as: tableFormatSchema,
    view: z
      .string()
      .max(100_000)
      .default('{}')
      .refine((text) => parsedTableView(text) !== null),
  }),
  /** What the last import or preview of a table told, as tab-separated text. */
  z.object({ what: z.literal('table-report'), id: submissionIdSchema }),
]);
export type ContentRequest = z.output<typeof contentRequestSchema>;
export type ContentRequestInput = z.input<typeof contentRequestSchema>;

/** Reads the `view` of a table's address; null when it is none. */
export function parsedTableView(text: string): z.output<typeof tableViewSchema> | null {
  try {
    return tableViewSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** The answer to a content request. `fileName` is set for things to keep: the host offers them as a download. */
export interface ContentAnswer {
  readonly status: 200 | 404 | 422 | 499;
  readonly type: string;
  readonly body: Uint8Array;
  readonly fileName?: string;
  /** Set when the body, then empty, is too large for memory: a temporary file that whoever serves it streams and removes. */
  readonly file?: string;
}

/** The address of some content, relative to the window's own: `content/tile?imageId=…`. */
export function contentAddress(request: ContentRequestInput): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request)) {
    if (name !== 'what' && value !== undefined) query.set(name, String(value));
  }
  return `content/${request.what}?${query}`;
}

/** Reads an address made by {@link contentAddress}; null when it is not one. */
export function parseContentAddress(path: string, query: string): ContentRequest | null {
  const what = /(?:^|\/)content\/([a-z-]+)$/.exec(path)?.[1];
  if (what === undefined) return null;
  const parsed = contentRequestSchema.safeParse({
    what,
    ...Object.fromEntries(new URLSearchParams(query).entries()),
  });
  return parsed.success ? parsed.data : null;
}
