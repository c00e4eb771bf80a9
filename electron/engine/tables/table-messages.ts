import type { TableRow } from './table-row.ts';

/** What the thread that reads a table is started with. */
export interface TableStart {
  readonly path: string;
  readonly sheet: string | null;
}

export interface TableHead {
  readonly format: 'text' | 'xlsx';
  readonly encoding: string;
  readonly separator: string;
  readonly sheets: readonly string[];
}

/** What it says. Rows are answered with {@link GO_ON} when they were dealt with. */
export type FromTable =
  | { readonly type: 'head'; readonly head: TableHead }
  | { readonly type: 'rows'; readonly rows: TableRow[] }
  | { readonly type: 'end'; readonly notices: readonly string[] }
  | { readonly type: 'unreadable'; readonly message: string; readonly why: string; readonly advice: string };

export const GO_ON = 'go on';
/** Batches that the thread may be ahead. */
export const BATCHES_AHEAD = 4;
