import { expect, test } from 'vitest';
import type { Plan } from '../../../shared/model/plan.ts';
import { type Readiness, sendBlocker } from './send-blocker.ts';

const plan: Plan = {
  files: 12,
  bytes: 1e9,
  largest: null,
  method: 'submission-tool',
  methodReady: true,
  methodReason: '',
  archive: 'Practice archive',
  remoteFolder: 'nuclei',
  zips: { items: 0, files: 0, bytes: 0 },
  fileLists: [],
  must: 0,
};
const ready: Readiness = {
  plan,
  checkedAt: '2026-11-20T08:00:00Z',
  checking: false,
  signedIn: true,
  ftpKnown: true,
  connected: true,
};
const mend = (over: Partial<Readiness>) => sendBlocker({ ...ready, ...over })?.mend;

test('nothing blocks what is ready', () => {
  expect(sendBlocker(ready)).toBeNull();
});

test('each missing thing says where it is mended', () => {
  expect(mend({ connected: false })).toBeNull();
  expect(sendBlocker({ ...ready, connected: false })?.words).toContain('engine');
  expect(mend({ plan: { ...plan, files: 0 } })).toBe('files');
  expect(mend({ plan: { ...plan, must: 3 } })).toBe('check');
  expect(mend({ checkedAt: null })).toBe('check');
  expect(sendBlocker({ ...ready, checkedAt: null, checking: true })?.words).toBe(
    'The check is still running.',
  );
  expect(mend({ plan: { ...plan, methodReady: false } })).toBe('method');
  expect(mend({ signedIn: false })).toBe('account');
  expect(mend({ ftpKnown: false })).toBe('ftp');
  expect(mend({ signedIn: false, ftpKnown: false })).toBe('account');
});

test('findings come before the account: no password is asked for in vain', () => {
  expect(sendBlocker({ ...ready, plan: { ...plan, must: 1 }, signedIn: false })?.words).toBe(
    '1 finding must be fixed first.',
  );
});
