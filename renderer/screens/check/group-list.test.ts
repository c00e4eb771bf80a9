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
  const title = (count: number, fixable: number, fixTitle: string) =>
    fixAllTitle({ count, fixable, fixTitle });
  expect(title(1204, 1204, 'Write _')).toBe('Fix all 1,204');
  expect(title(1204, 1200, 'Write _')).toBe('Fix 1,200 of 1,204');
  expect(title(1, 1, 'Write _')).toBe('Fix it');
  expect(title(5, 0, 'Write _')).toBeNull();
});

test('a fix that sends less says so', () => {
  const title = (count: number, fixable: number) =>
    fixAllTitle({ count, fixable, fixTitle: 'Leave them out' });
  expect(title(1204, 1204)).toBe('Leave out all 1,204');
  expect(title(1204, 1200)).toBe('Leave out 1,200 of 1,204');
  expect(title(1, 1)).toBe('Leave it out');
});

test('the head of the room is one sentence', () => {
  expect(countsSentence({ must: 1, should: 5, may: 0 })).toBe(
    '1 thing must be fixed before this can be sent.',
  );
  expect(countsSentence({ must: 1204, should: 0, may: 0 })).toContain('1,204 things');
  expect(countsSentence({ must: 0, should: 0, may: 2 })).toContain('for you to judge');
  expect(countsSentence({ must: 0, should: 0, may: 0 })).toBe('Nothing must be fixed.');
});
