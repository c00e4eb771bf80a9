import { expect, test } from 'vitest';
import { profileOf } from '../../../shared/destinations/index.ts';
import { lookLink, placeLink, placeName } from './finding-place.ts';

const entry = (path: string) => ({ kind: 'entry' as const, entryId: 7, path });
const field = {
  kind: 'field' as const,
  section: 'study',
  block: 'b1',
  field: 'title',
  label: 'Title',
};

test('a finding leads to the thing it is about', () => {
  expect(placeLink(entry('a.tif'))).toEqual({ room: 'files', query: { entry: '7' } });
  expect(placeLink(field)).toEqual({
    room: 'describe',
    query: { section: 'study', block: 'b1', field: 'title' },
  });
  expect(placeLink({ kind: 'source', sourceId: 2, path: '/data' })).toEqual({
    room: 'files',
    query: { source: '2' },
  });
  expect(placeLink({ kind: 'submission' })).toBeNull();
});

test('only pictures are looked at', () => {
  for (const path of ['a/b.tif', 'B.OME.TIFF', 'x.ome.zarr', 'x.zarr/', 'p.png', 'q.JPEG']) {
    expect(lookLink(entry(path))).toEqual({ room: 'look', query: { entry: '7' } });
  }
  for (const path of ['table.tsv', 'notes.txt', 'tif', 'a.tif.part'])
    expect(lookLink(entry(path))).toBeNull();
  expect(lookLink(field)).toBeNull();
});

test('places have names', () => {
  const profile = profileOf('bia-annotations');
  expect(placeName(entry('masks/a.tif'), profile)).toBe('masks/a.tif');
  expect(placeName(field, profile)).toBe('Study › Title');
  expect(placeName(field, null)).toBe('Title');
  expect(placeName({ kind: 'submission' }, profile)).toBe('The whole submission');
});
