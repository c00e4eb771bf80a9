import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  editTarget,
  everything,
  isSelected,
  nothing,
  only,
  rowRange,
  rowsBetween,
  selectedCount,
  toggled,
} from './selection.ts';

test('turning twice changes nothing, turning once changes exactly one, of some and of everything', () => {
  const selections = fc.oneof(
    fc.uniqueArray(fc.nat(50)).map(only),
    fc.uniqueArray(fc.nat(50)).map((ids) => ids.reduce(toggled, everything)),
  );
  fc.assert(
    fc.property(selections, fc.nat(50), (before, id) => {
      const once = toggled(before, id);
      expect(isSelected(once, id, 0)).toBe(!isSelected(before, id, 0));
      expect(Math.abs(selectedCount(once, 99) - selectedCount(before, 99))).toBe(1);
      expect(toggled(once, id)).toEqual(before);
    }),
  );
});

test('everything counts what the filter matches and is edited through the filter', () => {
  expect(selectedCount(everything, 1_000_000)).toBe(1_000_000);
  expect(isSelected(everything, 7, 0)).toBe(true);
  expect(editTarget(everything, { kind: 'mask' })).toEqual({ kind: 'mask' });
  expect(editTarget(only([3, 1]), { kind: 'mask' })).toEqual([3, 1]);
});

test('what is taken out of everything is spared', () => {
  const but = toggled(toggled(everything, 3), 8);
  expect(selectedCount(but, 1_000_000)).toBe(999_998);
  expect(editTarget(but, { kind: 'mask' })).toEqual({ filter: { kind: 'mask' }, except: [3, 8] });
  expect(selectedCount(but, 1)).toBe(0);
});

test('ranges run in either direction and hold their ends', () => {
  expect(rowsBetween(4, 2)).toEqual({ first: 2, end: 5 });
  const range = rowRange(4, 2);
  expect([1, 2, 4, 5].map((row) => isSelected(range, 99, row))).toEqual([false, true, true, false]);
  expect(selectedCount(range, 1000)).toBe(3);
  expect(selectedCount(range, 3)).toBe(1);
  expect(rowsBetween(3, 3)).toEqual({ first: 3, end: 4 });
  expect(selectedCount(nothing, 9)).toBe(0);
});
