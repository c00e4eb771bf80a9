import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
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

it('killed ten times, a scan ends with what is there, and then finds nothing to do', {
  timeout: 120_000,
}, async () => {
  const { folder, remove } = temporaryFolder();
  const data = join(folder, 'data');
  mkdirSync(data);
  for (let n = 0; n < 40; n++) {
    writeFiles(
      data,
      Object.fromEntries(Array.from({ length: 60 }, (_, m) => [`p${n % 7}/d${n}/f${m}.dat`, 'x'.repeat(m)])),
    );
  }
  const file = newSubmissionFile(folder);
  addSource(file, data);
  const { path } = file;
  file.close();
  const program = `
    const { SubmissionFile } = await import(${JSON.stringify(resolve(import.meta.dirname, '../library/submission-file.ts'))});
    const { scanSources } = await import(${JSON.stringify(resolve(import.meta.dirname, 'scan.ts'))});
    const file = SubmissionFile.open(${JSON.stringify(path)});
    console.log('began');
    await scanSources(file);
    process.kill(process.pid, 'SIGKILL');`;
  for (let kill = 0; kill < 10; kill++) {
    const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<NodeJS.Signals | null>((done) =>
      child.once('exit', (_code, signal) => done(signal)),
    );
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), kill * 25));
    expect(await ended).toBe('SIGKILL');
  }
  const again = SubmissionFile.open(path);
  expect(await scanSources(again)).toMatchObject({ files: 2400, vanished: 0 });
  expect(indexOf(again)).toEqual(await onDisk(data));
  expect(await scanSources(again)).toMatchObject({ files: 2400, added: 0, changed: 0, vanished: 0 });
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
