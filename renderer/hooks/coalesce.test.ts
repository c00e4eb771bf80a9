import { expect, test } from 'vitest';
import { coalesce } from './coalesce.ts';

function manualClock() {
  let waiting: (() => void) | null = null;
  return {
    set: (f: () => void) => {
      waiting = f;
      return f;
    },
    clear: () => {
      waiting = null;
    },
    pass: () => {
      const run = waiting;
      waiting = null;
      run?.();
    },
  };
}

test('a burst runs first at once and then once more at the end', () => {
  const clock = manualClock();
  let runs = 0;
  const { ask } = coalesce(() => runs++, 200, clock);
  ask();
  ask();
  ask();
  expect(runs).toBe(1);
  clock.pass();
  expect(runs).toBe(2);
  clock.pass();
  expect(runs).toBe(2);
  ask();
  expect(runs).toBe(3);
});

test('cancel drops what waits', () => {
  const clock = manualClock();
  let runs = 0;
  const { ask, cancel } = coalesce(() => runs++, 200, clock);
  ask();
  ask();
  cancel();
  clock.pass();
  expect(runs).toBe(1);
});
