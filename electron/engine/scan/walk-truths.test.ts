import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entryPages } from '../check/checked-entries.ts';
import { checkFile } from '../check/file-rules.ts';
import { checkWalks } from '../check/walk-findings.ts';
import { addSource } from '../library/sources.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { profileOfFile } from '../library/submission-row.ts';
import { newSubmissionFile, temporaryFolder, withoutRights, writeFiles } from '../library/test-support.ts';
import { setLinks } from '../library/walk-settings.ts';
import { scanSources } from './scan.ts';

let folder: string;
let data: string;
let remove: () => void;
let file: SubmissionFile;
let sourceId: number;
beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
  data = join(folder, 'data');
  mkdirSync(data);
  file = newSubmissionFile(folder);
  sourceId = addSource(file, data).id;
});
afterEach(() => {
  file.close();
  remove();
});

const entries = () =>
  file.all<{ path: string; state: string; reason: string; format: string }>(
    'SELECT path, state, state_reason AS reason, format FROM entry ORDER BY path',
  );
const paths = () => entries().map(({ path }) => path);
const skipped = () =>
  Object.fromEntries(
    file
      .all<{ path: string; cause: string }>('SELECT path, cause FROM skipped ORDER BY path')
      .map(({ path, cause }) => [path, cause]),
  );
/** Findings of the walk and of the files it met, as `rule path`. */
function findings(): string[] {
  const found = [...checkWalks(file)].flat();
  for (const page of entryPages(file, profileOfFile(file))) found.push(...page.flatMap(checkFile));
  return found
    .filter(({ rule }) => rule !== 'image-without-mask')
    .map(
      ({ rule, place }) => `${rule} ${place.kind === 'source' || place.kind === 'entry' ? place.path : ''}`,
    )
    .map((line) => line.replaceAll(`${data}/`, ''));
}

describe('links', () => {
  beforeEach(() => {
    writeFiles(folder, { 'elsewhere/far.tif': 'x', 'elsewhere/sub/deep.tif': 'x' });
    writeFiles(data, { 'a/one.tif': 'abc' });
    symlinkSync('one.tif', join(data, 'a', 'near.tif'));
    symlinkSync('../a', join(data, 'a', 'round'));
    symlinkSync('a', join(data, 'again'));
    symlinkSync(join(folder, 'elsewhere', 'far.tif'), join(data, 'far.tif'));
    symlinkSync(join(folder, 'elsewhere', 'sub'), join(data, 'sub'));
    symlinkSync('nowhere', join(data, 'lost.tif'));
    symlinkSync('circle', join(data, 'circle'));
  });

  it('are not followed, and each is a finding', async () => {
    await scanSources(file);
    expect(paths()).toEqual(['a/one.tif']);
    expect(skipped()).toEqual({
      'a/near.tif': 'link',
      'a/round': 'link',
      again: 'link',
      circle: 'link-lost',
      'far.tif': 'link',
      'lost.tif': 'link-lost',
      sub: 'link',
    });
    expect(findings()).toEqual([
      ...['a/near.tif', 'a/round', 'again', 'far.tif', 'sub'].map((path) => `walk-link ${path}`),
      ...['circle', 'lost.tif'].map((path) => `walk-link-lost ${path}`),
    ]);
  });

  it('that stay in the folder are followed when that is wished, without going in circles', async () => {
    setLinks(file, sourceId, 'inside');
    await scanSources(file);
    expect(paths()).toEqual(['a/near.tif', 'a/one.tif', 'again/near.tif', 'again/one.tif']);
    expect(skipped()).toMatchObject({
      'a/round': 'loop',
      'again/round': 'loop',
      'far.tif': 'link',
      sub: 'link',
    });
  });

  it('out of the folder are followed when that is wished, told, and held to what was granted', async () => {
    setLinks(file, sourceId, 'all');
    await scanSources(file);
    expect(paths()).toEqual([
      ...['a/near.tif', 'a/one.tif', 'again/near.tif', 'again/one.tif', 'far.tif', 'sub/deep.tif'],
    ]);
    expect(findings().filter((line) => line.startsWith('walk-link-followed'))).toEqual([
      'walk-link-followed far.tif',
      'walk-link-followed sub',
    ]);
    await scanSources(file, { bounds: [data, join(folder, 'elsewhere', 'sub')] });
    expect(skipped()).toMatchObject({ 'far.tif': 'link' });
    expect(paths()).not.toContain('far.tif');
    expect(paths()).toContain('sub/deep.tif');
  });

  it('of links end after a few, however many paths they could make', async () => {
    for (let n = 0; n < 12; n++) {
      mkdirSync(join(data, `d${n}`));
      symlinkSync(`../d${n + 1}`, join(data, `d${n}`, 'left'));
      symlinkSync(`../d${n + 1}`, join(data, `d${n}`, 'right'));
    }
    mkdirSync(join(data, 'd12'));
    setLinks(file, sourceId, 'inside');
    const { skipped: left } = await scanSources(file);
    expect(left).toBeGreaterThan(12);
    expect(left).toBeLessThan(2000);
  });

  it('followed before and not any more do not count as files that are gone', async () => {
    setLinks(file, sourceId, 'inside');
    await scanSources(file);
    setLinks(file, sourceId, 'skip');
    expect(await scanSources(file)).toMatchObject({ vanished: 0 });
    expect(paths()).toEqual(['a/one.tif']);
  });
});

describe('what is no plain file', () => {
  it('pipes and sockets are left out with a finding', async (context) => {
    if (process.platform === 'win32') context.skip('Windows has no pipes in folders.');
    writeFiles(data, { 'a.tif': 'x' });
    const made = spawnSync('mkfifo', [join(data, 'pipe')]).status === 0;
    const server = createServer().listen(join(data, 'socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    await scanSources(file);
    await new Promise((resolve) => server.close(resolve));
    if (!made) context.skip('There is no mkfifo here.');
    expect(skipped()).toEqual({ pipe: 'special', socket: 'special' });
    expect(findings()).toContain('walk-special pipe');
    expect(findings()).toContain('walk-special socket');
  });

  it('names that are not UTF-8 are shown with \\xNN, cannot be sent, and none passes for another', async (context) => {
    if (process.platform !== 'linux') context.skip('Only Linux takes such names.');
    const raw = (...parts: (string | number[])[]) =>
      Buffer.concat([
        Buffer.from(`${data}/`),
        ...parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))),
      ]);
    writeFileSync(raw('caf', [0xe9], '_mask.tif'), 'x');
    writeFileSync(raw('caf', [0xe8], '_mask.tif'), 'xx');
    writeFileSync(raw('caf\uFFFD_mask.tif'), 'xxx');
    mkdirSync(raw('d', [0xff]));
    writeFileSync(raw('d', [0xff], '/inside.tif'), 'x');
    await scanSources(file, { settleMs: 0 });
    const expected = [
      ['caf\\xe8_mask.tif', 'unreadable', 'its name is not valid UTF-8'],
      ['caf\\xe9_mask.tif', 'unreadable', 'its name is not valid UTF-8'],
      ['caf\uFFFD_mask.tif', 'present', ''],
      ['d\\xff', 'unreadable', 'its name is not valid UTF-8'],
    ];
    const now = () => entries().map(({ path, state, reason }) => [path, state, reason]);
    expect(now()).toEqual(expected);
    expect(findings()).toEqual(
      expect.arrayContaining([
        'file-unreadable caf\\xe8_mask.tif',
        'file-unreadable caf\\xe9_mask.tif',
        'source-trouble d\\xff',
      ]),
    );
    await scanSources(file, { settleMs: 0 });
    expect(now()).toEqual(expected);
  });

  it('folders without rights are findings with their paths, and nothing in them is called gone', async (context) => {
    writeFiles(data, { 'sub/a.tif': 'x', 'b.tif': 'x' });
    chmodSync(join(data, 'sub'), 0);
    const done = await withoutRights(folder, async () => {
      await scanSources(file);
    });
    chmodSync(join(data, 'sub'), 0o755);
    if (!done) context.skip('Every folder can be read here.');
    expect(findings()).toContain('source-trouble sub');
  });

  it('paths over 4,096 bytes are told as far as they can be reached', async (context) => {
    if (process.platform !== 'linux') context.skip('The limit is that of Linux.');
    // Made step by step: no single path is longer than the system takes.
    const script = `
      process.chdir(process.argv[1]);
      for (let depth = 0; depth < 24; depth++) {
        require('node:fs').writeFileSync('f.tif', 'x');
        require('node:fs').mkdirSync('d'.repeat(200));
        process.chdir('d'.repeat(200));
      }
      require('node:fs').writeFileSync('deep.tif', 'x');`;
    const made = spawnSync(process.execPath, ['-e', script, data], { encoding: 'utf8' });
    expect(made.stderr).toBe('');
    await scanSources(file, { settleMs: 0 });
    const unreadable = entries().filter(({ state }) => state === 'unreadable');
    expect(unreadable.length).toBeGreaterThan(0);
    for (const { reason } of unreadable) expect(reason).toBe('its path is too long for this computer');
    expect(paths().filter((path) => path.endsWith('f.tif')).length).toBeGreaterThan(15);
    expect(findings().some((line) => /(?:trouble|unreadable)/.test(line))).toBe(true);
    // What Node's own way of deleting cannot reach.
    spawnSync('rm', ['-rf', join(data, 'd'.repeat(200))]);
  });

  it('folders on another disk are walked and told', async (context) => {
    const inside = join(data, 'other-disk');
    mkdirSync(inside);
    if (spawnSync('mount', ['-t', 'tmpfs', 'none', inside]).status !== 0) {
      context.skip('No disk can be mounted here.');
    }
    try {
      writeFiles(data, { 'a.tif': 'x', 'other-disk/b.tif': 'x', 'other-disk/sub/c.tif': 'x' });
      await scanSources(file);
      expect(paths()).toEqual(['a.tif', 'other-disk/b.tif', 'other-disk/sub/c.tif']);
      expect(findings()).toEqual(['walk-mount other-disk']);
    } finally {
      spawnSync('umount', [inside]);
    }
  });

  it('a link in an OME-Zarr keeps the whole item from being sent in part', async () => {
    writeFiles(data, { 'a.zarr/.zgroup': '{}', 'a.zarr/0/.zarray': '{}', 'a.zarr/0/0.0': 'x' });
    symlinkSync(join(folder, 'nowhere'), join(data, 'a.zarr', 'labels'));
    await scanSources(file);
    expect(entries()).toMatchObject([
      { path: 'a.zarr', state: 'unreadable', reason: 'labels: a link that leads nowhere' },
    ]);
  });
});

it('files that come and go while the folder is walked never end the walk', async () => {
  for (let n = 0; n < 40; n++) writeFiles(data, { [`d${n}/a.tif`]: 'x' });
  let flips = 0;
  const busy = setInterval(() => {
    const name = join(data, `d${flips++ % 40}`, 'b.tif');
    writeFileSync(name, 'x');
    rmSync(name);
    writeFiles(data, { 'd40/a.tif': 'x' });
    rmSync(join(data, 'd40'), { recursive: true, force: true });
  }, 1);
  for (let round = 0; round < 3; round++) await scanSources(file, { settleMs: 0 });
  clearInterval(busy);
  await scanSources(file, { settleMs: 0 });
  const left = entries().filter(({ state }) => state !== 'vanished');
  expect(left.map(({ path }) => path)).toHaveLength(40);
});
