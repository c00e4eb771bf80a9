import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sharedData, temporaryFolder, writeFiles } from '../library/test-support.ts';
import { readZarr, zarrMembers } from './zarr.ts';

let folder: string;
let remove: () => void;
beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
});
afterEach(() => remove());

const store = (files: Record<string, unknown>) =>
  writeFiles(
    folder,
    Object.fromEntries(
      Object.entries(files).map(([path, content]) => [
        `s/${path}`,
        typeof content === 'string' ? content : JSON.stringify(content),
      ]),
    ),
  );
const read = (path = 's') => readZarr(join(folder, 's'), path);

describe('a Zarr folder', () => {
  it('is summed up over its members, without what the operating system left there', async () => {
    store({
      '.zgroup': {},
      '.zattrs': { multiscales: [] },
      '0/.zarray': {},
      '0/0.0': '12345',
      '0/.DS_Store': 'x',
    });
    expect(await read()).toMatchObject({
      format: 'ome-zarr',
      kind: 'image',
      members: 4,
      size: 2 + 18 + 2 + 5,
      labels: [],
      trouble: '',
    });
    const members: string[] = [];
    for await (const batch of zarrMembers(join(folder, 's'))) members.push(...batch.map(({ path }) => path));
    expect(members.sort()).toEqual(['.zattrs', '.zgroup', '0/.zarray', '0/0.0']);
  });

  it('is a mask by its name, by its folder, and by what it says of itself', async () => {
    store({ '.zattrs': { multiscales: [] } });
    expect((await read('a.segmentations.ome.zarr')).kind).toBe('mask');
    expect((await read('labels/a.zarr')).kind).toBe('mask');
    expect((await read('images/a.zarr')).kind).toBe('image');
    store({ '.zattrs': { multiscales: [], 'image-label': {} } });
    expect((await read()).kind).toBe('mask');
  });

  it('is other when it holds no image: a table or an empty group', async () => {
    store({ '.zgroup': {}, '.zattrs': { 'encoding-type': 'anndata' } });
    expect(await read()).toMatchObject({ format: 'zarr', kind: 'other' });
    store({ '.zarray': {} });
    expect(await read()).toMatchObject({ format: 'zarr', kind: 'image' });
  });

  it('names its labels in 0.4 and 0.5, below bioformats2raw, and where nobody listed them', async () => {
    store({ '.zattrs': { multiscales: [] }, 'labels/.zattrs': { labels: ['nuclei', '../../etc'] } });
    expect((await read()).labels).toEqual(['labels/nuclei']);
    store({
      'labels/.zattrs': 'damaged {',
      'labels/zarr.json': { attributes: { ome: { labels: ['cells'] } } },
    });
    expect((await read()).labels).toEqual(['labels/cells']);
    store({
      '.zattrs': { 'bioformats2raw.layout': 3 },
      'labels/zarr.json': '{}',
      '0/labels/.zattrs': { labels: ['n'] },
    });
    expect((await read()).labels).toEqual(['0/labels/n']);
    store({ 'labels/b/.zgroup': {}, 'labels/a/zarr.json': {}, 'labels/c/readme': '' });
    expect((await read()).labels).toEqual(['labels/a', 'labels/b', '0/labels/n']);
  });

  it('of any content in its metadata costs no more than a wrong guess', async () => {
    for (const content of ['', 'null', '[]', '"x"', '{"labels": 5}', '{"labels": {"0": "x"}}', '\u0000']) {
      store({ '.zattrs': content, 'labels/.zattrs': content });
      expect((await read()).labels).toEqual([]);
    }
  });

  it.skipIf(!existsSync(join(sharedData, 'ome-zarr')))(
    'of real data is what it is (needs the shared test data)',
    async () => {
      const real = (path: string) => readZarr(join(sharedData, 'ome-zarr', path), path);
      expect(await real('20200812-CardiomyocyteDifferentiation14-Cycle1_B_03_mip.zarr')).toMatchObject({
        format: 'ome-zarr',
        kind: 'image',
        members: 137,
        labels: ['labels/nuclei'],
      });
      expect(await real('small/v0.5')).toMatchObject({ format: 'ome-zarr', labels: ['labels/nuclei'] });
      expect(await real('small/v04/test_image_tczyx.zarr')).toMatchObject({ labels: ['labels/label'] });
      expect(await real('small/v05/test_image_tczyx.zarr')).toMatchObject({ labels: ['labels/label'] });
      expect(await real('exemplar-001.crop.segmentations.ome.zarr')).toMatchObject({ kind: 'mask' });
      expect(await real('valid/plate-01.zarr')).toMatchObject({
        format: 'ome-zarr',
        kind: 'image',
        members: 32,
      });
      expect(await real('invalid/image-01.zarr')).toMatchObject({ kind: 'other' });
    },
  );
});
