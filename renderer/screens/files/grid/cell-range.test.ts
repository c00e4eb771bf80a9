import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsInRow, isOneCell, rangeBetween, rowsIn } from './cell-range.ts';

const cells = fc.record({ row: fc.integer({ min: 0, max: 1e6 }), column: fc.nat(40) });

test('a range holds both its ends and is the same from either', () => {
  fc.assert(
    fc.property(cells, cells, (a, b) => {
      const range = rangeBetween(a, b);
      expect(rangeBetween(b, a)).toEqual(range);
      for (const cell of [a, b]) {
        const [first, end] = columnsInRow(range, cell.row) ?? [0, 0];
        expect(cell.column).toBeGreaterThanOrEqual(first);
        expect(cell.column).toBeLessThan(end);
      }
      expect(columnsInRow(range, range.endRow)).toBeNull();
      expect(isOneCell(range)).toBe(a.row === b.row && a.column === b.column);
      expect(rowsIn(range)).toBe(Math.abs(a.row - b.row) + 1);
    }),
  );
});

test('the head is never part of a range', () => {
  expect(rangeBetween({ row: -1, column: 2 }, { row: 1, column: 2 })).toMatchObject({
    firstRow: 0,
    endRow: 2,
  });
  expect(rowsIn(rangeBetween({ row: -1, column: 2 }, { row: -1, column: 2 }))).toBe(0);
  expect(columnsInRow(null, 3)).toBeNull();
});
