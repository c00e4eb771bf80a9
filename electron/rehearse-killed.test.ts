import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRequestLog } from './engine/practice/request-log.ts';
import { makeSampleData } from './engine/samples/sample-data.ts';
import { runCli, startCli } from './terminal/cli.fixture.ts';

const real = resolve(import.meta.dirname, '..', '..', 'shared', 'data', 'masks');

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'slipway-killed-'));
});
afterAll(() => rmSync(home, { recursive: true }));

interface Receipt {
  readonly accession: string;
  readonly files: {
    readonly path: string;
    readonly remotePath: string;
    readonly size: number;
    readonly sha256: string;
    readonly confirmedAt: string;
  }[];
}

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile());
}

/** Kills `rehearse` at random moments of the time it takes here, and starts it again with the same submission file. */
async function rehearseKilled(folder: string, file: string, kills: number): Promise<Receipt> {
  const began = Date.now();
  await runCli(home, ['rehearse', folder, '--file', join(home, 'unharmed.slipway')]);
  const whole = Date.now() - began;
  for (let kill = 0; kill < kills; kill++) {
    const child = startCli(home, ['rehearse', folder, '--file', file]);
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const timer = setTimeout(() => child.kill('SIGKILL'), whole * (0.2 + 0.8 * Math.random()));
    await ended;
    clearTimeout(timer);
  }
  const ran = await runCli(home, ['rehearse', folder, '--file', file, '--json']);
  expect(ran, ran.out + ran.err).toMatchObject({ code: 0 });
  const { receipts } = ran.json as { receipts: string[] };
  return JSON.parse(readFileSync(receipts[0] ?? '', 'utf8')) as Receipt;
}

test('killed at ten random moments and run again: same end, nothing confirmed is sent twice, exactly the planned bytes', {
  timeout: 240_000,
}, async () => {
  const folder = existsSync(real) ? real : await makeSampleData(home);
  const file = join(home, 'killed.slipway');
  const receipt = await rehearseKilled(folder, file, 10);
  expect(receipt.accession).toMatch(/^S-BIAD\d+$/);
  expect(receipt.files.length).toBeGreaterThan(5);
  for (const { path, sha256: hash, size } of receipt.files) {
    const local = existsSync(path) ? path : join(folder, '..', path);
    expect(hash, path).toBe(sha256(local));
    expect(size).toBe(statSync(local).size);
  }

  const archive = join(home, `${basename(file, '.slipway')} practice archive`, 'Practice archive');
  const log = (await readRequestLog(archive)).filter((line) => line.what === 'upload');
  for (const { remotePath, confirmedAt } of receipt.files) {
    const sent = log.filter(({ path }) => path.endsWith(remotePath));
    // A kill may come between keeping a file and writing so into the log: what is held is looked at below.
    const afterwards = sent.filter(({ at }) => Date.parse(at) > Date.parse(confirmedAt));
    expect(afterwards, `${remotePath} was confirmed at ${confirmedAt}`).toEqual([]);
  }

  const held = filesBelow(join(archive, 'user')).filter((path) => !/file-list[^/]*\.tsv$/.test(path));
  const total = (paths: readonly string[]) => paths.reduce((sum, path) => sum + statSync(path).size, 0);
  expect(held).toHaveLength(receipt.files.length);
  expect(total(held)).toBe(receipt.files.reduce((sum, { size }) => sum + size, 0));

  const again = await runCli(home, ['rehearse', folder, '--file', file, '--json']);
  expect(again.json).toMatchObject({ accession: receipt.accession });
  const after = (await readRequestLog(archive)).filter((line) => line.what === 'upload');
  expect(after, 'a finished rehearsal sends nothing more').toHaveLength(log.length);
});
