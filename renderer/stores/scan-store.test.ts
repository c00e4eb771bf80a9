import { expect, test } from 'vitest';
import { scanEnded, scanNumbers, scanStarted, scanTold, scanWords } from './scan-store.ts';

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

test('what was found is said in one sentence', () => {
  const none0 = { renamed: 0, skipped: 0, held: 0 };
  const result = { files: 12_408, bytes: 1, added: 12_000, changed: 0, vanished: 2, pairs: 1, ...none0 };
  expect(scanWords(result)).toBe('12,408 files (12,000 new, 2 gone); 1 pair of image and mask.');
  expect(scanWords({ ...result, added: 0, vanished: 0, pairs: 0 })).toBe(
    '12,408 files, nothing changed; 0 pairs of image and mask.',
  );
  expect(scanWords({ ...result, added: 0, vanished: 0, renamed: 3, skipped: 4, held: 1 })).toBe(
    '12,408 files (3 renamed); 4 skipped; 1 still being written is held back; 1 pair of image and mask.',
  );
});

test('how far a scan is is said in files, bytes and files a second', () => {
  expect(scanNumbers({ ...progress, done: 12_408, bytes: 2.1e9, perSecond: 8231.4 })).toBe(
    '12,408 files, 2.1 GB, 8,231 a second',
  );
  expect(scanNumbers({ ...progress, done: 1, total: 12_408, bytes: 0, perSecond: 0.2 })).toBe(
    '1 of 12,408 files, 0 B',
  );
});
