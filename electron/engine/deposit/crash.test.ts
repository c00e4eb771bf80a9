import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { SubmissionFile } from '../library/submission-file.ts';
import { readRequestLog } from '../practice/request-log.ts';
import type { DepositAccount } from './deposit.ts';
import { type DepositBench, filesBelow, sha256Of, startBench } from './deposit-bench.ts';
import { createTransfers } from './transfers.ts';

const CHILD = path.join(import.meta.dirname, 'crash-child.ts');

let bench: DepositBench;
let child: ChildProcess | null = null;
afterEach(async () => {
  child?.kill('SIGKILL');
  await bench.close();
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts the job; `kill` kills this one and no later one. */
function begin(file: string, account: DepositAccount): { kill: () => void; ended: Promise<Ended> } {
  const parameters = [CHILD, file, JSON.stringify(account)];
  const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...parameters]);
  child = started;
  let [out, err] = ['', ''];
  started.stdout.on('data', (piece) => {
    out += piece;
  });
  started.stderr.on('data', (piece) => {
    err += piece;
  });
  const ended = new Promise<Ended>((resolve) => started.on('close', (code) => resolve({ code, out, err })));
  return { kill: () => void started.kill('SIGKILL'), ended };
}

describe('killed at any instant', () => {
  it.each(['submission-tool', 'ftp'] as const)(
    'and run again by %s, it ends the same: nothing lost, nothing confirmed sent twice, handed in once',
    async (method) => {
      const files = Object.fromEntries(
        Array.from({ length: 90 }, (_, n) => [
          `s${n % 3}/f${n}_mask.tif`,
          randomBytes((n % 20) * 30_000 + 1),
        ]),
      );
      bench = await startBench(files, { savingMs: 8, processingMs: 200 });
      const { archive, account } = bench;
      const { path: file } = bench.file;
      bench.transfers.setMethod(bench.file, method);
      const confirmedOf = () => {
        const opened = SubmissionFile.open(file);
        const rows = opened.all<{ path: string }>(
          "SELECT remote_path AS path FROM transfer_file WHERE state = 'confirmed'",
        );
        opened.close();
        return rows.map((row) => row.path);
      };
      bench.file.close();

      let kills = 0;
      let ended: Ended | null = null;
      while (ended === null) {
        const confirmed = kills === 0 ? [] : confirmedOf();
        const before = (await readRequestLog(archive.folder)).length;
        const { kill, ended: run } = begin(file, account);
        const timers: NodeJS.Timeout[] = [];
        if (kills < 10) {
          // In the midst of the files: some moments after the archive has seen one, or before it sees any.
          const watching = setInterval(async () => {
            if ((await readRequestLog(archive.folder)).length === before) return;
            clearInterval(watching);
            timers.push(setTimeout(kill, Math.random() * 10));
          }, 2);
          timers.push(watching);
          if (kills % 3 === 2) timers.push(setTimeout(kill, Math.random() * 400));
        } else if (kills < 16) {
          // Anywhere: lists, checks, draft, submission, processing, if it comes so far.
          timers.push(setTimeout(kill, 150 + Math.random() * 700));
        }
        const result = await run;
        for (const timer of timers) clearInterval(timer);
        const sentNow = (await readRequestLog(archive.folder))
          .slice(before)
          .map((line) => line.what === 'upload' && line.path);
        for (const name of confirmed) expect(sentNow).not.toContain(name);
        if (result.code === 0) ended = result;
        else if (result.code === null) kills += 1;
        else throw new Error(`It ended by itself with ${result.code}: ${result.err}`);
      }
      expect(kills).toBeGreaterThanOrEqual(10);
      await expectWhole(file, (JSON.parse(ended.out) as { accession: string }).accession, files);
    },
    300_000,
  );

  it('between handing in and the answer, it does not hand in twice', async () => {
    const files = { 'a_mask.tif': randomBytes(100) };
    bench = await startBench(files, { processingMs: 400 });
    const { archive, account } = bench;
    const { path: file } = bench.file;
    bench.file.close();
    for (let kill = 0; kill < 5; kill++) {
      const { kill: stop, ended: run } = begin(file, account);
      const watching = setInterval(async () => {
        const seen = await readRequestLog(archive.folder);
        if (seen.some(({ what }) => what === 'submit')) stop();
      }, 2);
      const result = await run;
      clearInterval(watching);
      if (result.code === 0) break;
    }
    const result = await begin(file, account).ended;
    expect(result.code).toBe(0);
    await expectWhole(file, (JSON.parse(result.out) as { accession: string }).accession, files);
  }, 180_000);
});

async function expectWhole(
  path_: string,
  accession: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<void> {
  const log = await readRequestLog(bench.archive.folder);
  expect(
    log.filter(({ what }) => what === 'submit').map((line) => line.what === 'submit' && line.accession),
  ).toEqual([accession]);
  const opened = SubmissionFile.open(path_);
  try {
    const transfers = createTransfers();
    const { remoteFolder } = transfers.plan(opened);
    const held = await filesBelow(path.join(bench.archive.folder, 'user', remoteFolder));
    const data = [...held].filter(([name]) => name.startsWith('masks/'));
    expect(Object.fromEntries(data.map(([name, content]) => [name.slice(6), sha256Of(content)]))).toEqual(
      Object.fromEntries(Object.entries(files).map(([name, content]) => [name, sha256Of(content)])),
    );
    expect(held.size).toBe(data.length + 1);
    const receipt = transfers.receipt(opened);
    expect(receipt.accession).toBe(accession);
    expect(Object.fromEntries(receipt.files.map((one) => [one.path, one.sha256]))).toEqual(
      Object.fromEntries(
        Object.entries(files).map(([name, content]) => [`masks/${name}`, sha256Of(content)]),
      ),
    );
  } finally {
    opened.close();
  }
}
