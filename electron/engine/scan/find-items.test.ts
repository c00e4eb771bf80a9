import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editAnyEntries } from '../library/bulk-edit.ts';
import { cellReader } from '../library/cell-texts.ts';
import { entry, entryPage, entryPlace } from '../library/entries.ts';
import { redoInSlices, undoInSlices } from '../library/history-in-slices.ts';
import { groupPicked, refreshItems, ungroup } from '../library/items.ts';
import { beginSubmission } from '../library/new-submission.ts';
import { addSource } from '../library/sources.ts';
import { SubmissionFile } from '../library/submission-file.ts';
import { makePlan } from '../transfer/plan.ts';
import { findItems, foundItems, groupFound } from './find-items.ts';
import { omeReferences } from './ome-references.ts';
import { scanSources } from './scan.ts';

let folder: string;
let file: SubmissionFile;
const tiff = Buffer.from('II*\0\x08\0\0\0\0\0\0\0\0\0\0\0', 'latin1');

/** A TIFF of nothing but a description. */
function omeTiff(xml: string): Buffer {
  const text = Buffer.from(`${xml}\0`);
  const head = Buffer.alloc(8 + 2 + 12 + 4);
  head.write('II*\0', 0, 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(1, 8);
  head.writeUInt16LE(270, 10);
  head.writeUInt16LE(2, 12);
  head.writeUInt32LE(text.byteLength, 14);
  head.writeUInt32LE(head.byteLength, 18);
  return Buffer.concat([head, text]);
}

function put(name: string, content: string | Buffer = tiff): void {
  const target = path.join(folder, name);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content);
}

const scan = () => scanSources(file, { settleMs: 0 });
const shown = async () => (await entryPage(file, { offset: 0, limit: 500 })).rows.map(({ name }) => name);
const idOf = (at: string) => file.get<{ id: number }>('SELECT id FROM entry WHERE path = ?', at)?.id ?? -1;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'slipway-items-'));
  file = SubmissionFile.create(`${folder}.slipway`);
  beginSubmission(file, { title: 'x', destination: 'bia-annotations', archive: 'practice' });
  addSource(file, folder);
});
afterEach(() => {
  file.close();
  rmSync(folder, { recursive: true, force: true });
  rmSync(`${folder}.slipway`, { force: true });
});

describe('files that may be one item', () => {
  it('are those numbered alike in one folder, the marked ones first, and never few', async () => {
    for (let t = 0; t < 6; t++) put(`movie/cells_t${t}.tif`);
    for (let n = 0; n < 9; n++) put(`other/img_00${n}.tif`);
    for (let n = 0; n < 4; n++) put(`few/x_${n}.tif`);
    put('movie/notes_1.txt', 'text');
    await scan();
    expect(await findItems(file)).toBe(2);
    expect(foundItems(file, { offset: 0, limit: 10 })).toMatchObject([
      { kind: 'series', path: 'movie/cells_t{t}.tif', files: 6, bytes: 96, isMarked: true, joins: null },
      { kind: 'series', path: 'other/img_{n}.tif', files: 9, isMarked: false },
    ]);
    expect(await shown()).toHaveLength(20);
  });

  it('are no fields of view that have a mask each, but time points that have', async () => {
    for (let n = 1; n <= 6; n++) {
      put(`images/field-0${n}.tif`);
      if (n < 6) put(`masks/field-0${n}_mask.tif`);
      put(`movie/images/c_t${n}.tif`);
      put(`movie/masks/c_t${n}_mask.tif`);
    }
    await scan();
    expect(file.get('SELECT count(*) AS n FROM pair WHERE parted = 0')).toEqual({ n: 11 });
    await findItems(file);
    const offered = foundItems(file, { offset: 0, limit: 10 }).map((found) => found.path);
    expect(offered.toSorted()).toEqual(['movie/images/c_t{t}.tif', 'movie/masks/c_t{t}_mask.tif']);
    expect(await groupFound(file, 'all')).toBe(2);
    expect((await shown()).filter((name) => name.startsWith('field'))).toHaveLength(11);
  });

  it('are OME-TIFFs that name each other, with their companion file, however few', async () => {
    const companion =
      '<OME><Image><Pixels><TiffData><UUID FileName="a-Z1.ome.tif">u</UUID></TiffData><TiffData><UUID\n FileName="a-Z2.ome.tif">u</UUID></TiffData></Pixels></Image></OME>';
    const binaryOnly = '<OME><BinaryOnly MetadataFile="a.companion.ome" UUID="u"/></OME>';
    put('set/a-Z1.ome.tif', omeTiff(binaryOnly));
    put('set/a-Z2.ome.tif', omeTiff(binaryOnly));
    put('set/a.companion.ome', companion);
    put(
      'set/b.ome.tif',
      omeTiff('<OME><TiffData><UUID FileName="../../etc/passwd">u</UUID></TiffData></OME>'),
    );
    await scan();
    expect(await findItems(file)).toBe(1);
    expect(foundItems(file, { offset: 0, limit: 10 })).toMatchObject([{ kind: 'ome-tiff', files: 3 }]);
    await groupFound(file, 'all');
    const [item] = (await entryPage(file, { offset: 0, limit: 10 })).rows.filter(
      ({ members }) => members > 1,
    );
    expect(item).toMatchObject({ members: 3, itemKind: 'ome-tiff', path: 'set/a-Z1.ome.tif', kind: 'image' });
  });

  it('are read from any bytes without harm', async () => {
    const good = omeTiff('<OME><UUID FileName="x.ome.tif"/></OME>');
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: good.byteLength - 1 }),
        fc.nat({ max: 255 }),
        fc.nat({ max: good.byteLength }),
        async (at, value, cut) => {
          const bad = Buffer.from(good.subarray(0, cut));
          if (at < cut) bad[at] = value;
          put('bad.ome.tif', bad);
          expect(Array.isArray(await omeReferences(path.join(folder, 'bad.ome.tif')))).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
    expect(await omeReferences(path.join(folder, 'not there'))).toEqual([]);
  });
});

describe('an item', () => {
  beforeEach(async () => {
    for (let t = 0; t < 6; t++) put(`movie/cells_t${t}.tif`, Buffer.concat([tiff, Buffer.alloc(t)]));
    put('movie/other.tif');
    await scan();
    await findItems(file);
  });

  it('is one row with count and bytes, and files again after undo; redo and parting do the rest', async () => {
    await entryPage(file, { offset: 0, limit: 10 });
    expect(await groupFound(file, 'all')).toBe(1);
    const page = await entryPage(file, { offset: 0, limit: 10 });
    expect(page).toMatchObject({ total: 2, bytes: 6 * 16 + 15 + 16 });
    expect(page.rows[0]).toMatchObject({
      ...{ name: 'cells_t{t}.tif', path: 'movie/cells_t0.tif', members: 6, size: 6 * 16 + 15 },
      ...{ itemKind: 'series', sendAs: 'files' },
    });
    expect(cellReader(file, ['members', 'size'])([page.rows[0]?.id ?? -1])[0]?.cells).toEqual(['6', '111']);
    const sorted = await entryPage(file, { offset: 0, limit: 10, sort: { by: 'size', descending: true } });
    expect(sorted.rows.map(({ members }) => members)).toEqual([6, 1]);
    expect(await entryPlace(file, { entryId: idOf('movie/cells_t4.tif') })).toBe(0);
    expect(await undoInSlices(file)).toBe('Group 6 files as cells');
    expect(await shown()).toHaveLength(7);
    await redoInSlices(file);
    expect(await shown()).toHaveLength(2);
    await ungroup(file, page.rows[0]?.id ?? -1);
    expect(await shown()).toHaveLength(7);
    expect(file.all("SELECT * FROM change WHERE title LIKE 'Part 6%'")).toHaveLength(1);
  });

  it('passes on to its files what a person says of it', async () => {
    await groupFound(file, 'all');
    const lead = idOf('movie/cells_t0.tif');
    expect(makePlan(file, []).files).toBe(0);
    await editAnyEntries(file, [lead], { send: true, annotationType: 'class_labels' });
    expect(makePlan(file, []).files).toBe(6);
    expect(
      file.all("SELECT DISTINCT annotation_type AS type FROM entry WHERE path LIKE 'movie/cells%'"),
    ).toEqual([{ type: 'class_labels' }]);
    await editAnyEntries(file, [lead], { sourceImage: 'S-BIAD1/vol.tif' });
    expect(
      file.all("SELECT DISTINCT source_image_chosen AS image FROM entry WHERE path LIKE 'movie/cells%'"),
    ).toEqual([{ image: 'S-BIAD1/vol.tif' }]);
    await editAnyEntries(file, [lead], { sendAs: 'zip' });
    expect(makePlan(file, [])).toMatchObject({ files: 1, zips: { items: 1, files: 6 } });
    expect(entry(file, lead).remotePath).toBe(`${path.basename(folder)}/movie/cells.zip`);
    await editAnyEntries(file, [lead], { remotePath: 'mine/film.zip' });
    expect(entry(file, lead).remotePath).toBe('mine/film.zip');
    await editAnyEntries(file, [lead], { sendAs: 'files' });
    expect(entry(file, lead).remotePath).toBe(`${path.basename(folder)}/movie/cells_t0.tif`);
  });

  it('stays one through the next look, knows what changed, and takes in files that came', async () => {
    await groupFound(file, 'all');
    const lead = idOf('movie/cells_t0.tif');
    put('movie/cells_t3.tif', Buffer.concat([tiff, Buffer.alloc(100)]));
    put('movie/cells_t9.tif');
    await scan();
    await refreshItems(file);
    expect(entry(file, lead)).toMatchObject({ members: 6, size: 6 * 16 + 12 + 100 });
    await findItems(file);
    expect(foundItems(file, { offset: 0, limit: 10 })).toMatchObject([{ files: 1, joins: lead }]);
    await groupFound(file, 'all');
    expect(entry(file, lead).members).toBe(7);
  });

  it('stands for what is there when its first file goes, and lets go what moved to another folder', async () => {
    await groupFound(file, 'all');
    rmSync(path.join(folder, 'movie/cells_t0.tif'));
    mkdirSync(path.join(folder, 'kept'));
    renameSync(path.join(folder, 'movie/cells_t5.tif'), path.join(folder, 'kept/best.tif'));
    await scan();
    await refreshItems(file);
    const lead = idOf('movie/cells_t1.tif');
    expect(await shown()).toEqual(['best.tif', 'cells_t{t}.tif', 'other.tif']);
    expect(entry(file, lead)).toMatchObject({
      itemKind: 'series',
      path: 'movie/cells_t1.tif',
      state: 'present',
    });
    await editAnyEntries(file, [lead], { send: true });
    expect(makePlan(file, []).files).toBe(4);
    // The first of those that moved stands for the others no more, either.
    renameSync(path.join(folder, 'movie/cells_t1.tif'), path.join(folder, 'kept/first.tif'));
    await scan();
    await refreshItems(file);
    expect(await shown()).toEqual(['best.tif', 'first.tif', 'cells_t{t}.tif', 'other.tif']);
    expect(entry(file, idOf('movie/cells_t2.tif'))).toMatchObject({ itemKind: 'series' });
  });

  it('is made of picked files, but not of files of two folders that were added, nor of items', async () => {
    const picked = [idOf('movie/other.tif'), idOf('movie/cells_t1.tif')];
    const lead = await groupPicked(file, picked);
    expect(entry(file, lead)).toMatchObject({ members: 2 });
    await expect(groupPicked(file, [lead, idOf('movie/cells_t2.tif')])).rejects.toMatchObject({
      code: 'cannot-group',
    });
  });
});
