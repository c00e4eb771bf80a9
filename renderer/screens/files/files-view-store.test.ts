import { expect, test } from 'vitest';
import { filtered, freshView, sortedBy, withCondition, withFilter } from './files-view-store.ts';
import { nothing, only, rowRange } from './selection.ts';

test('an empty part of a filter is left out', () => {
  expect(withFilter({ kind: 'mask' }, 'text', 'a')).toEqual({ kind: 'mask', text: 'a' });
  expect(withFilter({ kind: 'mask', text: 'a' }, 'text', '')).toEqual({ kind: 'mask' });
  expect(withFilter({ send: true }, 'send', false)).toEqual({ send: false });
  expect(withFilter({ send: true }, 'send', undefined)).toEqual({});
});

test('a column has one condition at most', () => {
  const plate = withCondition({ kind: 'mask' }, 'cell:Plate', { column: 'cell:Plate', is: 'empty' });
  expect(plate).toEqual({ kind: 'mask', columns: [{ column: 'cell:Plate', is: 'empty' }] });
  const both = withCondition(plate, 'size', { column: 'size', is: 'between', from: 1 });
  const other = withCondition(both, 'cell:Plate', { column: 'cell:Plate', is: 'filled' });
  expect(other.columns).toEqual([
    { column: 'size', is: 'between', from: 1 },
    { column: 'cell:Plate', is: 'filled' },
  ]);
  expect(withCondition(plate, 'cell:Plate', null)).toEqual({ kind: 'mask' });
});

test('another filter forgets the selection but not what is inspected', () => {
  const view = { ...freshView, selection: only([1, 2]), cursor: 5, anchor: 3, inspected: 9 };
  expect(filtered(view, { kind: 'image' })).toMatchObject({
    selection: nothing,
    cursor: -1,
    anchor: -1,
    inspected: 9,
    filter: { kind: 'image' },
  });
});

test('a column sorts, turns around and lets go; sizes start with the largest', () => {
  const sorts = (by: 'size' | 'kind' | 'cell:Plate') => {
    const once = sortedBy(freshView, by);
    const twice = sortedBy(once, by);
    return [once, twice, sortedBy(twice, by)].map(({ sort }) => `${sort.by} ${sort.descending}`);
  };
  expect(sorts('kind')).toEqual(['kind false', 'kind true', 'path false']);
  expect(sorts('cell:Plate')).toEqual(['cell:Plate false', 'cell:Plate true', 'path false']);
  expect(sorts('size')).toEqual(['size true', 'size false', 'path false']);
  expect(sortedBy(freshView, 'path').sort).toEqual({ by: 'path', descending: true });
});

test('another order drops a range of rows, not what was picked one by one', () => {
  expect(sortedBy({ ...freshView, selection: only([4]) }, 'kind').selection).toEqual(only([4]));
  expect(sortedBy({ ...freshView, selection: rowRange(2, 5) }, 'kind').selection).toEqual(nothing);
});
