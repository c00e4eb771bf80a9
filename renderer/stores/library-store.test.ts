import { expect, test } from 'vitest';
import type { LibraryItem } from '../../shared/model/submission.ts';
import { searchLibrary, sortLibrary, withoutItem } from './library-store.ts';

const item = (id: string, more: Partial<LibraryItem> = {}): LibraryItem => ({
  id,
  fileName: `${id}.slipway`,
  problem: null,
  ...more,
});
const items = [
  item('a', { title: 'Nuclei masks', editedAt: '2026-01-01T00:00:00Z' }),
  item('b', { title: 'Zebrafish heart', accession: 'S-BIAD634', editedAt: '2026-03-01T00:00:00Z' }),
  item('c', { problem: 'This file was written by a newer version of Slipway.' }),
];

test('last touched first, what cannot be opened last', () => {
  expect(sortLibrary(items).map((one) => one.id)).toEqual(['b', 'a', 'c']);
});

test('every word must be found somewhere', () => {
  expect(searchLibrary(items, '  ').length).toBe(3);
  expect(searchLibrary(items, 'MASKS nuclei').map((one) => one.id)).toEqual(['a']);
  expect(searchLibrary(items, 'biad634').map((one) => one.id)).toEqual(['b']);
  expect(searchLibrary(items, 'c.slipway').map((one) => one.id)).toEqual(['c']);
  expect(searchLibrary(items, 'nuclei heart')).toEqual([]);
});

test('removing leaves the others', () => {
  expect(withoutItem({ items, problem: null }, 'b').items?.map((one) => one.id)).toEqual(['a', 'c']);
  expect(withoutItem({ items: null, problem: null }, 'b').items).toBeNull();
});
