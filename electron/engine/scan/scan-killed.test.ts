import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addSource } from '../library/sources.ts';
import { SubmissionFile } from '../library/submission-file.ts';
import { newSubmissionFile, temporaryFolder, writeFiles } from '../library/test-support.ts';
import { scanSources } from './scan.ts';
import { type Found, walk } from './walk.ts';

const indexOf = (file: SubmissionFile) =>
  new Map(
    file
      .all<{ path: string; size: number; modified: number; state: string }>(
        'SELECT path, size, modified_ms AS modified, state FROM entry',
      )
      .map(({ path, size, modified, state }) => [path, `${size} ${modified} ${state}`]),
  );

/** What there is, by the other walk: one folder after the other and without threads. */
async function onDisk(folder: string): Promise<Map<string, string>> {
  const found: Found[] = [];
  for await (const batch of walk(folder)) found.push(...batch);
  return new Map(
    found.flatMap((item) =>
      item.what === 'file' ? [[item.path, `${item.size} ${item.modifiedMs} present`]] : [],
    ),
  );
}

/** What there is, by the program `find`; null where that cannot print what is asked of it (findutils). */
function found(folder: string): Map<string, string> | null {
  const format = String.raw`%P\0%s\0%T@\0`;
  const run = spawnSync('find', [folder, '-type', 'f', '-printf', format], { encoding: 'utf8' });
  if (run.status !== 0) return null;
  const fields = run.stdout.split('\0').slice(0, -1);
  const there = new Map<string, string>();
  for (let at = 0; at < fields.length; at += 3) {
    const [path = '', size = '', time = ''] = fields.slice(at, at + 3);
    const [seconds = '', nanoseconds = ''] = time.split('.');
    // As Node puts them together.
    const modified = Number(seconds) * 1000 + Number(nanoseconds.slice(0, 9)) / 1e6;
    there.set(path, `${size} ${modified} present`);
  }
  return there;
}

/** A program that scans a file and is killed at a transaction of its own, before it or once its work is done. */
const killedScan = `
  const [library, scan, path, last, isInside] = process.argv.slice(1);
  const { SubmissionFile } = await import(library);
  const { scanSources } = await import(scan);
  const file = SubmissionFile.open(path);
  const { transaction } = SubmissionFile.prototype;
  const die = () => process.kill(process.pid, 'SIGKILL');
  let left = Number(last);
  file.transaction = (work) => transaction.call(file, () => {
    if (--left === 0 && isInside !== 'true') die();
    const result = work();
    if (left === 0) die();
    return result;
  });
  await scanSources(file);
  die();`;

it('killed ten times, a scan ends with what find finds, and then finds nothing to do', {
  timeout: 120_000,
}, async (context) => {
  const { folder, remove } = temporaryFolder();
  const data = join(folder, 'data');
  mkdirSync(data);
  for (let n = 0; n < 60; n++) {
    const files = Array.from({ length: 100 }, (_, m) => [
      `p${n % 7}/Zellkerne ü${n}/f${m}.dat`,
      'x'.repeat(m),
    ]);
    writeFiles(data, Object.fromEntries(files));
  }
  // Times with parts of milliseconds, and the oddest names there are.
  writeFileSync(join(data, 'just now.dat'), '');
  writeFiles(data, { [`deep${'/d'.repeat(60)}/end.dat`]: 'x', 'p1/a\n"b\'.dat': 'x' });
  const there = found(data);
  if (there === null) {
    remove();
    context.skip('There is no find here that prints sizes and times (findutils).');
    return;
  }
  const file = newSubmissionFile(folder);
  addSource(file, data);
  const { path } = file;
  file.close();
  const rows: number[] = [];
  for (let kill = 1; kill <= 10; kill++) {
    const modules = ['../library/submission-file.ts', './scan.ts'].map((module) =>
      resolve(import.meta.dirname, module),
    );
    const options = ['--no-warnings', '--input-type=module', '-e', killedScan, '--'];
    const run = spawnSync(process.execPath, [...options, ...modules, path, `${kill}`, `${kill % 2 === 0}`], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    expect(run.signal).toBe('SIGKILL');
    const left = SubmissionFile.open(path);
    rows.push(indexOf(left).size);
    left.close();
  }
  // Each has kept what the ones before it found, and some were killed half-way.
  expect(rows).toEqual(rows.toSorted((a, b) => a - b));
  expect(rows.some((count) => count > 0 && count < there.size)).toBe(true);
  const again = SubmissionFile.open(path);
  expect(await scanSources(again, { settleMs: 0 })).toMatchObject({ files: there.size, vanished: 0 });
  expect(indexOf(again)).toEqual(there);
  expect(await scanSources(again, { settleMs: 0 })).toMatchObject({
    files: there.size,
    ...{ added: 0, changed: 0, vanished: 0 },
  });
  again.close();
  remove();
});

const steps = fc.array(
  fc.record({
    what: fc.constantFrom('write', 'write', 'remove', 'stop'),
    path: fc.constantFrom(
      'a.dat',
      'x/a.dat',
      'x/y/a.dat',
      'x/y/b.dat',
      'z/a.dat',
      'z',
      'x/y',
      'x',
      'ü/é.dat',
    ),
    content: fc.constantFrom('', 'x', 'longer'),
  }),
  { minLength: 1, maxLength: 8 },
);

it('after any changes, with scans between that were stopped, the index is what is there', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 2, maxLength: 4 }), async (rounds) => {
      const { folder, remove } = temporaryFolder();
      const data = join(folder, 'data');
      mkdirSync(data);
      const file = newSubmissionFile(folder);
      addSource(file, data);
      try {
        for (const round of rounds) {
          for (const { what, path, content } of round) {
            const full = join(data, path);
            if (what === 'remove') rmSync(full, { recursive: true, force: true });
            else if (what === 'write' && path.endsWith('.dat')) writeFiles(data, { [path]: content });
            else if (what === 'stop') {
              const stop = new AbortController();
              setTimeout(() => stop.abort(), content.length * 8);
              await scanSources(file, { signal: stop.signal }).catch(() => undefined);
            }
          }
          await scanSources(file);
          const there = new Map([...indexOf(file)].filter(([, value]) => !value.endsWith(' vanished')));
          expect(there).toEqual(await onDisk(data));
        }
      } finally {
        file.close();
        remove();
      }
    }),
    { numRuns: 10 },
  );
});
