import { z } from 'zod';
import { columnKeySchema } from './list-column.ts';

/** Rows of a spreadsheet pasted or copied at a time; more goes by import and export. */
export const mostPastedRows = 20_000;

export const tableFormatSchema = z.enum(['tsv', 'csv', 'xlsx']);
export type TableFormat = z.infer<typeof tableFormatSchema>;

/** Which column of a table goes where. Columns that are not named are left out. Columns count from 0, rows from 1. */
export const tableMappingSchema = z.object({
  /** Sheet of a workbook by name; null for the first one and for text. */
  sheet: z.string().nullable().default(null),
  /** Row of the headers; 0 when there is none. */
  headerRow: z.number().int().min(0).max(1000),
  /** The column whose cells say which file a row is about. */
  pathColumn: z.number().int().min(0),
  columns: z
    .array(
      z.object({
        from: z.number().int().min(0),
        to: z.union([
          z.object({ column: columnKeySchema }),
          /** A free column, made when there is none of that name yet. */
          z.object({ newColumn: z.string() }),
        ]),
      }),
    )
    .max(200),
});
export type TableMapping = z.infer<typeof tableMappingSchema>;

/** What is done with cells that hold something, and with empty cells of the table. */
export const importModeSchema = z.object({
  /** `only-empty`: cells that hold something stay as they are. */
  cells: z.enum(['overwrite', 'only-empty']).default('overwrite'),
  /** `clear`: an empty cell of the table empties the file's. */
  empty: z.enum(['keep', 'clear']).default('keep'),
});
export type ImportMode = z.infer<typeof importModeSchema>;

/**
 * What the report of an import tells of a row or cell. No file, several files, or a row before it that named the same
 * file: the row changed nothing. `refused`: that cell changed nothing. `loosely`: the file was found by another way of
 * writing its path. `cleaned`: the cell was taken without what nobody sees.
 */
export const reportedSchema = z.enum(['unmatched', 'ambiguous', 'repeated', 'refused', 'loosely', 'cleaned']);
export type Reported = z.infer<typeof reportedSchema>;

export const reportRowSchema = z.object({
  what: reportedSchema,
  /** Row of the table, from 1, the header row counted. */
  row: z.number().int(),
  /** What its path cell says. */
  path: z.string(),
  /** Title of the column of a refused or cleaned cell; else ''. */
  column: z.string(),
  /** What that cell says; else ''. */
  value: z.string(),
  /** Why, in a sentence. */
  reason: z.string(),
  /** Files that may be meant, nearest first, at most three; for `loosely` the one that was taken. */
  near: z.array(z.string()),
});
export type ReportRow = z.infer<typeof reportRowSchema>;

/** How many rows and cells came to what. */
export const tableCountsSchema = z.object({
  /** Rows below the header that are not empty. */
  rows: z.number().int(),
  /** Rows that were found to be about exactly one file. */
  matched: z.number().int(),
  unmatched: z.number().int(),
  ambiguous: z.number().int(),
  repeated: z.number().int(),
  /** Of those matched: found by another way of writing the path. */
  loosely: z.number().int(),
  /** Cells. */
  refused: z.number().int(),
  cleaned: z.number().int(),
  /** Cells and entries that the import changes. */
  changedCells: z.number().int(),
  changedEntries: z.number().int(),
});
export type TableCounts = z.infer<typeof tableCountsSchema>;

export const tableShapeSchema = z.object({
  format: tableFormatSchema,
  /** How the text is written: `UTF-8`, `UTF-16`, `Windows-1252`; '' for a workbook. */
  encoding: z.string(),
  /** What stands between cells of a text: tab, comma or semicolon; '' for a workbook. */
  separator: z.string(),
  /** Names of a workbook's sheets in order; empty for text. */
  sheets: z.array(z.string()),
  /** What people should know of how it was read, in sentences. */
  notices: z.array(z.string()),
  /** The first rows as they are, at most 20, the header row among them. */
  rows: z.array(z.object({ row: z.number().int(), cells: z.array(z.string()) })),
});
export type TableShape = z.infer<typeof tableShapeSchema>;
