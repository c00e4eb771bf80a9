import { expect, test } from 'vitest';
import type { SubmissionSummary } from '../../shared/model/submission.ts';
import { progressSteps, tabState } from './tab-state.ts';

const draft: SubmissionSummary = {
  id: 'a',
  title: '',
  fileName: 'a.slipway',
  destination: 'bia-annotations',
  archive: 'practice',
  state: 'draft',
  accession: null,
  createdAt: '2026-01-01T00:00:00Z',
  editedAt: '2026-01-01T00:00:00Z',
  entries: 12_408,
  bytes: 1,
  pairs: 0,
  missing: 2,
  findings: { must: 0, should: 0, may: 0 },
  checkedAt: null,
};

test('a draft tells how many files, how many missing, and claims nothing unchecked', () => {
  expect(tabState('files', draft)).toMatchObject({ count: 12_408, tone: 'plain' });
  expect(tabState('look', draft)).toBeNull();
  expect(tabState('describe', draft)).toMatchObject({ count: 2, word: 'missing' });
  expect(tabState('describe', { ...draft, missing: 0 })).toMatchObject({ tone: 'done' });
  expect(tabState('check', draft)).toBeNull();
  expect(tabState('send', draft)).toBeNull();
});

test('Check says what must be fixed first, then what should, then that all is well', () => {
  const checked = { ...draft, checkedAt: '2026-01-01T00:00:00Z' };
  expect(tabState('check', { ...checked, findings: { must: 3, should: 9, may: 0 } })).toMatchObject({
    tone: 'must',
    count: 3,
  });
  expect(tabState('check', { ...checked, findings: { must: 0, should: 9, may: 0 } })).toMatchObject({
    tone: 'should',
    count: 9,
  });
  expect(tabState('check', checked)).toMatchObject({ tone: 'done', count: null });
});

test('the five dots', () => {
  const count = (more: Partial<SubmissionSummary>) =>
    progressSteps({ ...draft, ...more }).filter(Boolean).length;
  expect(progressSteps({})).toEqual([false, false, false, false, false]);
  expect(count({})).toBe(1);
  expect(count({ pairs: 3, missing: 0 })).toBe(3);
  expect(count({ pairs: 3, missing: 0, checkedAt: 'x' })).toBe(4);
  expect(count({ pairs: 3, missing: 0, checkedAt: 'x', findings: { must: 1, should: 0, may: 0 } })).toBe(3);
  expect(count({ state: 'sent' })).toBe(5);
});
