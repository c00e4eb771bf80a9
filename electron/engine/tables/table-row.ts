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

/** Rows, and cells, handed over at a time. */
const ROWS_AT_ONCE = 500;
const CELLS_AT_ONCE = 20_000;

/** Rows in batches that are soon dealt with, however wide they are. */
export function* inBatches(rows: readonly TableRow[]): Generator<TableRow[]> {
  let batch: TableRow[] = [];
  let cells = 0;
  for (const row of rows) {
    batch.push(row);
    cells += row.cells.length;
    if (batch.length < ROWS_AT_ONCE && cells < CELLS_AT_ONCE) continue;
    yield batch;
    batch = [];
    cells = 0;
  }
  if (batch.length > 0) yield batch;
}
