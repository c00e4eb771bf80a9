import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moveCursor } from './grid-keys.ts';

const keys = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'];

test('the cursor never leaves the rows', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...keys),
      fc.integer({ min: 1, max: 1e7 }),
      fc.nat(1e7),
      fc.integer({ min: 1, max: 100 }),
      (key, count, at, page) => {
        const to = moveCursor(key, (at % (count + 1)) - 1, count, page);
        expect(to).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThan(count);
      },
    ),
  );
});

test('each key goes where it says', () => {
  expect(keys.map((key) => moveCursor(key, 50, 1000, 20))).toEqual([51, 49, 70, 30, 0, 999]);
  expect(moveCursor('ArrowDown', -1, 10, 5)).toBe(0);
  expect(moveCursor('ArrowUp', -1, 10, 5)).toBe(0);
  expect(moveCursor('x', 1, 10, 5)).toBeNull();
  expect(moveCursor('ArrowDown', 0, 0, 5)).toBeNull();
});
