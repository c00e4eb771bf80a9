import { appendFileSync, mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SkipRule } from '../../../shared/model/walk.ts';
import { defaultSkipRules } from '../../../shared/rules/skip-rules.ts';
import { editEntries, entry } from '../library/entries.ts';
import { undo } from '../library/history.ts';
import { joinPair } from '../library/pairs.ts';
import { previewSkips } from '../library/skip-preview.ts';
import { addSource, removeSource, sources } from '../library/sources.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { newSubmissionFile, temporaryFolder, writeFiles } from '../library/test-support.ts';
import { changesPage, skippedPage } from '../library/walk-report.ts';
import { keepSkipRules, setSettleSeconds, settleSeconds, skipRules } from '../library/walk-settings.ts';
import { lookAtHeld } from './held-files.ts';
import { type ScanOptions, scanSources } from './scan.ts';

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

const scan = (options: ScanOptions = {}) => scanSources(file, { settleMs: 0, ...options });
const states = () =>
  Object.fromEntries(
    file
      .all<{ path: string; state: string }>('SELECT path, state FROM entry ORDER BY path')
      .map(({ path, state }) => [path, state]),
  );
const idOf = (path: string) =>
  file.get<{ id: number }>('SELECT id FROM entry WHERE path = ?', path)?.id ?? -1;
const report = () => sources(file)[0]?.report;
const listed = (what: 'added' | 'changed' | 'gone' | 'renamed') =>
  changesPage(file, { sourceId, what, offset: 0, limit: 100 }).rows.map(({ path, was }) =>
    was === '' ? path : `${was} → ${path}`,
  );

describe('a second scan', () => {
  it('tells what is new, changed, gone and renamed, and lists it', async () => {
    writeFiles(data, { 'a.tif': '1', 'b.tif': '22', 'c.tif': '333', 'd.tif': '4444' });
    await scan();
    expect(report()).toBeNull();
    expect(listed('added')).toEqual([]);
    writeFiles(data, { 'new.tif': '55555', 'b.tif': 'longer' });
    rmSync(join(data, 'c.tif'));
    mkdirSync(join(data, 'sub'));
    renameSync(join(data, 'd.tif'), join(data, 'sub', 'moved.tif'));
    expect(await scan()).toMatchObject({ files: 4, added: 1, changed: 1, vanished: 1, renamed: 1 });
    expect(report()).toEqual({ added: 1, changed: 1, gone: 1, renamed: 1 });
    expect(listed('added')).toEqual(['new.tif']);
    expect(listed('changed')).toEqual(['b.tif']);
    expect(listed('gone')).toEqual(['c.tif']);
    expect(listed('renamed')).toEqual(['d.tif → sub/moved.tif']);
    expect(await scan()).toMatchObject({ added: 0, changed: 0, vanished: 0, renamed: 0 });
    expect(report()).toEqual({ added: 0, changed: 0, gone: 0, renamed: 0 });
  });

  it('lets all that was chosen, pairs and the journal follow a renamed file', async () => {
    writeFiles(data, { 'raw/x.tif': 'image', 'raw/y.tif': 'mask!', 'z.zarr/.zgroup': '{}' });
    await scan();
    const [image, mask, store] = [idOf('raw/x.tif'), idOf('raw/y.tif'), idOf('z.zarr')];
    editEntries(file, [mask], { kind: 'mask', columns: { Note: 'kept' } });
    joinPair(file, image, mask);
    editEntries(file, [store], { send: true });
    file.run(
      `INSERT INTO transfer_file (entry_id, remote_path, local_path, size, modified_ms, state, attempts)
       VALUES (?, 'box/data/raw/y.tif', ?, 5, 1, 'confirmed', 1)`,
      mask,
      join(data, 'raw/y.tif'),
    );
    renameSync(join(data, 'raw'), join(data, 'processed'));
    renameSync(join(data, 'z.zarr'), join(data, 'plate.zarr'));
    expect(await scan()).toMatchObject({ added: 0, vanished: 0, renamed: 3, files: 3 });
    expect(states()).toEqual({
      'plate.zarr': 'present',
      'processed/x.tif': 'present',
      'processed/y.tif': 'present',
    });
    expect(entry(file, mask)).toMatchObject({
      path: 'processed/y.tif',
      name: 'y.tif',
      kind: 'mask',
      columns: { Note: 'kept' },
      pairedWith: ['x.tif'],
      // It is at the archive under this name.
      remotePath: 'data/raw/y.tif',
    });
    expect(entry(file, image)).toMatchObject({ remotePath: 'data/processed/x.tif' });
    expect(entry(file, store)).toMatchObject({ path: 'plate.zarr', send: true });
    expect(sources(file)[0]).toMatchObject({ files: 3 });
  });

  it('keeps the pairs of a folder that is called otherwise now, until a rule knows better', async () => {
    writeFiles(data, { 'images/a.tif': 'first', 'images/b.tif': 'second', 'masks/a_mask.tif': 'third' });
    await scan();
    const pairs = () =>
      file.all<{ image: string; by: string }>(
        'SELECT i.path AS image, by FROM pair JOIN entry i ON i.id = image_entry_id WHERE parted = 0',
      );
    const [before] = pairs();
    renameSync(join(data, 'images'), join(data, 'renamed'));
    expect(await scan()).toMatchObject({ renamed: 2, pairs: 1 });
    expect(pairs()).toEqual([{ image: 'renamed/a.tif', by: 'kept' }]);
    await scan();
    expect(pairs()).toHaveLength(1);
    renameSync(join(data, 'renamed'), join(data, 'images'));
    await scan();
    expect(pairs()).toEqual([before]);
    // A mask that is renamed because it was wrong goes to the image that its name means now.
    renameSync(join(data, 'masks', 'a_mask.tif'), join(data, 'masks', 'b_mask.tif'));
    await scan();
    expect(pairs()).toEqual([{ ...before, image: 'images/b.tif' }]);
  });

  it('does not guess which of two went where, nor take a new file for an old one of the same size', async () => {
    writeFiles(data, { 'a.tif': 'same' });
    writeFileSync(join(data, 'b.tif'), 'size');
    await scan();
    const { linkSync } = await import('node:fs');
    linkSync(join(data, 'a.tif'), join(data, 'one.tif'));
    linkSync(join(data, 'a.tif'), join(data, 'two.tif'));
    rmSync(join(data, 'a.tif'));
    rmSync(join(data, 'b.tif'));
    writeFiles(data, { 'c.tif': 'size' });
    expect(await scan()).toMatchObject({ added: 3, vanished: 2, renamed: 0 });
  });

  it('that was stopped between is made up for by the next one, renames too', async () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`old/${n}.tif`, `${n}`]));
    writeFiles(data, many);
    await scan();
    renameSync(join(data, 'old'), join(data, 'new'));
    for (let round = 0; round < 6; round++) {
      const stop = new AbortController();
      const running = scan({
        signal: stop.signal,
        progress: ({ now }) => {
          if (now.startsWith(round % 2 === 0 ? 'Comparing' : 'Looking'))
            setTimeout(() => stop.abort(), round);
        },
      });
      await running.catch((error: unknown) => expect(error).toMatchObject({ name: 'AbortError' }));
    }
    await scan();
    expect(Object.values(states()).filter((state) => state === 'present')).toHaveLength(300);
    expect(Object.keys(states()).every((path) => path.startsWith('new/'))).toBe(true);
  });
});

it.each(['Looking', 'Waiting', 'Comparing', 'Pairing'])(
  'a scan is stopped at once while it says “%s…”, and the next one ends as if it had not been',
  async (phase) => {
    const many = Object.fromEntries(
      Array.from({ length: 200 }, (_, n) => [`masks/${n % 7}/${n}_mask.tif`, `${n}`]),
    );
    writeFiles(data, {
      ...many,
      ...Object.fromEntries(Object.keys(many).map((path) => [path.replaceAll('mask', 'image'), 'x'])),
    });
    await scan();
    writeFiles(data, { 'masks/0/new_mask.tif': 'new' });
    writeFileSync(join(data, 'young.tif'), 'x');
    rmSync(join(data, 'masks', '1'), { recursive: true });
    const stop = new AbortController();
    const stopped = scan({
      settleMs: phase === 'Waiting' ? 60_000 : 0,
      signal: stop.signal,
      progress: ({ now }) => {
        if (now.startsWith(phase)) stop.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    expect(sources(file)[0]?.state).toBe('scanned');
    await scan();
    const gone = Object.values(states()).filter((state) => state === 'vanished').length;
    expect(gone).toBe(29);
    expect(Object.values(states()).filter((state) => state === 'present')).toHaveLength(400 - 29 + 2);
  },
);

describe('what is skipped', () => {
  const tmp: SkipRule = { id: 'tmp', pattern: '*.tmp', reason: 'half written', enabled: true };

  it('follows the rules of the submission, which are undone like any change', async () => {
    writeFiles(data, { 'a.tif': '1', 'b.tmp': '2', 'sub/c.tmp': '3', '.hidden/x': '4', '.DS_Store': '5' });
    await scan();
    expect(Object.keys(states())).toEqual(['a.tif', 'b.tmp', 'sub/c.tmp']);
    keepSkipRules(file, [tmp, ...defaultSkipRules]);
    expect(sources(file)[0]?.stale).toBe(true);
    expect(await scan()).toMatchObject({ vanished: 0, skipped: 4, files: 1 });
    expect(sources(file)[0]?.stale).toBe(false);
    expect(Object.keys(states())).toEqual(['a.tif']);
    const page = skippedPage(file, { offset: 0, limit: 10, text: '' });
    expect(page.total).toBe(4);
    expect(page.causes).toEqual([
      { cause: 'rule:tmp', reason: 'half written', count: 2 },
      { cause: 'rule:hidden', reason: 'hidden', count: 1 },
      { cause: 'rule:system', reason: 'made by the operating system', count: 1 },
    ]);
    expect(skippedPage(file, { offset: 1, limit: 1, text: 'TMP', cause: 'rule:tmp', sourceId }).rows).toEqual(
      [{ sourceId, path: 'sub/c.tmp', reason: 'half written', cause: 'rule:tmp' }],
    );
    undo(file);
    expect(skipRules(file)).toEqual(defaultSkipRules);
    expect(sources(file)[0]?.stale).toBe(true);
    expect(await scan()).toMatchObject({ added: 2, files: 3 });
  });

  it('keeps what was said of a file that is skipped now, for when it comes back', async () => {
    writeFiles(data, { 'a.tif': '1', 'b.tmp': '2' });
    await scan();
    editEntries(file, [idOf('b.tmp')], { columns: { Note: 'mine' } });
    const id = idOf('b.tmp');
    keepSkipRules(file, [tmp, ...defaultSkipRules]);
    expect(await scan()).toMatchObject({ vanished: 0, renamed: 0 });
    expect(entry(file, id)).toMatchObject({ state: 'vanished', columns: { Note: 'mine' } });
    keepSkipRules(file, defaultSkipRules);
    await scan();
    expect(entry(file, id)).toMatchObject({ state: 'present', columns: { Note: 'mine' } });
  });

  it('is previewed by rule, without keeping anything', async () => {
    writeFiles(data, {
      'a.tif': '1',
      'raw/b.tmp': '2',
      'raw/c.tif': '3',
      '.hidden/x': '4',
      '.DS_Store': '5',
    });
    await scan();
    const rules = [
      { ...tmp },
      { ...tmp, id: 'raw', pattern: '/raw' },
      { ...tmp, id: 'odd', pattern: '{' },
      ...defaultSkipRules.filter(({ id }) => id !== 'hidden'),
    ];
    const preview = await previewSkips(file, rules);
    expect(preview.letIn).toBe(1);
    expect(preview.rules.map(({ id, files, skipped, fault }) => [id, files, skipped, fault !== ''])).toEqual([
      ['tmp', 0, 0, false],
      ['raw', 2, 0, false],
      ['odd', 0, 0, true],
      ['system', 0, 1, false],
      ['server', 0, 0, false],
      ['office', 0, 0, false],
    ]);
    expect(skipRules(file)).toEqual(defaultSkipRules);
  });

  it('cannot be anything: patterns with a fault and two of one name are refused', () => {
    expect(() => keepSkipRules(file, [{ ...tmp, pattern: '*' }])).toThrow('cannot be used');
    expect(() => keepSkipRules(file, [tmp, tmp])).toThrow('share the name');
  });

  it('never takes the metadata of a Zarr', async () => {
    writeFiles(data, {
      'a.zarr/.zattrs': '{}',
      'a.zarr/.zgroup': '{}',
      'a.zarr/zarr.json': '{}',
      'a.zarr/.x': '',
    });
    keepSkipRules(file, [
      ...defaultSkipRules,
      { ...tmp, pattern: '.z*' },
      { ...tmp, id: 'j', pattern: '*.json' },
    ]);
    expect(await scan()).toMatchObject({ files: 3 });
  });

  it('comes back with a folder that was taken off and added again', async () => {
    writeFiles(data, { 'a.tif': '1' });
    await scan();
    await removeSource(file, sourceId);
    expect(addSource(file, data)).toMatchObject({ id: sourceId, links: 'skip', stale: false });
  });
});

describe('files that were just written to', () => {
  it('are held back as long as the submission says, and let go when they rest', async () => {
    setSettleSeconds(file, 600);
    expect(settleSeconds(file)).toBe(600);
    writeFiles(data, { 'old.tif': '1' });
    const at = (path: string, secondsAgo: number) => {
      writeFileSync(join(data, path), 'x');
      const then = new Date(Date.now() - secondsAgo * 1000);
      utimesSync(join(data, path), then, then);
    };
    at('young.tif', 300);
    at('older.tif', 900);
    // An hour of rest is not waited for: the next look tells.
    const stop = new AbortController();
    const scanning = scanSources(file, {
      signal: stop.signal,
      progress: ({ now }) => {
        if (now.startsWith('Waiting')) stop.abort();
      },
    });
    await scanning.catch(() => undefined);
    expect(states()).toEqual({ 'old.tif': 'present', 'older.tif': 'present', 'young.tif': 'changing' });
    setSettleSeconds(file, 200);
    await lookAtHeld(file);
    expect(states()['young.tif']).toBe('present');
    expect(sources(file)[0]?.held).toBe(0);
  });

  it('are held back again when they must rest longer than before', async () => {
    writeFileSync(join(data, 'a.tif'), 'x');
    await scan();
    expect(states()).toEqual({ 'a.tif': 'present' });
    // An hour of rest is not waited for here.
    const stop = new AbortController();
    const progress = ({ now }: { now: string }) => void (now.startsWith('Waiting') && stop.abort());
    await scanSources(file, { settleMs: 3_600_000, signal: stop.signal, progress }).catch(() => undefined);
    expect(states()).toEqual({ 'a.tif': 'changing' });
  });

  it('stay held back while they grow', async () => {
    writeFileSync(join(data, 'growing.tif'), 'x');
    const growing = setInterval(() => appendFileSync(join(data, 'growing.tif'), 'x'), 20);
    const { held } = await scanSources(file, { settleMs: 200 });
    expect(held).toBe(1);
    expect(sources(file)[0]?.held).toBe(1);
    await lookAtHeld(file, { settleMs: 200 });
    expect(states()['growing.tif']).toBe('changing');
    clearInterval(growing);
    await sleep(250);
    await lookAtHeld(file, { settleMs: 200 });
    expect(states()['growing.tif']).toBe('present');
  });
});
