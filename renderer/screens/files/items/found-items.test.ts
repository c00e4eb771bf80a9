import { expect, it } from 'vitest';
import { type FoundItem, isLikely, reasonOf, sizesOf } from './found-items.ts';

const found: FoundItem = {
  ...{ key: 1, kind: 'series', path: 'a/cells_t{t}.tif', files: 48, bytes: 4800 },
  ...{ smallest: 100, largest: 100, isMarked: true, joins: null },
};

it('says why files are offered, and chooses what is likely', () => {
  expect([reasonOf(found), isLikely(found)]).toEqual(['numbered by time, depth or channel', true]);
  const plain = { ...found, isMarked: false };
  expect([reasonOf(plain), isLikely(plain)]).toEqual(['numbered alike', false]);
  const joins = { ...plain, joins: 7 };
  expect([reasonOf(joins), isLikely(joins)]).toEqual(['belong to an item that is there', true]);
  const set: FoundItem = { ...plain, kind: 'ome-tiff' };
  expect([reasonOf(set), isLikely(set)]).toEqual(['name each other', true]);
});

it('tells sizes as one when they look alike', () => {
  expect(sizesOf(found)).toBe('100 B each');
  expect(sizesOf({ ...found, largest: 2000 })).toBe('100 B to 2.0 kB each');
});
