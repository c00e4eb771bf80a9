import { z } from 'zod';
import { columnKeySchema, listColumnSchema } from '../model/list-column.ts';
import { submissionIdSchema } from '../model/submission.ts';
import {
  importModeSchema,
  mostPastedRows,
  reportedSchema,
  reportRowSchema,
  tableCountsSchema,
  tableFormatSchema,
  tableMappingSchema,
  tableShapeSchema,
} from '../model/table.ts';
import { call, countedProgressSchema, doneSchema, longCall } from './call.ts';
import { entryFilterSchema, entrySortSchema, entryTargetSchema } from './file-calls.ts';

const one = z.object({ id: submissionIdSchema });
const columns = z.object({ columns: z.array(listColumnSchema) });
/** Rows of the grid as it stands: from the `offset`-th of a filter and order. */
const gridPlace = {
  filter: entryFilterSchema.default({}),
  sort: entrySortSchema.optional(),
  offset: z.number().int().min(0),
};
/** A grant, or what `table.receive` answered last. */
const table = one.extend({ file: z.string() });

/** Columns of the file list, their cells, and tables that go in and out. */
export const tableCalls = {
  /** Every column in the order in which the grid shows them. They are read again when `entries` change. */
  'columns.list': call(one, columns),
  /** A free column; it stands last. A Problem `column-name` says why it cannot be called so. */
  'columns.add': call(one.extend({ title: z.string() }), listColumnSchema),
  /** Renames a free column with all its cells, as one step that can be undone. */
  'columns.rename': longCall(
    one.extend({ column: columnKeySchema, title: z.string() }),
    listColumnSchema,
    countedProgressSchema,
  ),
  /** Takes a free column away with all its cells, as one step that can be undone. */
  'columns.remove': longCall(
    one.extend({ column: columnKeySchema }),
    z.object({ cells: z.number().int() }),
    countedProgressSchema,
  ),
  /** Columns in a new order; those not named follow as they stood. How a grid looks is kept and not undone. */
  'columns.order': call(one.extend({ columns: z.array(columnKeySchema).max(300) }), columns),
  'columns.show': call(
    one.extend({
      column: columnKeySchema,
      hidden: z.boolean().optional(),
      width: z.number().min(20).max(2000).nullable().optional(),
    }),
    columns,
  ),

  /** Sets one cell. `value` in the answer is what was kept; `cleaned` says that something invisible was taken out. */
  'cells.set': call(
    one.extend({ entryId: z.number().int(), column: columnKeySchema, value: z.string().max(100_000) }),
    z.object({ value: z.string(), cleaned: z.boolean() }),
  ),
  /** Gives many entries one value, typed or that of another entry (fill down), as one step that can be undone. */
  'cells.fill': longCall(
    one.extend({
      entries: entryTargetSchema,
      column: columnKeySchema,
      with: z.union([
        z.object({ value: z.string().max(100_000) }),
        z.object({ fromEntryId: z.number().int() }),
      ]),
    }),
    z.object({ changed: z.number().int(), value: z.string() }),
    countedProgressSchema,
  ),
  /**
   * Writes a block of a spreadsheet into the grid as it stands: its first row into the `offset`-th row, its columns into
   * `columns` in order. A refused cell stays as it was and the others are written, all as one step that can be undone.
   */
  'cells.paste': longCall(
    one.extend({
      ...gridPlace,
      columns: z.array(columnKeySchema).min(1).max(200),
      rows: z
        .array(z.array(z.string().max(100_000)).max(200))
        .min(1)
        .max(mostPastedRows),
    }),
    z.object({
      changedCells: z.number().int(),
      changedEntries: z.number().int(),
      /** Rows of the block for which the grid had no row left, and columns for which it had no column. */
      rowsLeftOver: z.number().int(),
      columnsLeftOver: z.number().int(),
      refusedCells: z.number().int(),
      /** The first 100 of them; rows and columns count from 0 in the block. */
      refused: z.array(
        z.object({ row: z.number().int(), column: columnKeySchema, value: z.string(), reason: z.string() }),
      ),
    }),
    countedProgressSchema,
  ),
  /** Cells as text for the clipboard, a tab between two and a line for each row; of entries, or of rows as they stand. */
  'cells.copy': call(
    one.extend({
      rows: z.union([
        z.object({ ...gridPlace, count: z.number().int().min(1).max(mostPastedRows) }),
        z.object({ entries: entryTargetSchema, sort: entrySortSchema.optional() }),
      ]),
      columns: z.array(columnKeySchema).min(1).max(200),
      headers: z.boolean().default(false),
    }),
    z.object({ text: z.string(), rows: z.number().int() }),
  ),

  /**
   * Takes a table that a window has as bytes, some at a time: the first with `upload` null, the others with the id
   * answered. After the one with `last` that id can be given as `file` to the calls below.
   */
  'table.receive': call(
    z.object({
      upload: z.string().nullable(),
      name: z.string().max(300),
      /** At most 3 MB of the file, as base64. */
      bytes: z.string().max(4_000_000),
      last: z.boolean(),
    }),
    z.object({ upload: z.string() }),
  ),
  /** Reads a table and says what its import would do; nothing is changed. Without a mapping one is guessed. */
  'table.preview': longCall(
    table.extend({
      sheet: z.string().optional(),
      mapping: tableMappingSchema.optional(),
      mode: importModeSchema.prefault({}),
    }),
    z.object({
      shape: tableShapeSchema,
      mapping: tableMappingSchema,
      /** Every column of the table with its header, and what speaks against taking it over, else ''. */
      columns: z.array(z.object({ from: z.number().int(), header: z.string(), trouble: z.string() })),
      counts: tableCountsSchema,
    }),
    countedProgressSchema,
  ),
  /** Takes a table over as one step that can be undone. */
  'table.import': longCall(
    table.extend({ mapping: tableMappingSchema, mode: importModeSchema.prefault({}) }),
    z.object({ counts: tableCountsSchema }),
    countedProgressSchema,
  ),
  /** Rows of the last preview or import that are worth a word, in the order of the table. Kept until the file is closed. */
  'table.report': call(
    one.extend({
      what: reportedSchema.optional(),
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(500),
    }),
    z.object({ total: z.number().int(), counts: tableCountsSchema, rows: z.array(reportRowSchema) }),
  ),
  /**
   * Writes a table of entries to a path of the host's. Windows fetch the same as content `table`. The report of the
   * last import is written by `table.exportReport` and fetched as content `table-report`.
   */
  'table.export': longCall(
    one.extend({
      path: z.string(),
      format: tableFormatSchema,
      filter: entryFilterSchema.default({}),
      sort: entrySortSchema.optional(),
      /** Without them: the path, the columns of the file list, and the free ones. */
      columns: z.array(columnKeySchema).min(1).max(300).optional(),
    }),
    z.object({ rows: z.number().int() }),
    countedProgressSchema,
    'host',
  ),
  'table.exportReport': longCall(
    one.extend({ path: z.string() }),
    z.object({ rows: z.number().int() }),
    countedProgressSchema,
    'host',
  ),
  /** Asks for nothing more of a table that was received or previewed. */
  'table.forget': call(table, doneSchema),
};
