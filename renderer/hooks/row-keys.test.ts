import { expect, test } from 'vitest';
import { nextRow } from './row-keys.ts';

test('keys walk the list and stay in it', () => {
  expect(nextRow('ArrowDown', 3, 10, 8)).toBe(4);
  expect(nextRow('ArrowDown', 9, 10, 8)).toBe(9);
  expect(nextRow('ArrowUp', 0, 10, 8)).toBe(0);
  expect(nextRow('PageDown', 0, 1204, 8)).toBe(8);
  expect(nextRow('PageUp', 5, 1204, 8)).toBe(0);
  expect(nextRow('End', 0, 1204, 8)).toBe(1203);
  expect(nextRow('Home', 700, 1204, 8)).toBe(0);
  expect(nextRow('a', 1, 10, 8)).toBeNull();
  expect(nextRow('ArrowDown', 0, 0, 8)).toBeNull();
});
