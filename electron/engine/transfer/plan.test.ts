import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planSchema } from '../../../shared/model/plan.ts';
import { serverAccepts } from '../../../shared/rules/remote-names.ts';
import { addBlock, setField } from '../library/description.ts';
import { metadataOf } from '../library/metadata-document.ts';
import { beginSubmission } from '../library/new-submission.ts';
import { SubmissionFile } from '../library/submission-file.ts';
import { makePlan, plannedLists, remoteFolderOf } from './plan.ts';

const ready = [{ id: 'submission-tool', largestFile: 20e9 }] as const;

let folder: string;
let file: SubmissionFile;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'slipway-plan-'));
  file = SubmissionFile.create(path.join(folder, 'x.slipway'));
  beginSubmission(file, { title: 'Größe & Form: 5 µm', destination: 'bia-annotations', archive: 'practice' });
  file.run("INSERT INTO source (id, path, name, added_at) VALUES (1, '/data', 'data', '')");
});
afterEach(() => {
  file.close();
  rmSync(folder, { recursive: true, force: true });
});

function add(
  name: string,
  size: number,
  more: { members?: number; block?: string; kind?: string } = {},
): void {
  file.run(
    `INSERT INTO entry (source_id, path, name, format, kind_guess, size, members, modified_ms, annotation_block)
     VALUES (1, ?, ?, 'tiff', ?, ?, ?, 0, ?)`,
    name,
    name,
    more.kind ?? 'mask',
    size,
    more.members ?? 1,
    more.block ?? '',
  );
}

describe('the plan', () => {
  it('says what goes where, how and why', () => {
    add('a.tif', 100);
    add('b.zarr', 5e9, { members: 12 });
    add('image.tif', 7, { kind: 'image' });
    const plan = planSchema.parse(makePlan(file, ready));
    expect(plan).toMatchObject({
      files: 13,
      bytes: 5e9 + 100,
      largest: { path: 'data/a.tif', bytes: 100 },
      method: 'submission-tool',
      methodReady: true,
      archive: 'Practice archive',
      must: 0,
    });
    expect(plan.fileLists).toEqual([
      { path: `${plan.remoteFolder}/file-list-1.tsv`, block: expect.any(String), rows: 13 },
    ]);
  });

  it('is not ready for a way this version does not have, nor for a file that is too large', () => {
    add('a.tif', 60e9);
    expect(makePlan(file, ready)).toMatchObject({ method: 'ftp', methodReady: false });
    file.run("UPDATE submission SET method = 'submission-tool'");
    const plan = makePlan(file, ready);
    expect(plan).toMatchObject({ method: 'submission-tool', methodReady: false });
    expect(plan.methodReason).toContain('60 GB');
    file.run('UPDATE entry SET size = 19000000000');
    expect(makePlan(file, ready)).toMatchObject({ method: 'submission-tool', methodReady: true });
  });

  it('counts an unknown block to the first one, and leaves out a block without files', () => {
    const first = metadataOf(file).annotations?.[0]?.id ?? '';
    const second = addBlock(file, 'annotations');
    const third = addBlock(file, 'annotations');
    setField(file, { section: 'annotations', block: third, field: 'title', value: 'Cells/2' });
    add('a.tif', 1);
    add('b.tif', 1, { block: 'gone' });
    add('c.tif', 1, { block: third });
    expect(plannedLists(file)).toEqual([
      { name: 'file-list-1.tsv', block: first, rows: 2 },
      { name: 'file-list-3-cells-2.tsv', block: third, rows: 1 },
    ]);
    expect(second).not.toBe('');
  });
});

describe('the folder at the archive', () => {
  it('is made of the title and is one the archive accepts, whatever the title', () => {
    expect(remoteFolderOf(file)).toMatch(
      /^groesse-[a-z0-9-]*form-5-um-[0-9a-f]{8}$|^gr[a-z]*sse-[a-z0-9-]*form-5-um-[0-9a-f]{8}$/,
    );
    const block = metadataOf(file).study?.[0]?.id ?? '';
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (title) => {
        setField(file, { section: 'study', block, field: 'title', value: title });
        const name = remoteFolderOf(file);
        expect(serverAccepts(name)).toBe(true);
        expect(name).toMatch(/^[a-z0-9][a-z0-9-]*-[0-9a-f]{8}$/);
        expect(name.length).toBeLessThanOrEqual(60);
      }),
      { numRuns: 50 },
    );
  });

  it('stays as it was fixed', () => {
    file.run("UPDATE submission SET remote_folder = 'fixed-1'");
    expect(remoteFolderOf(file)).toBe('fixed-1');
  });
});
