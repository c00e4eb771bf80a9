import { expect, test } from 'vitest';
import { defaultSkipRules } from '../../../../shared/rules/skip-rules.ts';
import { addedSkip, changedSkip, completeSkips, removedSkip, sameSkips } from './skip-edits.ts';
import { causeWords, reportWords, ruleWords } from './walk-words.ts';

test('a rule that was added and left empty is none; one with a pattern comes first', () => {
  const added = addedSkip(addedSkip(defaultSkipRules));
  expect(added.map(({ id }) => id).slice(0, 3)).toEqual(['own-2', 'own-1', 'system']);
  expect(sameSkips(added, defaultSkipRules)).toBe(true);
  const filled = changedSkip(added, 'own-2', { pattern: ' *.tmp ' });
  expect(sameSkips(filled, defaultSkipRules)).toBe(false);
  expect(completeSkips(filled)[0]).toEqual({ id: 'own-2', pattern: '*.tmp', reason: '', enabled: true });
  expect(removedSkip(filled, 'own-2').map(({ id }) => id)[0]).toBe('own-1');
});

test('what a scan found otherwise is said in a few words', () => {
  expect(reportWords(null)).toBe('');
  expect(reportWords({ added: 0, changed: 0, gone: 0, renamed: 0 })).toBe('');
  expect(reportWords({ added: 1204, changed: 0, gone: 2, renamed: 1 })).toBe('1,204 new, 2 gone, 1 renamed');
});

test('what a rule leaves out is told as it is now and as it would be', () => {
  expect(ruleWords({ skipped: 0, files: 0 })).toBe('fits nothing here');
  expect(ruleWords({ skipped: 1204, files: 1 })).toBe('1,204 skipped now, would skip 1 more file');
  expect(ruleWords({ skipped: 0, files: 2 })).toBe('would skip 2 files');
  expect(causeWords('link', 'a link to a file')).toBe('Links that are not followed');
  expect(causeWords('rule:hidden', 'hidden')).toBe('Hidden');
});
