import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginSubmission } from '../library/new-submission.ts';
import { addSource } from '../library/sources.ts';
import { SubmissionFile } from '../library/submission-file.ts';
import { scanSources } from '../scan/scan.ts';
import { itemMembers } from './item-members.ts';
import { saveItem } from './save-item.ts';

let folder: string;
let file: SubmissionFile;
const zarr = { '.zattrs': '{"multiscales":[]}', '.zgroup': '{"zarr_format":2}', '0/0/0': 'chunk' };

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'slipway-save-'));
  for (const [name, text] of Object.entries(zarr)) {
    const target = path.join(folder, 'data/x.zarr', name);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  writeFileSync(path.join(folder, 'data/plain.txt'), 'plain');
  file = SubmissionFile.create(path.join(folder, 'x.slipway'));
  beginSubmission(file, { title: 'x', destination: 'bia-annotations', archive: 'practice' });
  addSource(file, path.join(folder, 'data'));
  await scanSources(file, { settleMs: 0 });
});
afterEach(() => {
  file.close();
  rmSync(folder, { recursive: true, force: true });
});

const idOf = (name: string) =>
  file.get<{ id: number }>('SELECT id FROM entry WHERE name = ?', name)?.id ?? -1;

describe('saving an item as one ZIP', () => {
  it('writes it under its name, tells how far it is, and leaves nothing else', async () => {
    const out = path.join(folder, 'out');
    const told: string[] = [];
    const saved = await saveItem(
      file,
      idOf('x.zarr'),
      { folder: out },
      { progress: ({ now }) => told.push(now.split(' ')[0] ?? '') },
    );
    expect(saved).toMatchObject({ name: 'x.zarr.zip', members: 3 });
    expect(readdirSync(out)).toEqual(['x.zarr.zip']);
    const zip = readFileSync(path.join(out, 'x.zarr.zip'));
    expect(zip.byteLength).toBe(saved.bytes);
    expect(zip.includes('chunk')).toBe(true);
    expect([...new Set(told)]).toEqual(['Reading', 'Writing', 'Testing']);
    expect(file.all('SELECT * FROM zip')).toEqual([]);
    expect(file.all('SELECT * FROM zip_member')).toEqual([]);
  });

  it('never writes over a file, nor into a folder of the submission, nor packs a single file', async () => {
    const out = path.join(folder, 'out');
    mkdirSync(out);
    writeFileSync(path.join(out, 'x.zarr.zip'), 'mine');
    await expect(saveItem(file, idOf('x.zarr'), { folder: out })).rejects.toMatchObject({
      code: 'file-exists',
    });
    expect(readFileSync(path.join(out, 'x.zarr.zip'), 'utf8')).toBe('mine');
    const inside = path.join(folder, 'data/new/folder');
    await expect(saveItem(file, idOf('x.zarr'), { folder: inside })).rejects.toMatchObject({
      code: 'in-source',
    });
    expect(readdirSync(path.join(folder, 'data'))).toEqual(['plain.txt', 'x.zarr']);
    await expect(saveItem(file, idOf('plain.txt'), { folder: out })).rejects.toMatchObject({
      code: 'no-item',
    });
  });

  it('leaves nothing half when it is stopped', async () => {
    const out = path.join(folder, 'out');
    const stop = new AbortController();
    const saving = saveItem(
      file,
      idOf('x.zarr'),
      { folder: out },
      { signal: stop.signal, progress: ({ now }) => now.startsWith('Testing') && stop.abort() },
    );
    await expect(saving).rejects.toThrow();
    expect(readdirSync(out)).toEqual([]);
  });
});

describe('the members of an item', () => {
  it('come in pages', async () => {
    const id = idOf('x.zarr');
    const first = await itemMembers(file, id, { offset: 0, limit: 2 });
    const second = await itemMembers(file, id, { offset: 2, limit: 2 });
    expect(first.total).toBe(3);
    expect([...first.rows, ...second.rows].map(({ path }) => path).toSorted()).toEqual(
      Object.keys(zarr).toSorted(),
    );
    expect(await itemMembers(file, idOf('plain.txt'), { offset: 0, limit: 2 })).toEqual({
      total: 0,
      rows: [],
    });
  });
});
