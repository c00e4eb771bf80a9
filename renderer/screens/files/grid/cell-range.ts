import type { Cell } from './cell-moves.ts';

/** A rectangle of cells; `end` values are one beyond. */
export interface CellRange {
  readonly firstRow: number;
  readonly endRow: number;
  readonly firstColumn: number;
  readonly endColumn: number;
}

/** The rectangle between two cells, both included, in any order. The head is never part of it. */
export function rangeBetween(a: Cell, b: Cell): CellRange {
  return {
    firstRow: Math.max(0, Math.min(a.row, b.row)),
    endRow: Math.max(a.row, b.row) + 1,
    firstColumn: Math.min(a.column, b.column),
    endColumn: Math.max(a.column, b.column) + 1,
  };
}

export function rowsIn(range: CellRange): number {
  return Math.max(0, range.endRow - range.firstRow);
}

export function isOneCell(range: CellRange): boolean {
  return rowsIn(range) <= 1 && range.endColumn - range.firstColumn <= 1;
}

/** Which of a row's cells a range covers; null for none. */
export function columnsInRow(range: CellRange | null, row: number): readonly [number, number] | null {
  if (range === null || row < range.firstRow || row >= range.endRow) return null;
  return [range.firstColumn, range.endColumn];
}
