import { expect, test } from 'vitest';
import { scanEnded, scanStarted, scanTold, scanWords } from './scan-store.ts';

const none = { running: {}, problems: {} };
const progress = { done: 4, total: null, now: 'Walking' };
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

test('what was found is said in one sentence', () => {
  const result = { files: 12_408, bytes: 1, added: 12_000, changed: 0, vanished: 2, skipped: 0, pairs: 1 };
  expect(scanWords(result)).toBe('12,408 files (12,000 new, 2 gone); 1 pair of image and mask.');
  expect(scanWords({ ...result, added: 0, vanished: 0, pairs: 0 })).toBe(
    '12,408 files, nothing changed; 0 pairs of image and mask.',
  );
});
