import { expect, test } from 'vitest';
import {
  addedRule,
  changedRule,
  completeRules,
  movedRule,
  removedRule,
  ruleFault,
  sameRules,
} from './rules.ts';

const rule = (id: string) => ({ id, image: '{x}.tif', mask: '{x}_mask.tif', enabled: true });

test('an added rule has an id of its own and the patterns it was given', () => {
  const rules = addedRule([rule('own-2'), rule('own-3')]);
  expect(new Set(rules.map((one) => one.id)).size).toBe(3);
  expect(addedRule([], { image: 'a{x}.tif', mask: 'b{x}.tif' })[0]).toMatchObject({ image: 'a{x}.tif' });
});

test('changing, removing, and leaving out what is half written', () => {
  const rules = [rule('a'), rule('b')];
  const changed = changedRule(rules, 'b', { mask: ' ' });
  expect(changed.map((one) => one.mask)).toEqual(['{x}_mask.tif', ' ']);
  expect(completeRules(changed).map((one) => one.id)).toEqual(['a']);
  expect(removedRule(rules, 'a').map((one) => one.id)).toEqual(['b']);
  expect(sameRules(rules, changed)).toBe(false);
  expect(sameRules(rules, [rule('a'), rule('b')])).toBe(true);
});

test('a rule moves up and down, and stays at the ends', () => {
  const rules = [rule('a'), rule('b'), rule('c')];
  const ids = (id: string, by: -1 | 1) =>
    movedRule(rules, id, by)
      .map((one) => one.id)
      .join('');
  expect([ids('b', -1), ids('b', 1), ids('a', -1), ids('c', 1)]).toEqual(['bac', 'acb', 'abc', 'abc']);
});

test('a rule that cannot be read says why, and is not tried', () => {
  const half = { ...rule('a'), mask: '{x' };
  expect(ruleFault(half)).toBe('A brace is not closed in “{x”.');
  expect(ruleFault({ ...rule('a'), mask: '' })).toBeNull();
  expect(completeRules([half, rule('b')]).map((one) => one.id)).toEqual(['b']);
});
