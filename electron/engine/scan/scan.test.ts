import { appendFileSync, chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CountedProgress } from '../../../shared/contract/call.ts';
import { editEntries, entry, entryPage } from '../library/entries.ts';
import { addSource, removeSource, sources } from '../library/sources.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { submissionSummary } from '../library/summary.ts';
import {
  newSubmissionFile,
  plainPairPage,
  sharedData,
  temporaryFolder,
  withoutRights,
  writeFiles,
} from '../library/test-support.ts';
import { scanSources } from './scan.ts';

let folder: string;
let data: string;
let remove: () => void;
let file: SubmissionFile;
beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
  data = join(folder, 'data');
  mkdirSync(data);
  file = newSubmissionFile(folder);
});
afterEach(() => {
  file.close();
  remove();
});

const rows = () =>
  file.all<{ id: number }>('SELECT id FROM entry ORDER BY path, id').map(({ id }) => entry(file, id));
const states = () => Object.fromEntries(rows().map(({ path, state }) => [path, state]));
const kinds = () => Object.fromEntries(rows().map(({ path, kind }) => [path, kind]));
const tiff = (content = '') => `II*\0${content}`;

describe('a scan', () => {
  it('indexes what there is, pairs it, and finds nothing to do the second time', async () => {
    writeFiles(data, {
      'images/a.tif': tiff(),
      'masks/a_mask.tif': tiff('x'),
      'notes.txt': 'n',
      '.DS_Store': '1',
    });
    addSource(file, data);
    expect(await scanSources(file)).toEqual({
      files: 3,
      bytes: 10,
      added: 3,
      changed: 0,
      vanished: 0,
      renamed: 0,
      skipped: 1,
      held: 0,
      pairs: 1,
    });
    expect(kinds()).toEqual({ 'images/a.tif': 'image', 'masks/a_mask.tif': 'mask', 'notes.txt': 'other' });
    expect(sources(file)[0]).toMatchObject({ state: 'scanned', files: 3, bytes: 10, skipped: 1 });
    expect(submissionSummary(file)).toMatchObject({ entries: 3, bytes: 10, pairs: 1 });
    expect(file.all('SELECT path, reason FROM skipped')).toEqual([
      { path: '.DS_Store', reason: 'made by the operating system' },
    ]);
    const before = file.get<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0;
    expect(await scanSources(file)).toEqual({
      files: 3,
      bytes: 10,
      added: 0,
      changed: 0,
      vanished: 0,
      renamed: 0,
      skipped: 1,
      held: 0,
      pairs: 1,
    });
    const written = (file.get<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0) - before;
    // Its own state, twice, and what was skipped: no row of the index.
    expect(written).toBeLessThanOrEqual(4);
  });

  it('marks what vanished and what changed, and keeps what was chosen', async () => {
    writeFiles(data, { 'a.tif': tiff(), 'b.tif': tiff(), 'b_mask.tif': tiff(), 'c.tif': tiff() });
    addSource(file, data);
    await scanSources(file);
    editEntries(file, { text: 'b.tif' }, { kind: 'mask', remotePath: 'kept.tif', columns: { Note: 'kept' } });
    rmSync(join(data, 'a.tif'));
    writeFiles(data, { 'b.tif': tiff('longer now'), 'd.tif': tiff() });
    expect(await scanSources(file)).toMatchObject({ files: 4, added: 1, changed: 1, vanished: 1 });
    expect(states()).toMatchObject({ 'a.tif': 'vanished', 'b.tif': 'present', 'd.tif': 'present' });
    expect(rows().find(({ path }) => path === 'b.tif')).toMatchObject({
      kind: 'mask',
      remotePath: 'kept.tif',
      columns: { Note: 'kept' },
      size: 14,
    });
    writeFiles(data, { 'a.tif': tiff() });
    expect(await scanSources(file)).toMatchObject({ added: 0, vanished: 0 });
    expect(states()['a.tif']).toBe('present');
  });

  it('holds back a file that is being written, and looks again', async () => {
    writeFiles(data, { 'old.tif': tiff() });
    writeFileSync(join(data, 'fresh.tif'), tiff());
    writeFileSync(join(data, 'growing.tif'), tiff());
    addSource(file, data);
    const said: string[] = [];
    const growing = setInterval(() => appendFileSync(join(data, 'growing.tif'), 'x'), 20);
    await scanSources(file, { settleMs: 300, progress: ({ now }) => said.push(now) });
    clearInterval(growing);
    expect(states()).toEqual({ 'old.tif': 'present', 'fresh.tif': 'present', 'growing.tif': 'changing' });
    expect(said).toContain('Waiting for files that were just written');
    expect(rows().find(({ path }) => path === 'growing.tif')?.send).toBe(false);
    await scanSources(file, { settleMs: 50 });
    expect(states()['growing.tif']).toBe('present');
  });

  it('takes a file from the future as it is once it rests', async () => {
    const ahead = new Date(Date.now() + 86_400_000);
    writeFiles(data, { 'a.tif': tiff() });
    const { utimesSync } = await import('node:fs');
    utimesSync(join(data, 'a.tif'), ahead, ahead);
    addSource(file, data);
    await scanSources(file, { settleMs: 50 });
    expect(states()).toEqual({ 'a.tif': 'present' });
  });

  it('takes zero-byte files and folders without images', async () => {
    writeFiles(data, { 'empty.tif': '', 'readme.md': 'x' });
    addSource(file, data);
    expect(await scanSources(file)).toMatchObject({ files: 2, bytes: 1, pairs: 0 });
    mkdirSync(join(folder, 'nothing'));
    addSource(file, join(folder, 'nothing'));
    expect(await scanSources(file)).toMatchObject({ files: 2, added: 0 });
  });

  it('calls a folder that is gone gone, keeps its rows, and goes on with the others', async () => {
    writeFiles(data, { 'a.tif': tiff() });
    addSource(file, data);
    mkdirSync(join(folder, 'other'));
    addSource(file, join(folder, 'other'));
    await scanSources(file);
    renameSync(data, join(folder, 'unplugged'));
    writeFiles(join(folder, 'other'), { 'b.tif': tiff() });
    expect(await scanSources(file)).toMatchObject({ added: 1, vanished: 0 });
    expect(sources(file)).toMatchObject([
      { state: 'gone', trouble: 'it is no longer there' },
      { state: 'scanned', trouble: '' },
    ]);
    expect(states()).toEqual({ 'a.tif': 'present', 'b.tif': 'present' });
    renameSync(join(folder, 'unplugged'), data);
    await scanSources(file);
    expect(sources(file)[0]).toMatchObject({ state: 'scanned', trouble: '', files: 1 });
  });

  it('keeps what it knows of a folder it may not read any more', async (context) => {
    writeFiles(data, { 'sub/a.tif': tiff(), 'b.tif': tiff() });
    addSource(file, data);
    await scanSources(file);
    chmodSync(join(data, 'sub'), 0);
    let vanished = -1;
    const done = await withoutRights(folder, async () => {
      ({ vanished } = await scanSources(file));
    });
    if (!done) context.skip('Every file can be read here.');
    expect(vanished).toBe(0);
    expect(states()).toEqual({ 'b.tif': 'present', sub: 'unreadable', 'sub/a.tif': 'unreadable' });
    chmodSync(join(data, 'sub'), 0o755);
    await scanSources(file);
    expect(states()).toEqual({ 'b.tif': 'present', 'sub/a.tif': 'present' });
  });

  it('that is stopped has kept what it found, and the next one goes on', async () => {
    for (let n = 0; n < 30; n++)
      writeFiles(data, Object.fromEntries(Array.from({ length: 30 }, (_, m) => [`d${n}/${m}.tif`, tiff()])));
    addSource(file, data);
    const stop = new AbortController();
    let progress: CountedProgress | undefined;
    const stopped = scanSources(file, {
      signal: stop.signal,
      progress: (now) => {
        progress = now;
        if (now.done > 0) stop.abort();
      },
    });
    const also = scanSources(file);
    await expect(also).rejects.toMatchObject({ code: 'scan-running' });
    setTimeout(() => stop.abort(), 20);
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    expect(progress).toBeDefined();
    expect(sources(file)[0]?.state).toBe('new');
    expect(submissionSummary(file).entries).toBe((await entryPage(file, { offset: 0, limit: 1 })).total);
    expect(await scanSources(file)).toMatchObject({ files: 900, vanished: 0 });
    expect((await entryPage(file, { offset: 0, limit: 1 })).total).toBe(900);
  });

  it('takes an OME-Zarr as one entry, also when it is the folder itself', async () => {
    const zarr = {
      '.zgroup': '{}',
      '.zattrs': '{"multiscales":[]}',
      '0/.zarray': '{}',
      '0/0.0': 'chunk',
      'labels/.zattrs': '{"labels":["n"]}',
    };
    writeFiles(join(data, 'set', 'a.ome.zarr'), zarr);
    writeFiles(join(folder, 'b.zarr'), zarr);
    addSource(file, data);
    addSource(file, join(folder, 'b.zarr'));
    expect(await scanSources(file)).toMatchObject({ files: 10, added: 2, pairs: 2 });
    expect(
      rows().map(({ path, name, members, remotePath, pairedWith }) => [
        path,
        name,
        members,
        remotePath,
        pairedWith,
      ]),
    ).toEqual([
      ['', 'b.zarr', 5, 'b.zarr', ['labels/n']],
      ['set/a.ome.zarr', 'a.ome.zarr', 5, 'data/set/a.ome.zarr', ['labels/n']],
    ]);
    writeFiles(data, { 'set/a.ome.zarr/0/0.1': 'new chunk' });
    expect(await scanSources(file)).toMatchObject({ added: 0, changed: 1, pairs: 2 });
    rmSync(join(data, 'set/a.ome.zarr/labels'), { recursive: true });
    expect(await scanSources(file)).toMatchObject({ changed: 1, pairs: 1 });
  });

  it('weighs what folder names say against what the files in them say', async () => {
    writeFiles(folder, { 'masks/img1.tif': tiff(), 'masks/sub/img2.tif': tiff() });
    writeFiles(data, {
      'segmentation/cells.tif': tiff(),
      'segmentation/cells_mask.tif': tiff(),
      'gt/x.tif': tiff(),
      'gt/raw/x.tif': tiff(),
    });
    addSource(file, join(folder, 'masks'));
    addSource(file, data);
    await scanSources(file);
    expect(kinds()).toEqual({
      'img1.tif': 'mask',
      'sub/img2.tif': 'mask',
      'segmentation/cells.tif': 'image',
      'segmentation/cells_mask.tif': 'mask',
      'gt/x.tif': 'mask',
      'gt/raw/x.tif': 'image',
    });
    rmSync(join(data, 'segmentation/cells_mask.tif'));
    writeFiles(join(folder, 'masks'), { 'img1.tif': tiff('changed') });
    await scanSources(file);
    expect(kinds()).toMatchObject({ 'img1.tif': 'mask', 'sub/img2.tif': 'mask' });
  });

  it('looks into files whose names mislead', async () => {
    writeFiles(data, {
      'a.tif': '\x89PNG\r\n\x1a\n'.padEnd(20),
      'b.ome.tif': 'version https://git-lfs.github.com/spec/v1\n',
      noname: tiff(),
      'c.tif': 'text',
    });
    writeFileSync(join(data, 'a.tif'), Buffer.from('89504e470d0a1a0a', 'hex'));
    addSource(file, data);
    await scanSources(file, { settleMs: 0 });
    expect(Object.fromEntries(rows().map(({ path, format }) => [path, format]))).toEqual({
      'a.tif': 'png',
      'b.ome.tif': 'git-lfs-pointer',
      noname: 'tiff',
      'c.tif': 'unknown',
    });
  });

  it('indexes 20,000 files without holding the event loop or the files in memory at once', async () => {
    for (let d = 0; d < 20; d++)
      writeFiles(
        data,
        Object.fromEntries(
          Array.from({ length: 1000 }, (_, n) => [`p${d}/${d % 2 ? 'masks' : 'images'}/f${n}.tif`, '']),
        ),
      );
    addSource(file, data);
    let turns = 0;
    const clock = setInterval(() => turns++, 1);
    const progress: number[] = [];
    await scanSources(file, { progress: ({ done }) => progress.push(done) });
    clearInterval(clock);
    expect(await entryPage(file, { offset: 19_999, limit: 10 })).toMatchObject({
      total: 20_000,
      rows: [{ path: 'p9/masks/f999.tif' }],
    });
    // At 256 rows a turn there are at least so many turns in which others were heard.
    expect(turns).toBeGreaterThan(20);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(20_000);
  });

  it('keeps entry numbers of a removed folder to itself', async () => {
    writeFiles(data, { 'a.tif': tiff() });
    const { id } = addSource(file, data);
    await scanSources(file);
    const before = rows()[0]?.id ?? 0;
    await removeSource(file, id);
    mkdirSync(join(folder, 'other'));
    writeFiles(join(folder, 'other'), { 'b.tif': tiff() });
    addSource(file, join(folder, 'other'));
    await scanSources(file);
    expect(rows()[0]?.id).toBeGreaterThan(before);
  });
});

describe.skipIf(!existsSync(join(sharedData, 'masks')))('real folders (need the shared test data)', () => {
  const pairsOf = async (name: string) => {
    addSource(file, join(sharedData, name));
    await scanSources(file);
    return plainPairPage(file, { offset: 0, limit: 500 }).rows.map(
      ({ imagePath, maskPath, maskPart }) => `${imagePath} + ${maskPart || maskPath}`,
    );
  };

  it('of masks are paired as their sources say, and two masks never with each other', async () => {
    expect(await pairsOf('masks')).toEqual([
      'binary/sample.tif + binary/sample_seg.tif',
      'blobs/blobs.tif + blobs/blobs_annotations.tif',
      'blobs/blobs.tif + blobs/blobs_labeled.tif',
      'blobs/blobs.tif + blobs/blobs_sparse_labels.tif',
      'maize/maize_clsm.tif + maize/maize_clsm_labels.tif',
      'small/human_mitosis_crop.tif + small/human_mitosis_crop_annotation.tif',
      'stardist/img2d.tif + stardist/mask2d.tif',
      'stardist/img3d.tif + stardist/mask3d.tif',
      'timelapse/cancer_cell_migration_crop.tif + timelapse/cancer_cell_migration_voronoi_otsu_labeling_crop.tif',
    ]);
    expect(kinds()).toMatchObject({
      'segmetrics/gt/img1.tiff': 'mask',
      'segmetrics/seg/img1.tiff': 'mask',
      'cellprofiler-human/AS_09125_050116030001_D03f00d0.tif': 'image',
    });
  });

  it('of OME-Zarr are one entry each, paired with their labels', async () => {
    expect(await pairsOf('ome-zarr')).toEqual([
      '20200812-CardiomyocyteDifferentiation14-Cycle1_B_03_mip.zarr + labels/nuclei',
      'exemplar-001.crop.image.ome.zarr + exemplar-001.crop.segmentations.ome.zarr',
      'small/v0.4 + labels/nuclei',
      'small/v0.5 + labels/nuclei',
      'small/v04/test_image_tczyx.zarr + labels/label',
      'small/v05/test_image_tczyx.zarr + labels/label',
    ]);
    expect(
      rows()
        .filter(({ members }) => members > 1)
        .every(({ format }) => format.endsWith('zarr')),
    ).toBe(true);
  });

  it('of broken files say what the files really are', async () => {
    await pairsOf('broken');
    expect(Object.fromEntries(rows().map(({ path, format }) => [path, format]))).toMatchObject({
      'test3.tif': 'png',
      'actk.ome.tiff': 'git-lfs-pointer',
    });
  });
});
