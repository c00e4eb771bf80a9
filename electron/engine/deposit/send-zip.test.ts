import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { editEntries } from '../library/entry-edit.ts';
import { type DepositBench, filesBelow, startBench } from './deposit-bench.ts';

let bench: DepositBench;
afterEach(() => bench.close());

const chunk = Buffer.alloc(5_000_000, 'chunk of an image ');
const zarr: Readonly<Record<string, string | Buffer>> = {
  'nuclei.ome.zarr/zarr.json':
    '{"zarr_format":3,"node_type":"group","attributes":{"ome":{"version":"0.5","multiscales":[]}}}',
  'nuclei.ome.zarr/0/zarr.json': '{"zarr_format":3,"node_type":"array"}',
  'nuclei.ome.zarr/0/c/0/1': 'small',
  'nuclei.ome.zarr/0/c/0/0': chunk,
  'nuclei.ome.zarr/.DS_Store': 'rubbish',
};
const members = ['zarr.json', '0/zarr.json', '0/c/0/0', '0/c/0/1'];
const plain = { 'plain.tif': Buffer.from('II*\0 not much of a picture') };

function sendAs(sendAs: 'zip' | 'files'): void {
  editEntries(bench.file, [zarrId()], { sendAs });
}

function zarrId(): number {
  return bench.file.get<{ id: number }>("SELECT id FROM entry WHERE path LIKE '%.zarr'")?.id ?? -1;
}

/** The names of a ZIP in their order, and what each holds, by Python. */
async function unpacked(zip: Buffer): Promise<{ names: string[]; files: Map<string, Buffer> } | null> {
  const folder = await mkdtemp(path.join(tmpdir(), 'slipway-unpacked-'));
  try {
    await writeFile(path.join(folder, 'x.zip'), zip);
    const code = `import sys, zipfile
z = zipfile.ZipFile(sys.argv[1] + '/x.zip')
assert z.testzip() is None
z.extractall(sys.argv[1] + '/out')
print('\\n'.join(z.namelist()))`;
    const { status, stdout, error } = spawnSync('python3', ['-c', code, folder], { encoding: 'utf8' });
    if (error) return null;
    expect(status).toBe(0);
    return { names: stdout.trim().split('\n'), files: await filesBelow(path.join(folder, 'out')) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe('an OME-Zarr that is sent as one ZIP', () => {
  it('is one file in plan, list, archive and receipt, and holds every member as it was', async ({ skip }) => {
    bench = await startBench({ ...zarr, ...plain });
    const before = bench.transfers.plan(bench.file);
    expect(before).toMatchObject({ files: 5, zips: { items: 0 } });
    sendAs('zip');
    const plan = await bench.transfers.exactPlan(bench.file);
    expect(plan).toMatchObject({ files: 2, zips: { items: 1, files: 4 } });
    expect((await bench.upload()).phase).toBe('uploaded');
    await bench.submit();

    const held = await bench.held();
    const name = 'masks/nuclei.ome.zarr.zip';
    expect([...held.keys()].filter((path) => path.startsWith('masks/')).toSorted()).toEqual([
      name,
      'masks/plain.tif',
    ]);
    const zip = held.get(name) ?? Buffer.alloc(0);
    expect(zip.byteLength).toBe(plan.zips.bytes);
    expect(plan.bytes).toBe(zip.byteLength + plain['plain.tif'].byteLength);
    expect(plan.largest).toEqual({ path: name, bytes: zip.byteLength });

    const list = held.get('file-list-1-masks.tsv')?.toString() ?? '';
    expect(list.split('\n').filter((line) => line.includes('.zarr'))).toEqual([
      expect.stringMatching(new RegExp(`^${plan.remoteFolder}/${name}\t`)),
    ]);
    const receipt = bench.transfers.receipt(bench.file);
    expect(receipt.files.find(({ remotePath }) => remotePath.endsWith('.zip'))).toMatchObject({
      path: 'masks/nuclei.ome.zarr',
      size: zip.byteLength,
      sha256: createHash('sha256').update(zip).digest('hex'),
      attempts: 1,
    });

    const out = await unpacked(zip);
    if (out === null)
      return skip('python3 is not installed: what arrived was not unpacked by another program.');
    expect(out.names).toEqual(members);
    for (const member of members) {
      const content = zarr[`nuclei.ome.zarr/${member}`] ?? '';
      expect(out.files.get(member)?.equals(Buffer.from(content)), member).toBe(true);
    }
  });

  it('is the same file after the connection was cut in the middle of it', async () => {
    bench = await startBench(zarr);
    sendAs('zip');
    bench.order({ kind: 'cut', at: 1 });
    expect((await bench.upload()).phase).toBe('uploaded');
    const [receipt] = bench.transfers.receipt(bench.file).files;
    expect(receipt?.attempts).toBe(2);
    const zip = (await bench.held()).get('masks/nuclei.ome.zarr.zip') ?? Buffer.alloc(0);
    expect(createHash('sha256').update(zip).digest('hex')).toBe(receipt?.sha256);
  });

  it('is not sent twice when nothing changed, and sent anew when a member did', async () => {
    bench = await startBench(zarr);
    sendAs('zip');
    await bench.upload();
    await bench.upload();
    const uploads = async () => (await bench.log()).filter(({ what }) => what === 'upload').length;
    const first = await uploads();
    await bench.put('nuclei.ome.zarr/0/c/0/1', 'other');
    await bench.scan();
    expect((await bench.upload()).phase).toBe('uploaded');
    // The ZIP, and the list is as it was.
    expect(await uploads()).toBe(first + 1);
    const zip = (await bench.held()).get('masks/nuclei.ome.zarr.zip');
    expect(zip?.includes('other')).toBe(true);
  });

  it('tells of a member that holds other bytes than before, and sends it as it is when asked again', async () => {
    bench = await startBench({ ...zarr, ...plain });
    const member = bench.local('nuclei.ome.zarr/0/c/0/1');
    const time = 1_700_000_000;
    await utimes(member, time, time);
    await bench.scan();
    sendAs('zip');
    expect((await bench.upload()).phase).toBe('uploaded');
    // Neither size nor time tell of it, as when a disk goes bad.
    await writeFile(member, 'SMALL');
    await utimes(member, time, time);
    const { remoteFolder } = bench.transfers.plan(bench.file);
    await rm(path.join(bench.archive.folder, 'user', remoteFolder), { recursive: true });
    const { phase, problem } = await bench.upload();
    expect(phase).toBe('failed');
    expect(problem?.cause).toContain(
      '0/c/0/1 holds other bytes than when nuclei.ome.zarr.zip was packed before',
    );
    expect((await bench.upload()).phase).toBe('uploaded');
    expect((await bench.held()).get('masks/nuclei.ome.zarr.zip')?.includes('SMALL')).toBe(true);
  });

  it('names a member that changed since the folder was looked at, and sends the others', async () => {
    bench = await startBench({ ...zarr, ...plain });
    sendAs('zip');
    const member = bench.local('nuclei.ome.zarr/0/c/0/1');
    // It changes once it was listed: while the first bytes go out.
    bench.order({ kind: 'stall', at: 1 });
    const sending = bench.upload();
    while (
      bench.file.get('SELECT 1 AS one FROM transfer_file WHERE attempts > 0 AND packed > 0') === undefined
    ) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await writeFile(member, 'longer than it was');
    const { phase, problem } = await sending;
    expect(phase).toBe('failed');
    expect(problem?.cause).toMatch(/nuclei\.ome\.zarr\.zip: 0\/c\/0\/1 changed/);
    expect((await bench.held()).has('masks/plain.tif')).toBe(true);
    await bench.scan();
    expect((await bench.upload()).phase).toBe('uploaded');
  });

  it('goes file by file again when a person says so, and its ZIP stays outside the submission', async () => {
    bench = await startBench(zarr);
    sendAs('zip');
    await bench.upload();
    sendAs('files');
    expect((await bench.upload()).phase).toBe('uploaded');
    await bench.submit();
    const remote = bench.transfers
      .receipt(bench.file)
      .files.map(({ remotePath }) => remotePath.split('/masks/')[1]);
    expect(remote.toSorted()).toEqual(members.map((member) => `nuclei.ome.zarr/${member}`).toSorted());
  });
});
