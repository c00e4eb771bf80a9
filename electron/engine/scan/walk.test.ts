import { spawnSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder, writeFiles } from '../library/test-support.ts';
import { type Found, walk } from './walk.ts';

let folder: string;
let remove: () => void;
beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
});
afterEach(() => remove());

async function all(root = folder, options?: Parameters<typeof walk>[1]): Promise<Found[]> {
  const found: Found[] = [];
  for await (const batch of walk(root, options)) found.push(...batch);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const paths = (found: readonly Found[], what: Found['what']) =>
  found.filter((one) => one.what === what).map(({ path }) => path);
const reasons = (found: readonly Found[]) =>
  Object.fromEntries(found.flatMap((one) => ('reason' in one ? [[one.path, one.reason]] : [])));

function walkedWithoutRights(): Found[] | null {
  if (process.platform === 'win32') return null;
  const script = `
    const { walk } = await import(${JSON.stringify(new URL('./walk.ts', import.meta.url).href)});
    const found = [];
    for await (const batch of walk(${JSON.stringify(folder)})) found.push(...batch);
    console.log(JSON.stringify(found.sort((a, b) => (a.path < b.path ? -1 : 1))));`;
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    cwd: '/',
    ...nobody,
  });
  return run.status === 0 ? (JSON.parse(run.stdout) as Found[]) : null;
}

describe('a walk', () => {
  it('finds every file with its size and time, and leaves out system and hidden ones by name', async () => {
    writeFiles(folder, {
      'a.tif': 'abc',
      'x/y/z.csv': '',
      'x/.DS_Store': '1',
      '.git/config': '1',
      'x/._a.tif': '1',
      'x/Thumbs.db': '1',
      '__MACOSX/b': '1',
    });
    const found = await all();
    expect(paths(found, 'file')).toEqual(['a.tif', 'x/y/z.csv']);
    expect(found.find(({ path }) => path === 'a.tif')).toMatchObject({ size: 3, trouble: '' });
    expect(paths(found, 'skipped')).toEqual(['.git', '__MACOSX', 'x/.DS_Store', 'x/._a.tif', 'x/Thumbs.db']);
  });

  it('follows links to files inside, leaves out all others with a reason, and never goes in circles', async () => {
    const outside = temporaryFolder();
    writeFiles(outside.folder, { 'secret.txt': 'x' });
    writeFiles(folder, { 'a/one.tif': 'abc' });
    symlinkSync('one.tif', join(folder, 'a', 'same.tif'));
    symlinkSync(join(outside.folder, 'secret.txt'), join(folder, 'a', 'out.txt'));
    symlinkSync('..', join(folder, 'a', 'up'));
    symlinkSync('loop', join(folder, 'loop'));
    symlinkSync('nowhere', join(folder, 'dangling'));
    linkSync(join(folder, 'a', 'one.tif'), join(folder, 'a', 'hard.tif'));
    const found = await all();
    expect(paths(found, 'file')).toEqual(['a/hard.tif', 'a/one.tif', 'a/same.tif']);
    expect(found.find(({ path }) => path === 'a/same.tif')).toMatchObject({ size: 3 });
    expect(reasons(found)).toEqual({
      'a/out.txt': 'a link to a file outside this folder',
      'a/up': 'a link that leads back to a folder above it',
      loop: 'a link: its links lead in a circle',
      dangling: 'a link that leads nowhere',
    });
    outside.remove();
  });

  it('takes a Zarr for one item, whatever it is called, and walks into it only when told', async () => {
    writeFiles(folder, {
      'plain/.zgroup': '{}',
      'plain/0/.zarray': '{}',
      'plain/0/0.0': 'x',
      'v3.zarr/zarr.json': '{}',
      'lost.zarr/0/0': 'x',
      'lost.zarr/1/0': 'x',
      'set.zarr/readme.txt': 'only a name',
    });
    expect(paths(await all(), 'zarr')).toEqual(['lost.zarr', 'plain', 'v3.zarr']);
    expect(paths(await all(), 'file')).toEqual(['set.zarr/readme.txt']);
    expect(paths(await all(join(folder, 'plain'), { insideZarr: true }), 'file')).toEqual([
      '.zgroup',
      '0/.zarray',
      '0/0.0',
    ]);
    expect(await all(join(folder, 'plain'))).toEqual([{ what: 'zarr', path: '' }]);
  });

  it('knows a Zarr by a marker that comes after hundreds of chunks', async () => {
    const chunks = Object.fromEntries(Array.from({ length: 1500 }, (_, n) => [`big/0.${n}`, '']));
    writeFiles(folder, { ...chunks, 'big/.zarray': '{}' });
    expect(await all()).toEqual([{ what: 'zarr', path: 'big' }]);
  });

  it('says what it cannot read and goes on', async (context) => {
    writeFiles(folder, { 'closed/a.tif': 'x', 'locked.tif': 'x', 'open.tif': 'x' });
    chmodSync(join(folder, 'closed'), 0);
    chmodSync(join(folder, 'locked.tif'), 0);
    // A process of its own: whether a file may be read is asked for the real user, who cannot change to and fro.
    chmodSync(folder, 0o755);
    const found = walkedWithoutRights();
    chmodSync(join(folder, 'closed'), 0o755);
    if (found === null) {
      context.skip('Every file can be read here, and nobody with fewer rights can run this program.');
      return;
    }
    expect(paths(found, 'file')).toEqual(['locked.tif', 'open.tif']);
    expect(found.find(({ path }) => path === 'locked.tif')).toMatchObject({
      trouble: 'you have no right to read it',
    });
    expect(reasons(found)).toEqual({ closed: 'you have no right to read it' });
  });

  it('names files whose names are not UTF-8', async (context) => {
    if (process.platform !== 'linux') context.skip('Only Linux takes such names.');
    writeFileSync(
      Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x61, 0xe9, 0x2e, 0x74, 0x69, 0x66])]),
      'x',
    );
    expect(await all()).toEqual([
      expect.objectContaining({ what: 'file', trouble: 'its name is not valid UTF-8' }),
    ]);
  });

  it('ends at once when told to, and fails for a root that is not there', async () => {
    writeFiles(folder, { 'a/b': '', 'c/d': '' });
    const stop = new AbortController();
    stop.abort();
    await expect(all(folder, { signal: stop.signal })).rejects.toThrow();
    await expect(all(join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('bears files and folders that vanish while it walks', async () => {
    for (let n = 0; n < 40; n++) writeFiles(folder, { [`d${n}/a.tif`]: 'x', [`d${n}/b.tif`]: 'x' });
    const found: Found[] = [];
    for await (const batch of walk(folder)) {
      found.push(...batch);
      for (let n = 0; n < 20; n++) rmSync(join(folder, `d${n}`), { recursive: true, force: true });
    }
    expect(paths(found, 'file').length).toBeGreaterThanOrEqual(40);
    expect(paths(found, 'closed')).toEqual([]);
  });

  it('hands on a folder of 20,000 files in bounded batches', async () => {
    mkdirSync(join(folder, 'many'));
    for (let n = 0; n < 20_000; n++) writeFileSync(join(folder, 'many', `${n}.tif`), '');
    let count = 0;
    let largest = 0;
    for await (const batch of walk(folder)) {
      count += batch.length;
      largest = Math.max(largest, batch.length);
    }
    expect(count).toBe(20_000);
    expect(largest).toBeLessThanOrEqual(512);
  });
});
