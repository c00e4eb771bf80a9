import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editEachEntry, editEntries, entry, entryPage, entryPlace, localPath } from './entries.ts';
import { undo } from './history.ts';
import { metadataOf } from './metadata-document.ts';
import { eachSendable } from './sendable.ts';
import type { SubmissionFile } from './submission-file.ts';
import { newSubmissionFile, temporaryFolder, writeIndex } from './test-support.ts';

let remove: () => void;
let file: SubmissionFile;
let ids: Record<string, number>;
const id = (path: string) => ids[path] ?? -1;
beforeEach(() => {
  const made = temporaryFolder();
  remove = made.remove;
  file = newSubmissionFile(made.folder);
  ids = writeIndex(file, {
    'images/a.tif': 'image',
    'images/b+c.tif': 'image',
    'masks/a_mask.tif': 'mask',
    'masks/z.tif': 'mask',
    'notes.txt': 'other',
    'sizes.csv': 'table',
  });
  file.run(
    "INSERT INTO pair (image_entry_id, mask_entry_id, by) VALUES (?, ?, 'folders')",
    id('images/a.tif'),
    id('masks/a_mask.tif'),
  );
});
afterEach(() => {
  file.close();
  remove();
});

const page = (query: Partial<Parameters<typeof entryPage>[1]> = {}) =>
  entryPage(file, { offset: 0, limit: 100, ...query });
const paths = async (query: Partial<Parameters<typeof entryPage>[1]> = {}) =>
  (await page(query)).rows.map(({ path }) => path);

describe('a page of entries', () => {
  it('has everything effective: path at the archive, source image, reasons, pairs', async () => {
    const [image, , mask, , notes] = (await page()).rows;
    expect(mask).toMatchObject({
      kind: 'mask',
      send: true,
      sendReason: '',
      remotePath: 'set/masks/a_mask.tif',
      sourceImage: 'set/images/a.tif',
      pairedWith: ['a.tif'],
    });
    expect(image).toMatchObject({ send: false, pairedWith: ['a_mask.tif'], sourceImage: '' });
    expect(image?.sendReason).toContain('sends no images');
    expect(notes?.sendReason).toContain('Neither a mask nor a table');
  });

  it('filters by each thing there is, and by all of them at once', async () => {
    expect(await paths({ filter: { kind: 'mask' } })).toEqual(['masks/a_mask.tif', 'masks/z.tif']);
    expect(await paths({ filter: { send: true } })).toEqual(['masks/a_mask.tif', 'masks/z.tif', 'sizes.csv']);
    expect(await paths({ filter: { paired: true } })).toEqual(['images/a.tif', 'masks/a_mask.tif']);
    expect(await paths({ filter: { paired: false, kind: 'mask' } })).toEqual(['masks/z.tif']);
    expect(await paths({ filter: { text: 'B+C' } })).toEqual(['images/b+c.tif']);
    expect(await paths({ filter: { text: 'a_mask' } })).toEqual(['masks/a_mask.tif']);
    expect(await paths({ filter: { text: '%' } })).toEqual([]);
    expect(await paths({ filter: { text: '' } })).toHaveLength(6);
    expect(await paths({ filter: { sourceId: 99 } })).toEqual([]);
  });

  it('counts all that match, however small the page, and again after an edit', async () => {
    expect(await page({ limit: 1, offset: 1, filter: { kind: 'mask' } })).toMatchObject({
      total: 2,
      bytes: 27,
      rows: [{ path: 'masks/z.tif' }],
    });
    editEntries(file, [id('masks/z.tif')], { kind: 'other' });
    expect((await page({ filter: { kind: 'mask' } })).total).toBe(1);
  });

  it('sorts both ways, by findings the worst first', async () => {
    expect((await paths({ sort: { by: 'path', descending: true } }))[0]).toBe('sizes.csv');
    expect((await paths({ sort: { by: 'size', descending: false } }))[0]).toBe('notes.txt');
    expect((await paths({ sort: { by: 'kind', descending: false } }))[0]).toBe('images/a.tif');
    const add = (path: string, level: string) =>
      file.run(
        "INSERT INTO finding (rule, level, entry_id, place, message) VALUES ('r', ?, ?, '{}', '')",
        level,
        id(path),
      );
    for (let n = 0; n < 3; n++) add('notes.txt', 'may');
    add('masks/z.tif', 'must');
    add('images/a.tif', 'should');
    expect((await paths({ sort: { by: 'findings', descending: true } })).slice(0, 3)).toEqual([
      'masks/z.tif',
      'images/a.tif',
      'notes.txt',
    ]);
    expect(await paths({ filter: { finding: 'must' } })).toEqual(['masks/z.tif']);
    expect(entry(file, id('notes.txt')).findings).toEqual({ must: 0, should: 0, may: 3 });
  });

  it('says why something cannot be sent', async () => {
    const set = (path: string, state: string, reason = '') =>
      file.run('UPDATE entry SET state = ?, state_reason = ? WHERE id = ?', state, reason, id(path));
    set('masks/z.tif', 'vanished');
    set('masks/a_mask.tif', 'unreadable', 'you have no right to read it');
    set('sizes.csv', 'changing');
    const reasons = ['masks/z.tif', 'masks/a_mask.tif', 'sizes.csv'].map((path) => entry(file, id(path)));
    expect(reasons.map(({ send }) => send)).toEqual([false, false, false]);
    expect(reasons.map(({ sendReason }) => sendReason)).toEqual([
      'No longer on disk.',
      'Not readable: you have no right to read it.',
      'Held back: still being written when looked at.',
    ]);
  });

  it('keeps a file that is gone here but safe at the archive', async () => {
    file.run("UPDATE entry SET state = 'vanished' WHERE id = ?", id('masks/z.tif'));
    const journal = (state: string) =>
      file.run(
        "INSERT OR REPLACE INTO transfer_file (entry_id, remote_path, local_path, size, modified_ms, state) VALUES (?, 'p', 'l', 1, 1, ?)",
        id('masks/z.tif'),
        state,
      );
    journal('sent');
    expect(entry(file, id('masks/z.tif')).send).toBe(false);
    journal('confirmed');
    expect(entry(file, id('masks/z.tif'))).toMatchObject({
      send: true,
      sendReason: 'No longer on disk, but safe at the archive.',
    });
    expect([...eachSendable(file)].map(({ path }) => path)).toContain('masks/z.tif');
  });

  it('knows no entry that is not there', async () => {
    expect(() => entry(file, 999)).toThrow('number 999 is not in the list');
    expect(() => localPath(file, 999)).toThrow('number 999 is not in the list');
    expect(localPath(file, id('notes.txt'))).toBe('/data/set/notes.txt');
  });
});

describe('the place of an entry', () => {
  const orders = ['path', 'size', 'kind', 'modified', 'findings'] as const;
  const filters = [{}, { send: true }, { paired: false }, { text: 's' }, { finding: 'must' as const }];

  it('is the row in which a page has it, whatever the order and filter', async () => {
    for (const [path, level] of [
      ['masks/z.tif', 'must'],
      ['images/a.tif', 'must'],
      ['notes.txt', 'may'],
    ] as const) {
      file.run(
        "INSERT INTO finding (rule, level, entry_id, place, message) VALUES ('r', ?, ?, '{}', '')",
        level,
        id(path),
      );
    }
    for (const by of orders) {
      for (const descending of [false, true]) {
        for (const filter of filters) {
          const query = { filter, sort: { by, descending } };
          const { rows } = await page(query);
          const places = await Promise.all(
            rows.map((row) => entryPlace(file, { ...query, entryId: row.id })),
          );
          expect(places, JSON.stringify(query)).toEqual(places.map((_, index) => index));
          expect(places.length).toBeGreaterThan(0);
        }
      }
    }
  });

  it('is unknown for one that the filter leaves out or that is not there', async () => {
    expect(await entryPlace(file, { entryId: id('notes.txt'), filter: { kind: 'mask' } })).toBeNull();
    expect(await entryPlace(file, { entryId: 999 })).toBeNull();
  });
});

describe('an edit', () => {
  it('changes what is named or what a filter matches, even when it changes what matches', async () => {
    expect(editEntries(file, { kind: 'image' }, { kind: 'mask' })).toBe(2);
    expect((await page({ filter: { kind: 'mask' } })).total).toBe(4);
    expect(undo(file)).toBe('Call 2 files mask');
    expect((await page({ filter: { kind: 'mask' } })).total).toBe(2);
    expect(editEntries(file, [id('notes.txt'), 999], { send: true })).toBe(1);
    expect(entry(file, id('notes.txt'))).toMatchObject({ send: true, sendReason: 'Added by you.' });
  });

  it('spares what was taken out of everything that a filter matches', async () => {
    const all = { filter: { kind: 'mask' as const }, except: [id('masks/z.tif'), 999] };
    expect(editEntries(file, all, { send: false })).toBe(1);
    expect(entry(file, id('masks/z.tif')).send).toBe(true);
    expect(entry(file, id('masks/a_mask.tif')).send).toBe(false);
    expect(undo(file)).toBe('Leave out 1 file');
  });

  it('lays columns over those there are and takes empty ones away', async () => {
    editEntries(file, { kind: 'mask' }, { columns: { Note: 'a', __proto__x: 'b' } });
    editEntries(file, [id('masks/z.tif')], { columns: { Note: '', Other: 'c' } });
    expect(entry(file, id('masks/z.tif')).columns).toEqual({ __proto__x: 'b', Other: 'c' });
    expect(entry(file, id('masks/a_mask.tif')).columns).toEqual({ Note: 'a', __proto__x: 'b' });
  });

  it('goes back to following path and pair when emptied, and follows a renamed image', async () => {
    editEntries(file, [id('masks/a_mask.tif')], { remotePath: 'x/y.tif', sourceImage: 'S-BIAD1/a.tif' });
    expect(entry(file, id('masks/a_mask.tif'))).toMatchObject({
      remotePath: 'x/y.tif',
      sourceImage: 'S-BIAD1/a.tif',
    });
    editEntries(file, [id('masks/a_mask.tif')], { remotePath: '', sourceImage: '' });
    editEntries(file, [id('images/a.tif')], { remotePath: 'set/images/A.tif' });
    expect(entry(file, id('masks/a_mask.tif'))).toMatchObject({
      remotePath: 'set/masks/a_mask.tif',
      sourceImage: 'set/images/A.tif',
    });
  });

  it('refuses one path for many files and a block that is not there, and then changes nothing', async () => {
    expect(() => editEntries(file, { kind: 'mask' }, { remotePath: 'same.tif' })).toThrow(
      '2 files cannot have the same path',
    );
    expect(() => editEntries(file, { kind: 'mask' }, { annotationBlock: 'nowhere' })).toThrow(
      'no such annotation',
    );
    expect(undo(file)).toBeNull();
  });

  it('changes each entry in its own way as one step', async () => {
    const edits = ['masks/a_mask.tif', 'masks/z.tif'].map((path) => ({
      entryId: id(path),
      edit: { remotePath: `new/${path}` },
    }));
    expect(editEachEntry(file, 'Rename 2 files', edits)).toBe(2);
    expect((await page({ filter: { kind: 'mask' } })).rows.map(({ remotePath }) => remotePath)).toEqual([
      'new/masks/a_mask.tif',
      'new/masks/z.tif',
    ]);
    expect(undo(file)).toBe('Rename 2 files');
    expect(entry(file, id('masks/z.tif')).remotePath).toBe('set/masks/z.tif');
  });

  it('notes that the findings are out of date', async () => {
    file.run("UPDATE submission SET checked_at = 'now'");
    editEntries(file, { kind: 'mask' }, { annotationType: 'tracks' });
    expect(file.get('SELECT checked_at FROM submission')).toEqual({ checked_at: null });
  });
});

describe('what is sent', () => {
  it('comes in path order with its block, and is summed up the same', async () => {
    const block = metadataOf(file).annotations?.[0]?.id;
    const sendables = [...eachSendable(file)];
    expect(
      sendables.map(({ path, annotationBlock, localPath }) => [path, annotationBlock, localPath]),
    ).toEqual([
      ['masks/a_mask.tif', block, '/data/set/masks/a_mask.tif'],
      ['masks/z.tif', block, '/data/set/masks/z.tif'],
      ['sizes.csv', block, '/data/set/sizes.csv'],
    ]);
  });

  it('may be journalled while it is read', async () => {
    for (const { id: entryId, remotePath } of eachSendable(file)) {
      file.run(
        "INSERT INTO transfer_file (entry_id, remote_path, local_path, size, modified_ms) VALUES (?, ?, '', 1, 1)",
        entryId,
        remotePath,
      );
    }
    expect(file.get('SELECT count(*) AS n FROM transfer_file')).toEqual({ n: 3 });
  });
});
