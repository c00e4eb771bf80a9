import { expect, test } from 'vitest';
import { addedRule, changedRule, completeRules, removedRule, sameRules } from './rules.ts';

const rule = (id: string) => ({ id, image: '{x}.tif', mask: '{x}_mask.tif', enabled: true });

test('an added rule has an id of its own', () => {
  const rules = addedRule([rule('own-2'), rule('own-3')]);
  expect(new Set(rules.map((one) => one.id)).size).toBe(3);
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
