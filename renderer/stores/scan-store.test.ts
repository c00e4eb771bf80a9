import { expect, test } from 'vitest';
import { scanEnded, scanStarted, scanTold } from './scan-store.ts';

const none = { running: {}, problems: {} };
const progress = { done: 4, total: null, now: 'Walking', bytes: 9, perSecond: 2 };
const problem = { code: 'gone', message: 'The folder is gone.' };

test('progress belongs to its scan and ends with it', () => {
  const stop = () => {};
  const running = scanTold(scanStarted(none, 'a', stop), 'a', progress);
  expect(running.running.a).toEqual({ progress, stop });
  expect(scanTold(none, 'b', progress)).toBe(none);
  expect(scanEnded(running, 'a', null)).toEqual(none);
});

test('a failure stays until the next start; a stop that was asked for is none', () => {
  const failed = scanEnded(
    scanStarted(none, 'a', () => {}),
    'a',
    problem,
  );
  expect(failed.problems.a).toBe(problem);
  expect(scanStarted(failed, 'a', () => {}).problems).toEqual({});
  expect(scanEnded(none, 'a', { code: 'cancelled', message: 'Stopped.' }).problems).toEqual({});
});
