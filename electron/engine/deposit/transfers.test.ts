import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { appendFile, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { receiptSchema } from '../../../shared/model/receipt.ts';
import { transferSnapshotSchema } from '../../../shared/model/transfer.ts';
import { setSettleSeconds } from '../library/walk-settings.ts';
import { type DepositBench, sha256Of, startBench } from './deposit-bench.ts';

const three = () => ({
  'a_mask.tif': randomBytes(3000),
  'deep/b_mask.tif': randomBytes(700_000),
  'deep/er/c_mask.tif': randomBytes(20),
});

let bench: DepositBench;
afterEach(async () => bench.close());

/** The whole job is done, once, and the archive holds what was planned and nothing else. */
async function expectDone(accession: string, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const held = await bench.held();
  const lists = [...held.keys()].filter((name) => name.startsWith('file-list-'));
  expect(lists).toEqual(['file-list-1-masks.tsv']);
  expect([...held.keys()].filter((name) => !lists.includes(name)).toSorted()).toEqual(
    Object.keys(files)
      .map((name) => `masks/${name}`)
      .toSorted(),
  );
  for (const [name, content] of Object.entries(files)) {
    expect(held.get(`masks/${name}`)?.equals(content)).toBe(true);
  }
  const receipt = receiptSchema.parse(bench.transfers.receipt(bench.file));
  expect(receipt.accession).toBe(accession);
  expect(receipt.practice).toBe(true);
  expect(Object.fromEntries(receipt.files.map((one) => [one.path, one.sha256]))).toEqual(
    Object.fromEntries(Object.entries(files).map(([name, content]) => [`masks/${name}`, sha256Of(content)])),
  );
  const submits = (await bench.log()).filter(({ what }) => what === 'submit');
  expect(submits).toHaveLength(1);
  expect(bench.transfers.status(bench.file)).toMatchObject({ phase: 'deposited', accession });
}

const stored = async (name: string) =>
  (await bench.log()).filter(
    (line) => line.what === 'upload' && line.outcome === 'stored' && line.path.endsWith(name),
  );

describe('the whole job', () => {
  it('ends with an accession and a receipt, and tells the truth on the way', async () => {
    const files = three();
    bench = await startBench(files);
    expect(bench.transfers.status(bench.file).phase).toBe('idle');
    const plan = bench.transfers.plan(bench.file);
    expect(plan).toMatchObject({
      files: 3,
      method: 'submission-tool',
      methodReady: true,
      archive: 'Practice archive',
    });
    expect(plan.remoteFolder).toMatch(/^masks-of-nuclei-to-try-the-way-to-an-archive-[0-9a-f]{8}$/);
    const uploaded = await bench.upload();
    expect(uploaded).toMatchObject({ phase: 'uploaded', filesDone: 3, filesFailed: 0, problem: null });
    expect(uploaded.bytesDone).toBe(uploaded.bytesTotal);
    const accession = await bench.submit();
    expect(accession).toMatch(/^S-/);
    await expectDone(accession, files);
    expect((await bench.log()).filter(({ what }) => what === 'upload')).toHaveLength(4);
    for (const snapshot of bench.snapshots) {
      transferSnapshotSchema.parse(snapshot);
      expect(snapshot.now).not.toBe('');
      expect(snapshot.bytesDone).toBeLessThanOrEqual(snapshot.bytesTotal);
    }
    expect(bench.transfers.status(bench.file).steps.map(({ state }) => state)).toEqual(Array(7).fill('done'));
    expect(await bench.submit()).toBe(accession);
    expect((await bench.upload()).phase).toBe('deposited');
  });

  it('sends an OME-Zarr member by member, with a row for each in the list', async () => {
    const files = {
      'x.zarr/.zattrs': '{"multiscales":[]}',
      'x.zarr/.zgroup': '{"zarr_format":2}',
      'x.zarr/0/0/0': 'chunk',
      'x.zarr/.DS_Store': 'rubbish',
    };
    bench = await startBench(files);
    await bench.upload();
    const { 'x.zarr/.DS_Store': _rubbish, ...sent } = files;
    const buffers = Object.fromEntries(Object.entries(sent).map(([name, text]) => [name, Buffer.from(text)]));
    await expectDone(await bench.submit(), buffers);
    const list = (await bench.held()).get('file-list-1-masks.tsv')?.toString() ?? '';
    const folder = bench.transfers.plan(bench.file).remoteFolder;
    expect(
      list
        .split('\n')
        .slice(1, -1)
        .map((line) => line.split('\t')[0])
        .toSorted(),
    ).toEqual(
      Object.keys(sent)
        .map((name) => `${folder}/masks/${name}`)
        .toSorted(),
    );
  });
});

describe('every fault the practice archive makes', () => {
  it.each([
    ['cut', 1],
    ['cut', 3],
    ['stall', 2],
    ['bad-gateway', 1],
    ['bad-gateway', 4],
    ['lose-file', 2],
    ['lose-file', 4],
    ['lie-size', 1],
    ['submit-bad-gateway', 1],
  ] as const)('%s at %i ends the same', async (kind, at) => {
    const files = three();
    bench = await startBench(files);
    bench.order({ kind, at });
    expect((await bench.upload()).phase).toBe('uploaded');
    const accession = await bench.submit();
    expect(bench.archive.faults()).toEqual([]);
    await expectDone(accession, files);
  });

  it('asks whether it was taken before it hands in again, also when it was processed meanwhile', async () => {
    const files = three();
    bench = await startBench(files, { processingMs: 0, policy: { pollMs: 150 } });
    await bench.upload();
    bench.order({ kind: 'submit-bad-gateway', at: 1 });
    await expectDone(await bench.submit(), files);
  });

  it('all at once ends the same', async () => {
    const files = three();
    bench = await startBench(files);
    bench.order(
      ...(['cut', 'bad-gateway', 'lose-file', 'stall', 'lie-size', 'submit-bad-gateway'] as const).map(
        (kind, n) => ({
          kind,
          at: Math.min(n + 1, 3),
        }),
      ),
    );
    expect((await bench.upload()).phase).toBe('uploaded');
    await expectDone(await bench.submit(), files);
  });

  it('sends nothing twice that a 502 was answered for although it was stored', async () => {
    bench = await startBench(three());
    bench.order({ kind: 'bad-gateway', at: 2 });
    await bench.upload();
    for (const name of ['a_mask.tif', 'b_mask.tif', 'c_mask.tif']) expect(await stored(name)).toHaveLength(1);
  });

  it('error-log fails one file in the words of the archive, and the next upload sends it', async () => {
    const files = three();
    bench = await startBench(files);
    bench.order({ kind: 'error-log', at: 1 });
    const snapshot = await bench.upload();
    expect(snapshot).toMatchObject({ phase: 'failed', filesFailed: 1, filesDone: 2 });
    expect(snapshot.problem).toMatchObject({ code: 'files-failed' });
    expect(snapshot.problem?.cause).toContain('Failed to write to the user folder');
    const { rows } = bench.transfers.files(bench.file, { state: 'failed', offset: 0, limit: 10 });
    expect(rows[0]?.problem).toContain('Failed to write to the user folder');
    expect(bench.transfers.status(bench.file)).toMatchObject({
      phase: 'failed',
      problem: { code: 'files-failed' },
    });
    expect((await bench.upload()).phase).toBe('uploaded');
    await expectDone(await bench.submit(), files);
  });
});

describe('trouble on the way', () => {
  it('goes on where it was after the archive was gone half-way', async () => {
    const files = three();
    bench = await startBench(files, { policy: { parallel: 1 } });
    const watching = setInterval(() => {
      if (bench.transfers.status(bench.file).filesDone === 1) {
        clearInterval(watching);
        void bench.archive.close();
      }
    }, 1);
    const snapshot = await bench.upload();
    clearInterval(watching);
    expect(snapshot).toMatchObject({ phase: 'failed', filesFailed: 0, problem: { code: 'network' } });
    expect(snapshot.problem?.message).toContain('could not be reached');
    await bench.restartArchive();
    expect((await bench.upload()).phase).toBe('uploaded');
    for (const name of ['a_mask.tif', 'b_mask.tif', 'c_mask.tif']) expect(await stored(name)).toHaveLength(1);
    await expectDone(await bench.submit(), files);
  });

  it('asks to sign in again when the archive no longer knows the token', async () => {
    bench = await startBench(three());
    const stranger = { ...bench.account, token: 'eyJhbGciOiJIUzUxMiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl' };
    const snapshot = await bench.transfers.upload(bench.file, stranger, {
      signal: new AbortController().signal,
      existing: 'ask',
      progress: () => {},
    });
    expect(snapshot).toMatchObject({ phase: 'failed', problem: { code: 'sign-in-again' } });
    expect(JSON.stringify(snapshot)).not.toContain(stranger.token);
    expect((await bench.upload()).phase).toBe('uploaded');
  });

  it('sends the others when one vanished, says which and why, and looks again at one that changed', async () => {
    bench = await startBench(three());
    setSettleSeconds(bench.file, 0);
    await rm(bench.local('a_mask.tif'));
    await appendFile(bench.local('deep/b_mask.tif'), 'more');
    const snapshot = await bench.upload();
    expect(snapshot).toMatchObject({ phase: 'failed', filesDone: 2, filesFailed: 1 });
    expect(snapshot.problem?.cause).toContain('a_mask.tif is no longer there');
    expect((await bench.held()).get('masks/deep/b_mask.tif')?.byteLength).toBe(700_004);
    await bench.scan();
    expect((await bench.upload()).phase).toBe('uploaded');
  });

  it('holds back a file that keeps growing, sends the rest, and sends it once it rests', async () => {
    const files = three();
    bench = await startBench(files);
    setSettleSeconds(bench.file, 2);
    const grows = bench.local('a_mask.tif');
    const growing = setInterval(() => appendFileSync(grows, 'x'), 20);
    onTestFinished(() => clearInterval(growing));
    await bench.scan();
    const state = () =>
      bench.file.get<{ state: string }>("SELECT state FROM entry WHERE path = 'a_mask.tif'")?.state;
    const snapshot = await bench.upload();
    expect(snapshot.phase).toBe('failed');
    expect(state()).toBe('changing');
    expect((await bench.held()).has('masks/deep/b_mask.tif')).toBe(true);
    expect((await bench.held()).has('masks/a_mask.tif')).toBe(false);
    // Nothing more is sent of it while it grows, and it is said why.
    expect((await bench.upload()).problem).toMatchObject({ code: 'files-held-back', cause: 'a_mask.tif' });
    clearInterval(growing);
    setSettleSeconds(bench.file, 0);
    expect((await bench.upload()).phase).toBe('uploaded');
    expect((await bench.held()).get('masks/a_mask.tif')).toEqual(await readFile(grows));
    await expectDone(await bench.submit(), { ...files, 'a_mask.tif': await readFile(grows) });
  });

  it('says that everything is held back, not that there is nothing', async () => {
    bench = await startBench({ 'a_mask.tif': randomBytes(10) });
    setSettleSeconds(bench.file, 3600);
    bench.file.run("UPDATE entry SET state = 'changing'");
    bench.file.run('UPDATE source SET held = 1');
    expect((await bench.upload()).problem).toMatchObject({
      code: 'files-held-back',
      message: '1 file is held back, because something still writes to it.',
    });
  });

  it('pauses at once and goes on later', async () => {
    const files = { 'big.tif': randomBytes(30_000_000), 'small.tif': randomBytes(10) };
    bench = await startBench(files);
    const pausing = setInterval(() => {
      if (bench.transfers.status(bench.file).inFlight.some(({ bytes }) => bytes > 0)) {
        clearInterval(pausing);
        void bench.transfers.pause(bench.file);
      }
    }, 1);
    const snapshot = await bench.upload();
    clearInterval(pausing);
    expect(snapshot).toMatchObject({ phase: 'paused', problem: null, inFlight: [] });
    expect(bench.transfers.status(bench.file).phase).toBe('paused');
    expect((await bench.upload()).phase).toBe('uploaded');
    await expectDone(await bench.submit(), files);
  });

  it('lets a second window join, and leave without ending it', async () => {
    bench = await startBench({ 'big.tif': randomBytes(20_000_000) });
    const first = bench.upload();
    const leaving = new AbortController();
    const second = bench.upload({ signal: leaving.signal });
    leaving.abort();
    expect((await Promise.all([first, second])).map(({ phase }) => phase)).toEqual(['uploaded', 'uploaded']);
    expect(await stored('big.tif')).toHaveLength(1);
  });

  it('refuses to begin a second thing while one runs', async () => {
    bench = await startBench(three());
    const first = bench.upload();
    await expect(bench.submit()).rejects.toMatchObject({ code: 'busy' });
    expect(() => bench.transfers.setArchive(bench.file, 'production')).toThrow(/being sent/);
    await first;
  });

  it('asks before it writes over files that another copy of the submission sent', async () => {
    const files = three();
    bench = await startBench(files);
    await bench.upload();
    bench.transfers.resetTransfer(bench.file);
    expect(await bench.upload()).toMatchObject({ phase: 'failed', problem: { code: 'already-there' } });
    expect((await bench.upload({ existing: 'keep' })).phase).toBe('uploaded');
    for (const name of ['a_mask.tif', 'b_mask.tif']) expect(await stored(name)).toHaveLength(1);
    await expectDone(await bench.submit(), files);
  });
});

describe('a submission that changes after its upload', () => {
  it('is handed in with its newest description and lists', async () => {
    const files = three();
    bench = await startBench(files);
    await bench.upload();
    bench.describe('annotations', 'title', 'Masks, second look');
    bench.describe('study', 'description', 'Changed after the upload.');
    const accession = await bench.submit();
    const held = await bench.held();
    expect([...held.keys()].filter((name) => name.endsWith('.tsv')).toSorted()).toEqual([
      'file-list-1-masks-second-look.tsv',
      'file-list-1-masks.tsv',
    ]);
    const kept = await readFile(
      path.join(bench.archive.folder, 'submissions', accession, 'submission.json'),
      'utf8',
    ).catch(() => '');
    if (kept !== '') expect(kept).toContain('Changed after the upload.');
    expect(bench.transfers.status(bench.file).phase).toBe('deposited');
  });

  it('asks to send new files first, and then sends only those', async () => {
    const files = three();
    bench = await startBench(files);
    await bench.upload();
    const more = randomBytes(50);
    await bench.put('new_mask.tif', more);
    await bench.scan();
    await expect(bench.submit()).rejects.toMatchObject({ code: 'not-uploaded' });
    expect((await bench.upload()).phase).toBe('uploaded');
    expect(await stored('a_mask.tif')).toHaveLength(1);
    await expectDone(await bench.submit(), { ...files, 'new_mask.tif': more });
  });

  it('replaces a file that changed without changing its size, and reads it back to be sure', async () => {
    const files = three();
    bench = await startBench(files);
    await bench.upload();
    const changed = randomBytes(3000);
    await bench.put('a_mask.tif', changed);
    await bench.scan();
    bench.order({ kind: 'lose-file', at: 1 });
    expect((await bench.upload()).phase).toBe('uploaded');
    const receipt = bench.transfers.receipt(bench.file);
    expect(receipt.files.find(({ path: name }) => name === 'masks/a_mask.tif')?.remoteProof).toContain(
      'read back with the same SHA-256',
    );
    await expectDone(await bench.submit(), { ...files, 'a_mask.tif': changed });
  });

  it('is not handed in with a file that changed on the disk and was not looked at again', async () => {
    bench = await startBench(three());
    await bench.upload();
    const changed = bench.local('deep/b_mask.tif');
    await appendFile(changed, 'more');
    const refused = { code: 'changed-since-sent', message: '1 file changed after the archive had them.' };
    await expect(bench.submit()).rejects.toMatchObject(refused);
    expect(await bench.upload()).toMatchObject({ phase: 'failed', problem: refused });
    await bench.scan();
    expect(await bench.upload()).toMatchObject({ phase: 'uploaded' });
    // A file that is gone is at the archive all the same.
    await rm(changed);
    expect(await bench.submit()).toMatch(/^S-/);
  });

  it('says what stays behind when a file is taken out', async () => {
    bench = await startBench(three());
    await bench.upload();
    bench.file.run("UPDATE entry SET send_chosen = 0 WHERE path = 'a_mask.tif'");
    const { steps } = await bench.upload();
    expect(steps.find(({ id }) => id === 'files')?.detail).toContain(
      '1 file sent earlier is no longer part of it',
    );
    expect(bench.transfers.receipt(bench.file).files).toHaveLength(2);
  });
});

describe('what the archive refuses', () => {
  it('is told in its own words, and can be put right and handed in once', async () => {
    const files = three();
    bench = await startBench(files);
    await bench.upload();
    bench.describe('study', 'releaseDate', '2001-01-01');
    const refusal = await bench.submit().catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'submission-refused' });
    expect((refusal as { why: string }).why).toContain('Release date');
    expect(bench.transfers.status(bench.file)).toMatchObject({ phase: 'failed' });
    bench.describe('study', 'releaseDate', new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
    await expectDone(await bench.submit(), files);
  });

  it('while processing is told too; what it lost is sent again', async () => {
    const files = three();
    bench = await startBench(files);
    await bench.upload();
    const folder = bench.transfers.plan(bench.file).remoteFolder;
    await rm(path.join(bench.archive.folder, 'user', folder, 'masks', 'a_mask.tif'));
    const refusal = await bench.submit().catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'submission-refused' });
    expect((refusal as { why: string }).why).toContain('a_mask.tif');
    expect((await bench.upload()).phase).toBe('uploaded');
    expect(await stored('a_mask.tif')).toHaveLength(2);
    expect(await bench.submit()).toMatch(/^S-/);
  });

  it('in a list is told before anything is handed in', async () => {
    bench = await startBench({ 'bad+name_mask.tif': 'x' });
    const snapshot = await bench.upload();
    expect(snapshot).toMatchObject({ phase: 'failed', problem: { code: 'list-refused' } });
    expect(snapshot.problem?.cause).toContain('bad+name_mask.tif');
    expect(snapshot.steps.find(({ id }) => id === 'validate')?.state).toBe('failed');
  });
});

describe('what this version does not do', () => {
  it('is said plainly, with what to do instead', async () => {
    bench = await startBench(three());
    expect(bench.transfers.setMethod(bench.file, 'chunked')).toMatchObject({
      method: 'chunked',
      methodReady: false,
    });
    const refusal = await bench.upload().catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'method-not-ready' });
    expect((refusal as Error).message).toContain('chunked transfer');
    expect(bench.transfers.setMethod(bench.file, 'auto').methodReady).toBe(true);
  });

  it('does not send an empty submission', async () => {
    bench = await startBench({});
    expect(await bench.upload()).toMatchObject({ phase: 'failed', problem: { code: 'nothing-to-send' } });
  });
});

describe('another archive', () => {
  it('begins with an empty journal, and a real deposit is not forgotten', async () => {
    bench = await startBench(three());
    await bench.upload();
    bench.transfers.setArchive(bench.file, 'production');
    expect(bench.transfers.status(bench.file)).toMatchObject({ phase: 'idle', filesTotal: 0 });
    bench.file.run("UPDATE submission SET state = 'sent', accession = 'S-BIAD1'");
    bench.file.run("INSERT INTO transfer (one, archive, practice) VALUES (1, 'production', 0)");
    expect(() => bench.transfers.setArchive(bench.file, 'practice')).toThrow(/S-BIAD1/);
  });
});

describe('a disk without room', () => {
  it('is told, leaves the journal as it was, and once there is room everything is sent', async () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`f${n}_mask.tif`, `${n}`]));
    bench = await startBench(many);
    const pages = bench.file.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0;
    bench.file.get(`PRAGMA max_page_count = ${pages}`);
    const told = await bench.upload().catch((error: unknown) => error);
    expect(JSON.stringify(told)).toContain('disk-full');
    expect(await bench.held()).toEqual(new Map());
    bench.file.get('PRAGMA max_page_count = 1000000');
    expect(await bench.upload()).toMatchObject({ phase: 'uploaded', filesDone: 200 });
  });
});
