import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  editTarget,
  everything,
  extended,
  isSelected,
  nothing,
  only,
  rowsBetween,
  selectedCount,
  toggled,
} from './selection.ts';

test('turning twice changes nothing, turning once changes exactly one', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(50)), fc.nat(50), (ids, id) => {
      const before = only(ids);
      const once = toggled(before, id);
      expect(isSelected(once, id)).toBe(!isSelected(before, id));
      expect(Math.abs(selectedCount(once, 99) - selectedCount(before, 99))).toBe(1);
      expect(toggled(once, id)).toEqual(before);
    }),
  );
});

test('everything counts what the filter matches and is edited through the filter', () => {
  expect(selectedCount(everything, 1_000_000)).toBe(1_000_000);
  expect(isSelected(everything, 7)).toBe(true);
  expect(editTarget(everything, { kind: 'mask' })).toEqual({ kind: 'mask' });
  expect(editTarget(only([3, 1]), { kind: 'mask' })).toEqual([3, 1]);
  expect(toggled(everything, 1)).toBe(everything);
  expect(extended(everything, [1])).toBe(everything);
});

test('ranges run in either direction and extending keeps what was there', () => {
  expect(rowsBetween(4, 2)).toEqual({ first: 2, end: 5 });
  expect(rowsBetween(3, 3)).toEqual({ first: 3, end: 4 });
  expect(editTarget(extended(only([1, 2]), [2, 3]), {})).toEqual([1, 2, 3]);
  expect(selectedCount(nothing, 9)).toBe(0);
});
