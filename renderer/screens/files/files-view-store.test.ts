import { expect, test } from 'vitest';
import { filtered, freshView, sortedBy, withFilter } from './files-view-store.ts';
import { nothing, only } from './selection.ts';

test('an empty part of a filter is left out', () => {
  expect(withFilter({ kind: 'mask' }, 'text', 'a')).toEqual({ kind: 'mask', text: 'a' });
  expect(withFilter({ kind: 'mask', text: 'a' }, 'text', '')).toEqual({ kind: 'mask' });
  expect(withFilter({ send: true }, 'send', false)).toEqual({ send: false });
  expect(withFilter({ send: true }, 'send', undefined)).toEqual({});
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

test('the same column turns around, sizes start with the largest', () => {
  expect(sortedBy(freshView, 'path').sort).toEqual({ by: 'path', descending: true });
  expect(sortedBy(freshView, 'size').sort).toEqual({ by: 'size', descending: true });
  expect(sortedBy(sortedBy(freshView, 'size'), 'size').sort).toEqual({ by: 'size', descending: false });
  expect(sortedBy(freshView, 'kind').sort).toEqual({ by: 'kind', descending: false });
});
