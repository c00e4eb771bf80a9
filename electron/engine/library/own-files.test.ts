import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { refuseOwn } from './own-files.ts';
import { addSource } from './sources.ts';
import { SubmissionFile } from './submission-file.ts';

let folder: string;
let file: SubmissionFile;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-own-')));
  mkdirSync(join(folder, 'data/sub'), { recursive: true });
  mkdirSync(join(folder, 'database'));
  writeFileSync(join(folder, 'data/sub/values.csv'), 'precious');
  file = SubmissionFile.create(join(folder, 'a.slipway'));
  addSource(file, join(folder, 'data'));
});
afterEach(() => {
  file.close();
  rmSync(folder, { recursive: true });
});

const refused = (path: string) => refuseOwn(file, path, 'table');

test('the submission and its folders are not written over, by whatever way they are named', async () => {
  symlinkSync(join(folder, 'data'), join(folder, 'way'));
  symlinkSync(join(folder, 'data/sub/values.csv'), join(folder, 'end.csv'));
  symlinkSync(join(folder, 'a.slipway'), join(folder, 'end.tsv'));
  for (const path of ['a.slipway', 'a.slipway-wal', 'end.tsv', 'data/../a.slipway']) {
    await expect(refused(join(folder, path))).rejects.toMatchObject({ code: 'own-file' });
  }
  for (const path of ['data/sub/values.csv', 'data/new.tsv', 'data/no/new.tsv', 'way/new.tsv', 'end.csv']) {
    await expect(refused(join(folder, path))).rejects.toMatchObject({ code: 'in-source' });
  }
});

test('anywhere else may be written', async () => {
  for (const path of ['table.tsv', 'database/table.tsv', 'no/such/folder.tsv', 'data.tsv']) {
    await expect(refused(join(folder, path))).resolves.toBeUndefined();
  }
});
