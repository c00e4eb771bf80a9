import { expect, test } from 'vitest';
import type { SubmissionSummary } from '../../shared/model/submission.ts';
import { arrived, failed, noSubmission, opening } from './submission-store.ts';

const summary = (id: string): SubmissionSummary => ({
  id,
  title: 'Nuclei',
  fileName: 'nuclei.slipway',
  destination: 'bia-annotations',
  archive: 'practice',
  state: 'draft',
  accession: null,
  createdAt: '2026-01-01T00:00:00Z',
  editedAt: '2026-01-01T00:00:00Z',
  entries: 3,
  bytes: 300,
  pairs: 1,
  missing: 2,
  findings: { must: 0, should: 0, may: 0 },
  checkedAt: null,
});
const problem = { code: 'gone', message: 'The file is gone.' };

test('opening another forgets the former, opening the same again keeps it', () => {
  const open = arrived(opening(noSubmission, 'a'), summary('a'));
  expect(opening(open, 'a')).toBe(open);
  expect(opening(open, 'b')).toEqual({ id: 'b', summary: null, problem: null });
});

test('a late answer about another submission changes nothing', () => {
  const open = opening(noSubmission, 'b');
  expect(arrived(open, summary('a'))).toBe(open);
  expect(failed(open, 'a', problem)).toBe(open);
});

test('a failed refresh keeps what was known; the next good answer clears the problem', () => {
  const open = arrived(opening(noSubmission, 'a'), summary('a'));
  const trouble = failed(open, 'a', problem);
  expect(trouble).toMatchObject({ summary: { title: 'Nuclei' }, problem });
  expect(arrived(trouble, summary('a')).problem).toBeNull();
});
