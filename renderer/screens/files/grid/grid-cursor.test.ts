import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ColumnKey, ListColumn } from '../../../../shared/model/list-column.ts';
import { freshView } from '../files-view-store.ts';
import { everything, nothing, only, selectedCount } from '../selection.ts';
import { headRow } from './cell-moves.ts';
import { cursorAt, cursorCell, cursorRange, wideRange } from './grid-cursor.ts';

const keys: readonly ColumnKey[] = ['path', 'kind', 'size', 'cell:Plate'];
const columns = keys.map(
  (key): ListColumn => ({
    ...{ key, title: key, kind: 'built-in', level: null, type: 'text', editable: false, distinct: false },
    ...{ help: '', vocabulary: null, hidden: false, width: null },
  }),
);
const cells = fc.record({ row: fc.nat(1e6), column: fc.nat(3) });

describe('a range', () => {
  test('holds where it began and where the cursor is, however it got there, and its rows are selected', () => {
    fc.assert(
      fc.property(cells, fc.array(cells, { minLength: 1 }), (start, moves) => {
        const begun = cursorAt(freshView, columns, start, false);
        const view = moves.reduce((now, cell) => cursorAt(now, columns, cell, true), begun);
        const end = moves.at(-1) ?? start;
        expect(cursorCell(view, columns)).toEqual(end);
        expect(cursorRange(view, columns)).toEqual({
          firstRow: Math.min(start.row, end.row),
          endRow: Math.max(start.row, end.row) + 1,
          firstColumn: Math.min(start.column, end.column),
          endColumn: Math.max(start.column, end.column) + 1,
        });
        const rows = Math.abs(start.row - end.row) + 1;
        expect(selectedCount(view.selection, 2e6)).toBe(rows === 1 ? 0 : rows);
      }),
    );
  });

  test('is given up by a move without Shift, and what was picked by itself is not', () => {
    const range = cursorAt(
      cursorAt(freshView, columns, { row: 2, column: 1 }, false),
      columns,
      { row: 5, column: 1 },
      true,
    );
    const after = cursorAt(range, columns, { row: 6, column: 1 }, false);
    expect(after.selection).toEqual(nothing);
    expect(wideRange(after, columns)).toBeNull();
    for (const selection of [everything, only([7, 8])]) {
      expect(cursorAt({ ...freshView, selection }, columns, { row: 1, column: 0 }, false).selection).toBe(
        selection,
      );
    }
  });
});

test('the head has no range, and a column that is hidden leaves the cursor in the first', () => {
  const inHead = cursorAt({ ...freshView, cursor: 0, anchor: 0 }, columns, { row: headRow, column: 2 }, true);
  expect(cursorCell(inHead, columns)).toEqual({ row: headRow, column: 2 });
  expect(cursorRange(inHead, columns)).toBeNull();
  expect(cursorCell({ ...freshView, cursor: 4, column: 'members' }, columns)).toEqual({ row: 4, column: 0 });
  expect(cursorCell(freshView, columns)).toBeNull();
});
