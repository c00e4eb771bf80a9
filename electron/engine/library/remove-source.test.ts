import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editEntries } from './entries.ts';
import { mendHistory, redoInSlices, undoInSlices } from './history-in-slices.ts';
import { addSource, bringBackSource, removeSource } from './sources.ts';
import { SubmissionFile } from './submission-file.ts';
import { newSubmissionFile, temporaryFolder, writeIndex } from './test-support.ts';

/** So many that writing them takes several turns, also on a quick computer. */
const many = 12_000;

let folder: string;
let data: string;
let remove: () => void;
let file: SubmissionFile;
let id: number;
beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
  data = join(folder, 'data');
  mkdirSync(data);
  file = newSubmissionFile(folder);
  id = addSource(file, data).id;
  file.transaction(() => {
    writeIndex(file, { 'kept.tif': 'image' }, '/data/other');
    const names = Array.from({ length: many }, (_, at) => [`${at}.tif`, at % 2 ? 'mask' : 'image'] as const);
    writeIndex(file, Object.fromEntries(names), data);
    file.run(
      `INSERT INTO pair (image_entry_id, mask_entry_id, by) SELECT a.id, a.id + 1, 'x' FROM entry a
       WHERE source_id = ? AND kind = 'image'`,
      id,
    );
    file.run("UPDATE source SET state = 'scanned'");
  });
  editEntries(file, { kind: 'mask' }, { annotationType: 'tracks', columns: { Dye: 'DAPI' } });
});
afterEach(() => {
  file.close();
  remove();
});

const state = (of = file) =>
  ['source', 'entry', 'pair'].map((table) => of.all(`SELECT * FROM ${table} ORDER BY id`));
const paths = () => file.all<{ path: string }>('SELECT path FROM entry').map(({ path }) => path);

describe('a large folder', () => {
  it('leaves and comes back while others are served', async () => {
    const before = state();
    let turns = 0;
    const removing = removeSource(file, id);
    const counting = (async () => {
      for (let left = many; left > 0; turns++) {
        await setImmediate();
        left = file.get<{ n: number }>('SELECT count(*) AS n FROM entry WHERE source_id = ?', id)?.n ?? 0;
      }
    })();
    await removing;
    await counting;
    expect(turns).toBeGreaterThan(1);
    expect(paths()).toEqual(['kept.tif']);
    const after = state();
    expect(await undoInSlices(file)).toBe('Remove folder data');
    expect(state()).toEqual(before);
    await redoInSlices(file);
    expect(state()).toEqual(after);
    await bringBackSource(file, data);
    expect(addSource(file, data)).toMatchObject({ id, state: 'scanned' });
    expect(state()).toEqual(before);
    // What the folder's removal was is forgotten: undo goes on with what was before it.
    expect(await undoInSlices(file)).toMatch(/^Change the annotation type/);
  });

  it.each(['removing it', 'bringing it back', 'removing it again'])(
    'is whole after a kill while %s',
    async (what) => {
      const before = state();
      if (what !== 'removing it') await removeSource(file, id);
      const gone = state();
      if (what === 'removing it again') await undoInSlices(file);
      const work =
        what === 'removing it'
          ? removeSource(file, id)
          : what === 'bringing it back'
            ? undoInSlices(file)
            : redoInSlices(file);
      // As a kill leaves it: a copy of the file while it is half done.
      let isDone = false;
      const ending = work.finally(() => {
        isDone = true;
      });
      const left = () => file.get<{ n: number }>('SELECT count(*) AS n FROM entry')?.n ?? 0;
      while (!isDone && (left() === 1 || left() > many)) await setImmediate();
      expect(isDone).toBe(false);
      const killed = join(folder, 'killed.slipway');
      for (const tail of ['', '-wal']) copyFileSync(file.path + tail, killed + tail);
      await ending;
      const found = SubmissionFile.open(killed);
      try {
        mendHistory(found);
        expect(state(found)).toEqual(what === 'removing it again' ? gone : before);
      } finally {
        found.close();
      }
    },
  );
});
