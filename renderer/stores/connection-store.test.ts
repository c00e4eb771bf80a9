import { expect, test } from 'vitest';
import { backOff, closed, initialConnection, opened, trying } from './connection-store.ts';

test('waiting grows and stops growing', () => {
  expect([1, 2, 3, 4, 5, 6, 20].map(backOff)).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
});

test('a lost engine is told at once, a slow start is given two attempts', () => {
  const first = closed(initialConnection, 1000);
  expect(first).toMatchObject({ state: 'connecting', attempt: 1, retryAt: 1500 });
  expect(closed(closed(first, 0), 0).state).toBe('lost');
  const open = opened(trying(first));
  expect(open).toEqual({ state: 'open', attempt: 0, retryAt: null, generation: 1 });
  expect(closed(open, 0).state).toBe('lost');
  expect(opened(closed(open, 0)).generation).toBe(2);
});
