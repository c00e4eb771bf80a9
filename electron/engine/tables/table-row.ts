/** One row of a table as it was read. */
export interface TableRow {
  /** Its number in the table, from 1. */
  readonly row: number;
  readonly cells: readonly string[];
  /** Columns in which a workbook shows an error such as #N/A. */
  readonly errors?: readonly number[];
}

/** A table that was opened for reading. Its rows can be read once. */
export interface OpenTable {
  readonly format: 'text' | 'xlsx';
  readonly encoding: string;
  readonly separator: string;
  readonly sheets: readonly string[];
  /** Some rows at a time; memory does not grow with the table. What is worth a word by then is in `notices`. */
  rows(): AsyncGenerator<TableRow[]>;
  readonly notices: readonly string[];
  close(): Promise<void>;
}

/** Rows handed over at a time. */
export const ROWS_AT_ONCE = 500;
