import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { beginSubmission } from '../library/new-submission.ts';
import { addSource } from '../library/sources.ts';
import { SubmissionFile } from '../library/submission-file.ts';
import { pairIfStale } from '../scan/pair.ts';
import { scanSources } from '../scan/scan.ts';
import { describeZips } from './describe-zips.ts';

let folder: string;
let file: SubmissionFile;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'slipway-zips-'));
  for (const name of ['a.ozx', 'b.ome.zarr.zip', 'c.zip'])
    writeFileSync(path.join(folder, name), 'PK\x03\x04');
  file = SubmissionFile.create(`${folder}.slipway`);
  beginSubmission(file, { title: 'x', destination: 'bia-annotations', archive: 'practice' });
  addSource(file, folder);
});
afterEach(() => {
  file.close();
  rmSync(folder, { recursive: true, force: true });
  rmSync(`${folder}.slipway`, { force: true });
});

it('pairs a zipped OME-Zarr with its labels, opens each once, and again when it changed', async () => {
  const opened: string[] = [];
  const read = async (zip: string) => {
    opened.push(path.basename(zip));
    if (zip.endsWith('b.ome.zarr.zip')) throw new Error('damaged');
    return ['labels/nuclei'];
  };
  const scan = async () => {
    const result = await scanSources(file, { settleMs: 0 });
    await describeZips(file, read);
    await pairIfStale(file);
    return result;
  };
  await scan();
  expect(opened.toSorted()).toEqual(['a.ozx', 'b.ome.zarr.zip']);
  expect(file.all('SELECT name, kind, format, members FROM entry WHERE name = ?', 'a.ozx')).toEqual([
    { name: 'a.ozx', kind: 'image', format: 'ome-zarr-zip', members: 1 },
  ]);
  expect(file.all('SELECT mask_part AS part, by FROM pair')).toEqual([
    { part: 'labels/nuclei', by: 'labels' },
  ]);

  writeFileSync(path.join(folder, 'new.txt'), 'new');
  expect(await scan()).toMatchObject({ added: 1, changed: 0, pairs: 1 });
  expect(opened).toHaveLength(2);

  writeFileSync(path.join(folder, 'a.ozx'), 'PK\x03\x04 changed');
  expect(await scan()).toMatchObject({ changed: 1 });
  expect(opened).toHaveLength(3);
  expect(file.all('SELECT mask_part AS part FROM pair')).toEqual([{ part: 'labels/nuclei' }]);
});
