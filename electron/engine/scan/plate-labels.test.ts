import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { imagePartOf } from '../../../shared/model/pair.ts';
import {
  newSubmissionFile,
  plainPairPage,
  sharedData,
  temporaryFolder,
  writeFiles,
  writeIndex,
} from '../library/test-support.ts';
import { openZarrSource } from '../pixels/zarr/zarr-source.ts';
import { pairEntries } from './pair.ts';
import { readZarr } from './zarr.ts';

let folder: string;
let remove: () => void;
beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
});
afterEach(() => remove());

const write = (files: Readonly<Record<string, unknown>>) =>
  writeFiles(
    folder,
    Object.fromEntries(
      Object.entries(files).map(([path, content]) => [`p.zarr/${path}`, JSON.stringify(content)]),
    ),
  );

describe('labels in a plate', () => {
  it('are found in every field of every well, in 0.4 and 0.5; a path that leads out is left alone', async () => {
    write({
      '.zattrs': { plate: { wells: [{ path: 'A/1' }, { path: 'B/2' }, { path: '../x' }] } },
      'A/1/.zattrs': { well: { images: [{ path: '0' }, { path: '1' }, { path: '../../..' }] } },
      'A/1/1/labels/.zattrs': { labels: ['nuclei', 'cells'] },
      'B/2/zarr.json': { attributes: { ome: { well: { images: [{ path: 'f' }] } } } },
      'B/2/f/labels/zarr.json': { attributes: { ome: { labels: ['nuclei'] } } },
    });
    const { labels, kind } = await readZarr(join(folder, 'p.zarr'), 'p.zarr');
    expect(labels).toEqual(['A/1/1/labels/nuclei', 'A/1/1/labels/cells', 'B/2/f/labels/nuclei']);
    expect(kind).toBe('image');
  });

  it('are paired with the field they lie in', async () => {
    const file = newSubmissionFile(folder);
    writeIndex(file, { 'p.zarr': 'image' });
    file.run(`UPDATE entry SET labels = '["A/1/1/labels/nuclei","labels/all"]'`);
    await pairEntries(file);
    const { rows } = plainPairPage(file, { offset: 0, limit: 10 });
    expect(rows.map(({ maskPart, by }) => [imagePartOf(maskPart), maskPart, by])).toEqual([
      ['A/1/1', 'A/1/1/labels/nuclei', 'labels'],
      ['', 'labels/all', 'labels'],
    ]);
    file.close();
  });

  const plate = join(sharedData, 'ome-zarr/small/v0.4_hcs');
  it.skipIf(!existsSync(plate))('and their fields open by the same part', async () => {
    const copy = join(folder, 'plate.zarr');
    cpSync(plate, copy, { recursive: true });
    cpSync(join(plate, 'A/1/0'), join(copy, 'A/1/0/labels/nuclei'), { recursive: true });
    writeFiles(folder, { 'plate.zarr/A/1/0/labels/.zattrs': JSON.stringify({ labels: ['nuclei'] }) });
    const { labels } = await readZarr(copy, 'plate.zarr');
    expect(labels).toEqual(['A/1/0/labels/nuclei']);
    for (const part of ['A/1/0', 'A/1/0/labels/nuclei', 'labels/nuclei', '']) {
      const source = await openZarrSource(copy, part);
      expect(source.info.sizes).toMatchObject({ y: 8, x: 8 });
      await source.close();
    }
    await expect(openZarrSource(copy, 'A/2/0')).rejects.toThrow();
  });
});
