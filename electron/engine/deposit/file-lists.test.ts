import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesToSend } from '../transfer/files-to-send.ts';
import { type DepositBench, startBench } from './deposit-bench.ts';
import { documentOf, writeFileLists } from './file-lists.ts';

let bench: DepositBench;
let out: string;
beforeEach(async () => {
  out = await mkdtemp(path.join(tmpdir(), 'slipway-lists-'));
  bench = await startBench({
    'a_mask.tif': 'a',
    'x.zarr/.zgroup': '{"zarr_format":2}',
    'x.zarr/0/0.0': 'chunk',
    'x.zarr/1/0.0': 'chunk',
  });
});
afterEach(async () => {
  await bench.close();
  await rm(out, { recursive: true, force: true });
});

describe('file lists written here', () => {
  it('are those that the archive gets, and the document names them', async () => {
    const [written, ...others] = await writeFileLists(bench.file, out);
    expect(others).toEqual([]);
    expect(written).toMatchObject({ name: 'file-list-1-masks.tsv', rows: 4 });
    const { remoteFolder } = bench.transfers.plan(bench.file);
    expect(JSON.stringify(documentOf(bench.file))).toContain(`"${remoteFolder}/file-list-1-masks.tsv"`);
    await bench.upload();
    const rows = (text: string) => text.split('\n').toSorted();
    expect(rows(await readFile(path.join(out, 'file-list-1-masks.tsv'), 'utf8'))).toEqual(
      rows((await bench.held()).get('file-list-1-masks.tsv')?.toString() ?? ''),
    );
  });
});

describe('files to send', () => {
  it('are all members of an OME-Zarr; one that is gone stops the job after the rest was sent', async () => {
    const names: string[] = [];
    for await (const { remotePath } of filesToSend(bench.file)) names.push(remotePath);
    expect(names.toSorted()).toEqual([
      'masks/a_mask.tif',
      'masks/x.zarr/.zgroup',
      'masks/x.zarr/0/0.0',
      'masks/x.zarr/1/0.0',
    ]);
    await rm(bench.local('x.zarr'), { recursive: true });
    expect(await bench.upload()).toMatchObject({ phase: 'failed', problem: { code: 'folder-unreadable' } });
    expect([...(await bench.held()).keys()]).toEqual(['masks/a_mask.tif']);
  });

  it.skipIf(process.getuid?.() === 0)(
    'says which part of an OME-Zarr cannot be read (needs a user that is not root)',
    async () => {
      await mkdir(bench.local('x.zarr/2'));
      await chmod(bench.local('x.zarr/2'), 0);
      const snapshot = await bench.upload();
      await chmod(bench.local('x.zarr/2'), 0o700);
      expect(snapshot.problem?.cause).toContain('2');
    },
  );
});
