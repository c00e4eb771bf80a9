/** A cell of the grid: row and column as shown, from 0. Row -1 is the head. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** How large the grid is, and how many rows of it are in sight. */
export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  readonly page: number;
}

export const headRow = -1;

/**
 * Where the cursor goes for a key, as in a spreadsheet; null for keys that lead nowhere. `far` (Ctrl, on a Mac Cmd)
 * goes to the edge: Home and End then lead to the first and the last cell of all. Up from the first row leads to
 * the head, all other keys stay among the rows.
 */
export function moveCell(key: string, far: boolean, from: Cell, size: GridSize): Cell | null {
  if (size.columns === 0) return null;
  const { row, column } = from;
  const lastRow = size.rows - 1;
  const lastColumn = size.columns - 1;
  const moves: Record<string, Cell> = {
    ArrowDown: { row: far ? lastRow : row + 1, column },
    ArrowUp: { row: far && row > 0 ? 0 : row - 1, column },
    ArrowRight: { row, column: far ? lastColumn : column + 1 },
    ArrowLeft: { row, column: far ? 0 : column - 1 },
    PageDown: { row: Math.max(0, row) + size.page, column },
    PageUp: { row: Math.max(0, row - size.page), column },
    Home: { row: far ? 0 : row, column: 0 },
    End: { row: far ? lastRow : row, column: lastColumn },
  };
  const to = moves[key];
  return to === undefined ? null : keepInside(to, size);
}

/** The nearest cell that there is. */
export function keepInside(cell: Cell, size: Pick<GridSize, 'rows' | 'columns'>): Cell {
  return {
    row: Math.max(headRow, Math.min(size.rows - 1, cell.row)),
    column: Math.max(0, Math.min(size.columns - 1, cell.column)),
  };
}

/** Where Tab and Enter lead after a cell was edited: Tab to the next cell and on to the next row, Enter down. */
export function afterEdit(by: 'tab' | 'enter', back: boolean, from: Cell, size: GridSize): Cell {
  const step = back ? -1 : 1;
  if (by === 'enter') return keepRow({ ...from, row: from.row + step }, size);
  const column = from.column + step;
  if (column >= 0 && column < size.columns) return { row: from.row, column };
  const next = { row: from.row + step, column: back ? size.columns - 1 : 0 };
  return next.row < 0 || next.row >= size.rows ? from : next;
}

function keepRow(cell: Cell, size: GridSize): Cell {
  return { ...cell, row: Math.max(0, Math.min(size.rows - 1, cell.row)) };
}
