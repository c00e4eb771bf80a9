import { expect, test } from 'vitest';
import { shouldCheckNow } from './auto-check.ts';

const at = '2026-11-20T08:00:00Z';

test('on entering, only what has no valid check is checked', () => {
  const entering = { before: undefined, running: false, lastTook: null };
  expect(shouldCheckNow({ ...entering, checkedAt: null })).toBe(true);
  expect(shouldCheckNow({ ...entering, checkedAt: at })).toBe(false);
  expect(shouldCheckNow({ ...entering, checkedAt: undefined })).toBe(false);
});

test('after a change in the room, quick checks run again, long ones wait to be asked', () => {
  const changed = { checkedAt: null, before: at, running: false };
  expect(shouldCheckNow({ ...changed, lastTook: 200 })).toBe(true);
  expect(shouldCheckNow({ ...changed, lastTook: 60_000 })).toBe(false);
  expect(shouldCheckNow({ ...changed, lastTook: null })).toBe(false);
});

test('a running check is not started twice, a stopped one not again', () => {
  expect(shouldCheckNow({ checkedAt: null, before: undefined, running: true, lastTook: null })).toBe(false);
  expect(shouldCheckNow({ checkedAt: null, before: null, running: false, lastTook: 100 })).toBe(false);
});
