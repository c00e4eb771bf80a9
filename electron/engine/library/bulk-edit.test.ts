import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EntryEdit } from '../../../shared/model/entry.ts';
import { setField } from './description.ts';
import { editAnyEntries, editEntries } from './entries.ts';
import { redo, undo } from './history.ts';
import { changeEntriesInSlices, mendHistory, redoInSlices, undoInSlices } from './history-in-slices.ts';
import { metadataOf } from './metadata-document.ts';
import type { SubmissionFile } from './submission-file.ts';
import { newSubmissionFile, temporaryFolder, writeIndex } from './test-support.ts';

const many = 3500;
let remove: () => void;
let file: SubmissionFile;
beforeEach(() => {
  const made = temporaryFolder();
  remove = made.remove;
  file = newSubmissionFile(made.folder);
  const kinds = ['image', 'mask', 'mask', 'table'] as const;
  const names = Array.from({ length: many }, (_, at) => [`f${at}.tif`, kinds[at % 4] ?? 'other'] as const);
  file.transaction(() => writeIndex(file, Object.fromEntries(names)));
});
afterEach(() => {
  file.close();
  remove();
});

const rows = () => file.all('SELECT * FROM entry ORDER BY id');
const titleField = () => {
  const block = metadataOf(file).study?.[0]?.id ?? '';
  return { section: 'study', block, field: 'title' };
};

describe('an edit of many files', () => {
  it('comes to what a plain edit comes to, and so do undoing and doing it again', async () => {
    const target = fc.oneof(
      fc.constantFrom({}, { kind: 'mask' as const }, { text: '1' }, { filter: {}, except: [1, 2, 77] }),
      fc.array(fc.integer({ min: 1, max: many + 9 }), { minLength: 1001, maxLength: 1500 }),
    );
    const edit = fc.constantFrom<EntryEdit>(
      { kind: 'other' },
      { send: false, annotationType: 'tracks' },
      { columns: { Dose: '5', Note: '' } },
      { sourceImage: '' },
    );
    await fc.assert(
      fc.asyncProperty(target, edit, async (entries, what) => {
        const before = rows();
        const count = editEntries(file, entries, what);
        const wanted = rows();
        const hadStep = undo(file) !== null;
        expect(rows()).toEqual(before);
        expect(await editAnyEntries(file, entries, what)).toBe(count);
        expect(rows()).toEqual(wanted);
        expect((await undoInSlices(file)) !== null).toBe(hadStep);
        expect(rows()).toEqual(before);
        expect((await redoInSlices(file)) !== null).toBe(hadStep);
        expect(rows()).toEqual(wanted);
        await undoInSlices(file);
        expect(rows()).toEqual(before);
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  it('is one step with its title, and waits its turn', async () => {
    const [sent, left, undone] = await Promise.all([
      editAnyEntries(file, { kind: 'mask' }, { send: false }),
      editAnyEntries(file, {}, { annotationType: 'tracks' }),
      undoInSlices(file),
    ]);
    expect([sent, left, undone]).toEqual([1750, many, 'Change the annotation type of 3,500 files']);
    expect(undo(file)).toBe('Leave out 1,750 files');
    expect(undo(file)).toBeNull();
    expect(redo(file)).toBe('Leave out 1,750 files');
  });

  it('lets what is typed meanwhile stand, as a step of its own', async () => {
    const editing = editAnyEntries(file, {}, { send: false });
    while (!file.get('SELECT 1 FROM change')) await setImmediate();
    setField(file, { ...titleField(), value: 'Typed' });
    await editing;
    expect(undo(file)).not.toContain('Leave out');
    expect(metadataOf(file).study?.[0]?.values.title).not.toBe('Typed');
    expect(undo(file)).toBe('Leave out 3,500 files');
  });

  it('refuses what a plain edit refuses, and then changes nothing', async () => {
    const before = rows();
    await expect(editAnyEntries(file, {}, { remotePath: 'same.tif' })).rejects.toMatchObject({
      code: 'one-path-many-files',
    });
    await expect(editAnyEntries(file, {}, { annotationBlock: 'none' })).rejects.toMatchObject({
      code: 'unknown-block',
    });
    expect(rows()).toEqual(before);
    expect(undo(file)).toBeNull();
  });

  it('is taken back when it fails half-way', async () => {
    const before = rows();
    const ids = Uint32Array.from({ length: many }, (_, at) => at + 1);
    let slices = 0;
    const failing = changeEntriesInSlices(file, 'Half', ids, ['send_chosen'], (where, some) => {
      if (++slices === 3) throw new Error('disk full');
      file.run(`UPDATE entry SET send_chosen = 0 WHERE ${where}`, some);
    });
    await expect(failing).rejects.toThrow('disk full');
    expect(slices).toBe(3);
    expect(rows()).toEqual(before);
    expect(undo(file)).toBeNull();
    expect(redo(file)).toBeNull();
  });

  it.each(['edit', 'before', 'after'] as const)('is whole again after a kill in %s', async (writing) => {
    const before = rows();
    await editAnyEntries(file, {}, { send: false });
    const after = rows();
    if (writing === 'after') await undoInSlices(file);
    // As a kill leaves it: some rows on one side, some on the other.
    file.run('UPDATE entry SET send_chosen = iif(id % 2 = 0, 0, NULL)');
    file.run('UPDATE change SET writing = ?', writing);
    mendHistory(file);
    expect(rows()).toEqual(writing === 'after' ? after : before);
    expect(redo(file)).toBe(writing === 'before' ? 'Leave out 3,500 files' : null);
  });

  it('forgets large changes some steps at a time', async () => {
    await editAnyEntries(file, {}, { send: false });
    await undoInSlices(file);
    for (const value of ['a', 'b', 'c']) {
      setField(file, { ...titleField(), value });
      expect(redo(file)).toBeNull();
    }
    file.run("UPDATE change SET merge_key = ''");
    setField(file, { ...titleField(), value: 'd' });
    expect(file.get("SELECT count(*) AS n FROM change_step WHERE table_name = 'entry'")).toEqual({ n: 0 });
  });
});
