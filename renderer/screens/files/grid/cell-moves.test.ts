import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterEdit, type Cell, type GridSize, headRow, moveCell } from './cell-moves.ts';

const keys = ['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'PageDown', 'PageUp', 'Home', 'End'];
const size: GridSize = { rows: 1_000_000, columns: 9, page: 20 };
const sizes = fc.record({
  rows: fc.integer({ min: 1, max: 1e7 }),
  columns: fc.integer({ min: 1, max: 60 }),
  page: fc.integer({ min: 1, max: 100 }),
});

function cellIn(of: GridSize, at: number): Cell {
  return { row: (at % (of.rows + 1)) - 1, column: at % of.columns };
}

test('the cursor never leaves the grid', () => {
  fc.assert(
    fc.property(fc.constantFrom(...keys), fc.boolean(), sizes, fc.nat(), (key, far, of, at) => {
      const to = moveCell(key, far, cellIn(of, at), of);
      expect(to?.row).toBeGreaterThanOrEqual(headRow);
      expect(to?.row).toBeLessThan(of.rows);
      expect(to?.column).toBeGreaterThanOrEqual(0);
      expect(to?.column).toBeLessThan(of.columns);
    }),
  );
});

describe('each key goes where it says', () => {
  const from = { row: 50, column: 4 };
  const places = (far: boolean) =>
    keys.map((key) => {
      const to = moveCell(key, far, from, size);
      return `${to?.row}:${to?.column}`;
    });

  test('by itself', () => {
    expect(places(false)).toEqual(['51:4', '49:4', '50:3', '50:5', '70:4', '30:4', '50:0', '50:8']);
  });

  test('with Ctrl to the edges', () => {
    expect(places(true)).toEqual(['999999:4', '0:4', '50:0', '50:8', '70:4', '30:4', '0:0', '999999:8']);
  });

  test('up from the first row to the head, and down again', () => {
    expect(moveCell('ArrowUp', false, { row: 0, column: 2 }, size)).toEqual({ row: headRow, column: 2 });
    expect(moveCell('ArrowDown', false, { row: headRow, column: 2 }, size)).toEqual({ row: 0, column: 2 });
    expect(moveCell('PageUp', false, { row: 3, column: 2 }, size)).toEqual({ row: 0, column: 2 });
  });

  test('other keys and a grid without columns go nowhere', () => {
    expect(moveCell('x', false, from, size)).toBeNull();
    expect(moveCell('ArrowDown', false, from, { ...size, columns: 0 })).toBeNull();
  });
});

test('after an edit Tab goes through the cells of all rows, Enter down, and back with Shift', () => {
  expect(afterEdit('tab', false, { row: 3, column: 8 }, size)).toEqual({ row: 4, column: 0 });
  expect(afterEdit('tab', true, { row: 3, column: 0 }, size)).toEqual({ row: 2, column: 8 });
  expect(afterEdit('tab', true, { row: 0, column: 0 }, size)).toEqual({ row: 0, column: 0 });
  expect(afterEdit('tab', false, { row: 3, column: 2 }, size)).toEqual({ row: 3, column: 3 });
  expect(afterEdit('enter', false, { row: 999_999, column: 2 }, size)).toEqual({ row: 999_999, column: 2 });
  expect(afterEdit('enter', true, { row: 5, column: 2 }, size)).toEqual({ row: 4, column: 2 });
});
