import type { ListColumn } from '../../../../shared/model/list-column.ts';
import type { FilesView } from '../files-view-store.ts';
import { nothing, rowRange, type Selection } from '../selection.ts';
import { type Cell, headRow } from './cell-moves.ts';
import { type CellRange, isOneCell, rangeBetween } from './cell-range.ts';

type Columns = readonly ListColumn[];
type CursorView = Pick<FilesView, 'cursor' | 'column' | 'inHead' | 'anchor' | 'columnAnchor' | 'selection'>;

function placeOf(columns: Columns, key: string): number {
  return Math.max(
    0,
    columns.findIndex((column) => column.key === key),
  );
}

/** The cell under the cursor; null while there is none. */
export function cursorCell(view: CursorView, columns: Columns): Cell | null {
  const column = placeOf(columns, view.column);
  if (view.inHead) return { row: headRow, column };
  return view.cursor < 0 ? null : { row: view.cursor, column };
}

/** The cells between where a range began and the cursor; null without a cursor among the rows. */
export function cursorRange(view: CursorView, columns: Columns): CellRange | null {
  const cell = cursorCell(view, columns);
  if (cell === null || cell.row === headRow) return null;
  const anchor = view.anchor < 0 ? cell : { row: view.anchor, column: placeOf(columns, view.columnAnchor) };
  return rangeBetween(anchor, cell);
}

/** A range of more than one cell; null when the cursor is alone. */
export function wideRange(view: CursorView, columns: Columns): CellRange | null {
  const range = cursorRange(view, columns);
  return range === null || isOneCell(range) ? null : range;
}

/**
 * The cursor in another cell. `extend` makes or changes a range that begins where the cursor was; otherwise a range
 * is given up. What was picked one by one or with Ctrl A stays.
 */
export function cursorAt(view: CursorView, columns: Columns, cell: Cell, extend: boolean): CursorView {
  const column = columns[cell.column]?.key ?? view.column;
  const kept = 'rows' in view.selection ? nothing : view.selection;
  if (cell.row === headRow) {
    return { cursor: -1, column, inHead: true, anchor: -1, columnAnchor: column, selection: kept };
  }
  const from = cursorRange(view, columns);
  if (!extend || from === null) {
    return {
      cursor: cell.row,
      column,
      inHead: false,
      anchor: cell.row,
      columnAnchor: column,
      selection: kept,
    };
  }
  const anchor = view.anchor < 0 ? view.cursor : view.anchor;
  const selection: Selection = anchor === cell.row ? kept : rowRange(anchor, cell.row);
  return { ...view, cursor: cell.row, column, inHead: false, anchor, selection };
}
