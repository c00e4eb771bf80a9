import { expect, test } from 'vitest';
import type { ScanProgress } from '../../../shared/contract/walk-calls.ts';
import { ScanReporter } from './scan-progress.ts';

function reporter(total: number | null) {
  const told: ScanProgress[] = [];
  const clock = { now: 0 };
  const it = new ScanReporter(
    (progress) => told.push(progress),
    total,
    () => clock.now,
  );
  const tell = (at: number, done: number, atOnce = false) => {
    clock.now = at;
    it.tell(done, done * 10, 'Looking', atOnce);
  };
  return { told, tell };
}

test('tells files, bytes and files a second over the last two seconds, ten times a second at most', () => {
  const { told, tell } = reporter(null);
  tell(0, 0);
  tell(50, 7);
  tell(1000, 500);
  expect(told).toHaveLength(2);
  expect(told.at(-1)).toEqual({ done: 500, bytes: 5000, total: null, now: 'Looking', perSecond: 500 });
  for (let at = 2000; at <= 8000; at += 1000) tell(at, 500 + (at - 1000) * 2);
  expect(told.at(-1)?.perSecond).toBe(2000);
  for (let at = 8100; at <= 12_000; at += 100) tell(at, 14_500);
  expect(told.at(-1)?.perSecond).toBe(0);
});

test('knows the end only as long as there is not more than the last time', () => {
  const { told, tell } = reporter(100);
  tell(0, 100, true);
  tell(1, 101, true);
  expect(told.map(({ total }) => total)).toEqual([100, null]);
});
