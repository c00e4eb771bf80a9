import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../../../shared/model/problem.ts';
import { setField } from './description.ts';
import { metadataOf } from './metadata-document.ts';
import { SubmissionFile } from './submission-file.ts';
import { submissionSummary } from './summary.ts';
import { newSubmissionFile, temporaryFolder, writeIndex } from './test-support.ts';

let folder: string;
let remove: () => void;
const children: ChildProcess[] = [];
beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  remove();
});

function problemOf(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

/** Runs TypeScript in a process of its own that knows `path`; `output` is what it has written so far. */
function inChild(path: string, code: string): { child: ChildProcess; output: () => string } {
  const url = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  const script = `
    const { SubmissionFile } = await import(${url('./submission-file.ts')});
    const { setField } = await import(${url('./description.ts')});
    const { metadataOf } = await import(${url('./metadata-document.ts')});
    const file = SubmissionFile.open(${JSON.stringify(path)});
    const block = metadataOf(file).study[0].id;
    ${code}`;
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  children.push(child);
  let output = '';
  child.stdout?.on('data', (data: Buffer) => {
    output += data.toString();
  });
  return { child, output: () => output };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('a submission file', () => {
  it('is one file again when closed', () => {
    newSubmissionFile(folder).close();
    expect(readdirSync(folder)).toEqual(['Nuclei.slipway']);
  });

  it('is never written over', () => {
    writeFileSync(join(folder, 'a.slipway'), 'mine');
    expect(problemOf(() => SubmissionFile.create(join(folder, 'a.slipway'))).code).toBe('file-exists');
    expect(readFileSync(join(folder, 'a.slipway'), 'utf8')).toBe('mine');
  });

  it('from a newer Slipway is refused and not changed by a byte', () => {
    const path = join(folder, 'Nuclei.slipway');
    newSubmissionFile(folder).close();
    const db = new DatabaseSync(path);
    db.exec('PRAGMA user_version = 99');
    db.close();
    const before = readFileSync(path);
    const problem = problemOf(() => SubmissionFile.open(path));
    expect(problem.code).toBe('newer-version');
    expect(problem.why).toContain('99');
    expect(problemOf(() => SubmissionFile.peek(path, submissionSummary)).code).toBe('newer-version');
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(['Nuclei.slipway']);
  });

  it('that is damaged is refused and not changed by a byte', () => {
    const path = join(folder, 'Nuclei.slipway');
    newSubmissionFile(folder).close();
    const whole = readFileSync(path);
    for (const damage of ['cut', 'text', 'empty', 'head'] as const) {
      if (damage === 'cut') truncateSync(path, 3000);
      if (damage === 'text') writeFileSync(path, 'Dear archive, please find attached.');
      if (damage === 'empty') writeFileSync(path, '');
      if (damage === 'head') writeFileSync(path, Buffer.concat([Buffer.alloc(200, 7), whole.subarray(200)]));
      const before = readFileSync(path);
      expect(['damaged', 'not-a-submission', 'file-trouble']).toContain(
        problemOf(() => SubmissionFile.open(path)).code,
      );
      expect(readFileSync(path).equals(before)).toBe(true);
    }
  });

  it.skipIf(process.platform === 'win32')(
    'refuses a pipe and a folder without opening them (Windows has no such pipes)',
    () => {
      const pipe = join(folder, 'pipe.slipway');
      expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
      for (const path of [pipe, folder]) {
        expect(problemOf(() => SubmissionFile.open(path)).code).toBe('not-a-submission');
      }
    },
  );

  it('that is another database is refused', () => {
    const path = join(folder, 'other.slipway');
    const db = new DatabaseSync(path);
    db.exec('CREATE TABLE birds (name TEXT)');
    db.close();
    expect(problemOf(() => SubmissionFile.open(path)).code).toBe('not-a-submission');
  });

  it('that another Slipway has open is refused until that one ends, however it ends', async () => {
    const path = join(folder, 'Nuclei.slipway');
    newSubmissionFile(folder).close();
    const { child, output } = inChild(path, "console.log('open'); setInterval(() => {}, 1000);");
    await until(() => output().includes('open'));
    expect(problemOf(() => SubmissionFile.open(path)).code).toBe('in-use');
    expect(problemOf(() => SubmissionFile.peek(path, submissionSummary)).code).toBe('in-use');
    child.kill('SIGKILL');
    await once(child, 'exit');
    SubmissionFile.open(path).close();
  });

  it('killed in the middle of edits has lost none that was saved', async () => {
    const path = join(folder, 'Nuclei.slipway');
    newSubmissionFile(folder).close();
    for (let round = 0; round < 3; round++) {
      const { child, output } = inChild(
        path,
        `for (let n = 1; ; n++) {
           setField(file, { section: 'study', block, field: 'title', value: 'round ${round} edit ' + n });
           (await import('node:fs')).writeSync(1, n + '\\n');
         }`,
      );
      await until(() => output().split('\n').length > 20 + round * 37);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const saved = Number(output().trim().split('\n').at(-1));
      // What a listing sees without opening it, and what is there once it is opened.
      const seen = SubmissionFile.peek(path, (file) => metadataOf(file).study?.[0]?.values.title);
      const file = SubmissionFile.open(path);
      const title = String(metadataOf(file).study?.[0]?.values.title);
      file.close();
      expect(seen).toBe(title);
      expect(title).toContain(`round ${round} edit`);
      expect(Number(title.split(' ').at(-1))).toBeGreaterThanOrEqual(saved);
      expect(readdirSync(folder)).toEqual(['Nuclei.slipway']);
    }
  });

  it('copies itself whole, with what is written meanwhile', async () => {
    const file = newSubmissionFile(folder);
    const names = Array.from({ length: 20_000 }, (_, at) => [
      `a rather long name of a file ${at}.tif`,
      'image',
    ]);
    file.transaction(() => writeIndex(file, Object.fromEntries(names)));
    const copying = file.copyTo(join(folder, 'copy.slipway'));
    let turns = 0;
    let isCopied = false;
    void copying.then(() => {
      isCopied = true;
    });
    while (!isCopied) {
      file.run('UPDATE entry SET annotation_type = ? WHERE id = 1', `turn ${turns++}`);
      await setImmediate();
    }
    const copy = SubmissionFile.open(join(folder, 'copy.slipway'));
    expect(turns).toBeGreaterThan(1);
    expect(metadataOf(copy)).toEqual(metadataOf(file));
    expect(copy.get('SELECT count(*) AS n, sum(size) AS size FROM entry')).toEqual(
      file.get('SELECT count(*) AS n, sum(size) AS size FROM entry'),
    );
    expect(copy.get<{ check: string }>('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
    await expect(file.copyTo(join(folder, 'copy.slipway'))).rejects.toMatchObject({ code: 'file-exists' });
    copy.close();
    file.close();
  });
});

describe('a full disk', () => {
  const place = () => join(folder, 'small');
  const mounted = () => spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=900k', 'tmpfs', place()]).status === 0;

  it('costs a message, not what was saved', (context) => {
    mkdirSync(place());
    if (process.platform !== 'linux' || process.getuid?.() !== 0 || !mounted()) {
      context.skip('Only root on Linux can make a small disk.');
    }
    try {
      const ballast = join(place(), 'ballast');
      writeFileSync(ballast, Buffer.alloc(150_000));
      const file = newSubmissionFile(place());
      const block = metadataOf(file).study?.[0]?.id ?? '';
      const set = (value: string) => setField(file, { section: 'study', block, field: 'description', value });
      set('kept');
      const problem = problemOf(() => {
        for (let n = 1; n < 100; n++) set('x'.repeat(20_000) + n);
      });
      expect(problem.code).toBe('disk-full');
      const kept = String(metadataOf(file).study?.[0]?.values.description);
      expect(kept === 'kept' || kept.startsWith('xxx')).toBe(true);
      file.close();
      rmSync(ballast);
      const again = SubmissionFile.open(join(place(), 'Nuclei.slipway'));
      expect(metadataOf(again).study?.[0]?.values.description).toBe(kept);
      again.close();
    } finally {
      spawnSync('umount', [place()]);
    }
    expect(existsSync(place())).toBe(true);
  });
});
