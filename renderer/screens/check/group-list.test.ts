import { expect, test } from 'vitest';
import { countsSentence, fixAllTitle, groupsOf } from './group-list.ts';

const group = (rule: string, level: 'must' | 'should' | 'may', count: number) => ({
  rule,
  level,
  count,
  title: rule,
  reason: '',
  source: '',
  fixable: 0,
  fixTitle: null,
});

test('groups of a level come largest first', () => {
  const groups = [
    group('a', 'must', 2),
    group('b', 'may', 9),
    group('c', 'must', 1204),
    group('d', 'must', 2),
  ];
  expect(groupsOf(groups, 'must').map((one) => one.rule)).toEqual(['c', 'a', 'd']);
});

test('the fix says how many it takes', () => {
  expect(fixAllTitle({ count: 1204, fixable: 1204 })).toBe('Fix all 1,204');
  expect(fixAllTitle({ count: 1204, fixable: 1200 })).toBe('Fix 1,200 of 1,204');
  expect(fixAllTitle({ count: 1, fixable: 1 })).toBe('Fix it');
  expect(fixAllTitle({ count: 5, fixable: 0 })).toBeNull();
});

test('the head of the room is one sentence', () => {
  expect(countsSentence({ must: 1, should: 5, may: 0 })).toBe(
    '1 thing must be fixed before this can be sent.',
  );
  expect(countsSentence({ must: 1204, should: 0, may: 0 })).toContain('1,204 things');
  expect(countsSentence({ must: 0, should: 0, may: 2 })).toContain('for you to judge');
  expect(countsSentence({ must: 0, should: 0, may: 0 })).toBe('Nothing must be fixed.');
});
