import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TransferSnapshot } from '../../../shared/model/transfer.ts';
import {
  bytesWords,
  durationSentence,
  expectedSeconds,
  filesWords,
  fractionDone,
  percentDone,
  spokenProgress,
  timeLeftWords,
} from './progress-words.ts';

const snapshot = (over: Partial<TransferSnapshot> = {}): TransferSnapshot => ({
  phase: 'running',
  now: 'Sending 3 files',
  filesTotal: 12_408,
  filesDone: 1204,
  filesFailed: 0,
  bytesTotal: 250e9,
  bytesDone: 210e9,
  rate: 84e6,
  secondsLeft: 476,
  rateHistory: [80e6, 84e6],
  inFlight: [],
  steps: [],
  accession: null,
  problem: null,
  ...over,
});

test('bytes and files in words', () => {
  expect(bytesWords(snapshot())).toBe('210 GB of 250 GB');
  expect(bytesWords(snapshot({ bytesDone: 249.8e9 }))).toBe('250 GB, 200 MB to go');
  expect(bytesWords(snapshot({ bytesDone: 250e9 }))).toBe('250 GB of 250 GB');
  expect(filesWords(snapshot())).toBe('1,204 of 12,408 files confirmed');
  expect(filesWords(snapshot({ filesFailed: 2 }))).toBe('1,204 of 12,408 files confirmed, 2 failed');
  expect(filesWords(snapshot({ filesTotal: 1, filesDone: 0 }))).toBe('0 of 1 file confirmed');
});

test('a hundred percent is said only once every file is confirmed', () => {
  expect(percentDone(snapshot({ bytesDone: 250e9, filesDone: 12_407 }))).toBe(99);
  expect(percentDone(snapshot({ bytesDone: 250e9, filesDone: 12_408 }))).toBe(100);
  fc.assert(
    fc.property(fc.nat(1000), fc.integer({ min: 1, max: 1000 }), fc.nat(1000), (done, total, files) => {
      const one = snapshot({ bytesDone: done, bytesTotal: total, filesDone: files, filesTotal: 1000 });
      const percent = percentDone(one);
      expect(percent === 100).toBe(files === 1000);
      expect(percent).toBeGreaterThanOrEqual(0);
      expect(fractionDone(one)).toBeLessThanOrEqual(1);
    }),
  );
});

test('a transfer of empty files counts files', () => {
  const one = snapshot({ bytesTotal: 0, bytesDone: 0, filesDone: 1, filesTotal: 4 });
  expect(fractionDone(one)).toBe(0.25);
  expect(fractionDone(snapshot({ bytesTotal: 0, filesTotal: 0 }))).toBe(0);
});

test('time left is what is known', () => {
  expect(timeLeftWords(snapshot())).toBe('About 7 min 56 s left');
  expect(timeLeftWords(snapshot({ secondsLeft: null }))).toBe('Time left: measuring');
  expect(timeLeftWords(snapshot({ secondsLeft: 0, bytesDone: 0, bytesTotal: 0 }))).toBe(
    'Time left: measuring',
  );
  expect(timeLeftWords(snapshot({ phase: 'paused' }))).toBe('Paused');
  expect(timeLeftWords(snapshot({ bytesDone: 250e9 }))).toBe('All bytes are out; the archive is confirming');
});

test('screen readers hear it as one sentence', () => {
  expect(spokenProgress(snapshot())).toBe(
    '84 percent. 1,204 of 12,408 files confirmed. About 7 min 56 s left. Sending 3 files',
  );
});

test('the time it takes is said when a rate was measured, and only then', () => {
  expect(expectedSeconds(800, { rate: 0, rateHistory: [] })).toBeNull();
  expect(expectedSeconds(800, { rate: 100, rateHistory: [] })).toBe(8);
  expect(expectedSeconds(800, { rate: 0, rateHistory: [0, 50, 150] })).toBe(8);
  expect(durationSentence(840e9, null)).toBe('How long it takes is measured when sending starts.');
  expect(durationSentence(840e9, { rate: 0, rateHistory: [80e6, 88e6] })).toBe(
    'It takes about 2 h 46 min at the last measured rate of 84 MB/s.',
  );
});
