import { expect, test } from 'vitest';
import type { LibraryItem } from '../../../shared/model/submission.ts';
import { itemState } from './item-words.ts';

const draft: LibraryItem = {
  id: 'a',
  fileName: 'a.slipway',
  problem: null,
  state: 'draft',
  entries: 4,
  missing: 0,
  findings: { must: 0, should: 0, may: 0 },
  checkedAt: null,
};
const words = (more: Partial<LibraryItem>) => itemState({ ...draft, ...more }).words;

test('says the next thing to do, the gravest first', () => {
  expect(words({})).toBe('not checked');
  expect(words({ checkedAt: '2026-01-01T00:00:00Z' })).toBe('ready to send');
  expect(words({ missing: 2 })).toBe('2 missing');
  expect(words({ missing: 2, findings: { must: 1204, should: 0, may: 0 } })).toBe('1,204 to fix');
  expect(words({ entries: 0, missing: 9 })).toBe('no files yet');
  expect(words({ state: 'sending' })).toBe('partly sent');
  expect(words({ state: 'uploaded' })).toBe('uploaded, not handed in');
  expect(words({ state: 'sent', accession: 'S-BIAD1' })).toBe('sent, S-BIAD1');
});
