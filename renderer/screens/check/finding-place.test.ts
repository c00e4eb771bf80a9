import { expect, test } from 'vitest';
import { profileOf } from '../../../shared/destinations/index.ts';
import type { FindingPlace } from '../../../shared/model/finding.ts';
import { lookLink, placeLink, placeName } from './finding-place.ts';

const entry = (path: string) => ({ kind: 'entry' as const, entryId: 7, path });
const field = {
  kind: 'field' as const,
  section: 'study',
  block: 'b1',
  field: 'title',
  label: 'Title',
};

const link = (place: FindingPlace, rule = '') => placeLink({ place, rule });

test('a finding leads to the thing it is about', () => {
  expect(link(entry('a.tif'))).toEqual({ room: 'files', query: { entry: '7' } });
  expect(link(field)).toEqual({
    room: 'describe',
    query: { section: 'study', block: 'b1', field: 'title' },
  });
  expect(link({ kind: 'source', sourceId: 2, path: '/data' })).toEqual({
    room: 'files',
    query: { source: '2' },
  });
  expect(link({ kind: 'submission' }, 'nothing-to-send')).toEqual({ room: 'files', query: {} });
  expect(link({ kind: 'submission' }, 'method-not-ready')).toEqual({ room: 'send', query: {} });
  expect(link({ kind: 'submission' })).toBeNull();
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
