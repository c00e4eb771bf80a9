import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TransferSnapshot } from '../../../shared/model/transfer.ts';
import { fileTabs, firstTab } from './file-tabs.ts';

const flight = {
  remotePath: 'a.tif',
  bytes: 1,
  size: 2,
  stage: 'sending' as const,
  attempt: 1,
};
const snapshot = (over: Partial<TransferSnapshot>): TransferSnapshot => ({
  phase: 'running',
  now: '',
  filesTotal: 10,
  filesDone: 4,
  filesFailed: 1,
  bytesTotal: 1,
  bytesDone: 0,
  rate: 0,
  secondsLeft: null,
  rateHistory: [],
  inFlight: [flight, { ...flight, remotePath: 'b.tif' }],
  steps: [],
  accession: null,
  problem: null,
  ...over,
});

test('every file is in one list', () => {
  expect(fileTabs(snapshot({})).map(({ id, count }) => [id, count])).toEqual([
    ['sending', 2],
    ['queued', 3],
    ['failed', 1],
    ['confirmed', 4],
  ]);
  fc.assert(
    fc.property(fc.nat(50), fc.nat(50), fc.nat(50), (filesTotal, filesDone, filesFailed) => {
      for (const tab of fileTabs({
        phase: 'running',
        filesTotal,
        filesDone,
        filesFailed,
        inFlight: [flight],
      })) {
        expect(tab.count).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test('lists without files go once nothing moves', () => {
  const rest = snapshot({ phase: 'uploaded', filesDone: 10, filesFailed: 0, inFlight: [] });
  expect(fileTabs(rest).map(({ id }) => id)).toEqual(['confirmed']);
  expect(fileTabs(snapshot({ phase: 'running', filesDone: 10, filesFailed: 0, inFlight: [] }))).toHaveLength(
    4,
  );
});

test('what matters most is shown first', () => {
  expect(firstTab(snapshot({}))).toBe('sending');
  expect(firstTab(snapshot({ phase: 'paused' }))).toBe('failed');
  expect(firstTab(snapshot({ phase: 'paused', filesFailed: 0 }))).toBe('queued');
  expect(firstTab(snapshot({ phase: 'uploaded', filesFailed: 0, filesDone: 10, inFlight: [] }))).toBe(
    'confirmed',
  );
});
