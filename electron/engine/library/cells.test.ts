import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ColumnKey, cellColumn } from '../../../shared/model/list-column.ts';
import { delimitedRows } from '../../../shared/rules/delimited-text.ts';
import { CellChanges } from './cell-changes.ts';
import { cellReader } from './cell-texts.ts';
import { copyCells, fillCells, pasteCells, setCell } from './cells.ts';
import { addColumn, orderColumns, removeColumn, renameColumn, showColumn } from './column-changes.ts';
import { editEntries } from './entries.ts';
import { redo, undo } from './history.ts';
import { redoInSlices, undoInSlices } from './history-in-slices.ts';
import { freeTitles, listColumns } from './list-columns.ts';
import { joinPair } from './pairs.ts';
import type { SubmissionFile } from './submission-file.ts';
import { newSubmissionFile, temporaryFolder, writeIndex } from './test-support.ts';

let remove: () => void;
let file: SubmissionFile;
beforeEach(() => {
  const made = temporaryFolder();
  remove = made.remove;
  file = newSubmissionFile(made.folder);
});
afterEach(() => {
  file.close();
  remove();
});

const dose = cellColumn('Dose');
const type = cellColumn('Annotation Type');
const source = cellColumn('Source Image');
const rows = () => file.all('SELECT * FROM entry ORDER BY id');
const columnRows = () => file.all('SELECT * FROM free_column ORDER BY number');
const names = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`m/${String(at).padStart(5, '0')}.tif`, 'mask' as const]),
  );
const texts = (keys: ColumnKey[]) => {
  const ids = file.all<{ id: number }>('SELECT id FROM entry ORDER BY path').map(({ id }) => id);
  return cellReader(file, keys)(ids).map(({ cells }) => cells);
};

describe('columns of the file list', () => {
  it('are those of the destination and free ones, in an order of one’s own', () => {
    expect(listColumns(file).find(({ key }) => key === type)?.vocabulary).toHaveLength(11);
    addColumn(file, ' Dose ');
    orderColumns(file, [dose, 'path']);
    showColumn(file, dose, { width: 120.4 });
    showColumn(file, source, { hidden: true });
    const columns = listColumns(file);
    expect(columns.slice(0, 3).map(({ key }) => key)).toEqual([dose, 'path', 'name']);
    expect(columns[0]).toMatchObject({ kind: 'free', level: 'optional', width: 120, hidden: false });
    expect(columns.find(({ key }) => key === source)).toMatchObject({ hidden: true, level: 'required' });
    undo(file);
    expect(freeTitles(file)).toEqual([]);
    redo(file);
    expect(listColumns(file)[0]?.key).toBe(dose);
  });

  it.each(['', '\t', 'Files', 'SOURCE_IMAGE', 'dose'])('cannot be called %j', (title) => {
    addColumn(file, 'Dose');
    expect(() => addColumn(file, title)).toThrow(expect.objectContaining({ code: 'column-name' }));
  });

  it('are known as soon as a cell stands in them', () => {
    const ids = writeIndex(file, names(2));
    editEntries(file, Object.values(ids), { columns: { Zoo: 'x' } });
    expect(freeTitles(file)).toEqual(['Zoo']);
  });

  it('are renamed and taken away with all their cells, and come back', async () => {
    file.transaction(() => writeIndex(file, names(2500)));
    addColumn(file, 'Dose');
    addColumn(file, 'a"b$.c');
    await fillCells(file, {}, dose, { value: '5' });
    await fillCells(file, { text: '00001' }, cellColumn('a"b$.c'), { value: 'x' });
    const before = [rows(), columnRows()];
    await renameColumn(file, dose, 'Dose (mg)');
    expect(texts([cellColumn('Dose (mg)'), dose])[0]).toEqual(['5', '']);
    await renameColumn(file, cellColumn('a"b$.c'), 'plain');
    expect(texts([cellColumn('plain')])[1]).toEqual(['x']);
    expect(await removeColumn(file, cellColumn('Dose (mg)'))).toBe(2500);
    expect(freeTitles(file)).toEqual(['plain']);
    expect(file.get('SELECT count(*) AS n FROM entry WHERE columns LIKE ?', '%Dose%')).toEqual({ n: 0 });
    for (let at = 0; at < 3; at++) await undoInSlices(file);
    expect([rows(), columnRows()]).toEqual(before);
    for (let at = 0; at < 3; at++) await redoInSlices(file);
    expect(freeTitles(file)).toEqual(['plain']);
  });

  it('stay whole when taking away is stopped half-way', async () => {
    file.transaction(() => writeIndex(file, names(2500)));
    addColumn(file, 'Dose');
    await fillCells(file, {}, dose, { value: '5' });
    const before = [rows(), columnRows()];
    const stop = new AbortController();
    const removal = removeColumn(file, dose, {
      signal: stop.signal,
      progress: (done) => done >= 1000 && stop.abort(),
    });
    await expect(removal).rejects.toMatchObject({ name: 'AbortError' });
    expect([rows(), columnRows()]).toEqual(before);
  });
});

describe('cells', () => {
  it('are set by the word that is meant, or refused with the reason', async () => {
    const [id = 0] = Object.values(writeIndex(file, names(1)));
    addColumn(file, 'Dose');
    expect(await setCell(file, id, type, 'Segmentation Masks')).toEqual({
      value: 'segmentation_mask',
      cleaned: false,
    });
    expect(await setCell(file, id, dose, ' 5\u200B\nmg ')).toEqual({ value: '5 mg', cleaned: true });
    expect(await setCell(file, id, dose, 'a  b')).toEqual({ value: 'a  b', cleaned: false });
    expect((await setCell(file, id, 'kind', 'IMAGE')).value).toBe('image');
    expect((await setCell(file, id, 'send', 'No')).value).toBe('no');
    for (const [key, value] of [
      [type, 'outline'],
      ['kind', ''],
      ['send', 'maybe'],
      ['size', '5'],
    ] as const) {
      await expect(setCell(file, id, key, value)).rejects.toMatchObject({ code: 'refused-cell' });
    }
    expect(texts(['kind', 'send', type, dose])).toEqual([['image', 'no', 'segmentation_mask', 'a  b']]);
    await setCell(file, id, dose, '');
    expect(texts([dose])).toEqual([['']]);
  });

  it('are filled down from another file, a source image that follows the pair included', async () => {
    const ids = writeIndex(file, { 'a.png': 'image', 'b.tif': 'mask', 'c.tif': 'mask' });
    joinPair(file, ids['a.png'] ?? 0, ids['b.tif'] ?? 0);
    const filled = await fillCells(file, [ids['c.tif'] ?? 0], source, { fromEntryId: ids['b.tif'] ?? 0 });
    expect(filled).toEqual({ changed: 1, value: 'set/a.png' });
    expect(texts([source])).toEqual([[''], ['set/a.png'], ['set/a.png']]);
  });

  it('of an item are those of all its files, but for files of which something is said themselves', async () => {
    const ids = writeIndex(file, { 't0.tif': 'mask', 't1.tif': 'mask', 't2.tif': 'mask', 'x.tif': 'mask' });
    const [lead = 0, other = 0] = Object.values(ids);
    file.run("UPDATE entry SET item_id = ? WHERE name LIKE 't%'", lead);
    addColumn(file, 'Dose');
    await setCell(file, lead, dose, '1');
    expect(texts([dose])).toEqual([['1'], ['1'], ['1'], ['']]);
    const changes = new CellChanges(file, 'import');
    changes.add([
      { entryId: lead, edit: { columns: { Dose: '2' }, sourceImage: 'a.png' } },
      { entryId: other, edit: { columns: { Dose: '3' } } },
    ]);
    await changes.apply('Test');
    expect(texts([dose, source])).toEqual([
      ['2', 'a.png'],
      ['3', ''],
      ['2', 'a.png'],
      ['', ''],
    ]);
    await undoInSlices(file);
    expect(texts([dose])).toEqual([['1'], ['1'], ['1'], ['']]);
  });

  it('pasted and undone are as they were, whatever is pasted', async () => {
    file.transaction(() => writeIndex(file, { ...names(1200), 'x.png': 'image' }));
    addColumn(file, 'Dose');
    const cell = fc.oneof(
      fc.constantFrom('', 'tracks', 'Tracks', 'image', 'yes', 'no', 'a\tb', ' x '),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    const keys = fc.subarray<ColumnKey>([dose, type, source, 'kind', 'send', 'remotePath', 'path'], {
      minLength: 1,
    });
    const block = fc.array(fc.array(cell, { maxLength: 4 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        keys,
        block,
        fc.nat(1205),
        fc.integer({ min: 1, max: 400 }),
        async (columns, few, offset, times) => {
          const before = rows();
          const pasted = Array.from({ length: times }, () => few).flat();
          const told = await pasteCells(file, { filter: {}, offset }, columns, pasted);
          expect(told.rowsLeftOver).toBe(pasted.length - Math.min(pasted.length, Math.max(0, 1201 - offset)));
          const after = rows();
          // A paste that changed nothing is no step: undo would take back what was before it.
          if (told.changedCells > 0) {
            expect(await undoInSlices(file)).toMatch(/^Paste /);
            expect(rows()).toEqual(before);
            await redoInSlices(file);
            expect(rows()).toEqual(after);
            await undoInSlices(file);
          } else {
            expect(after).toEqual(before);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('copied can be pasted again, and then say the same', async () => {
    file.transaction(() => writeIndex(file, names(30)));
    addColumn(file, 'Dose');
    const values = Array.from({ length: 30 }, (_, at) => [`${at} "mg"`, at % 2 ? 'tracks' : '']);
    await pasteCells(file, { filter: {}, offset: 0 }, [dose, type], values);
    const before = rows();
    const copied = await copyCells(file, { filter: {}, offset: 10, count: 100 }, [dose, type], false);
    expect(copied.rows).toBe(20);
    const block = delimitedRows(copied.text);
    expect(block).toEqual(values.slice(10));
    const told = await pasteCells(file, { filter: {}, offset: 10 }, [dose, type], block);
    expect(told).toMatchObject({ changedCells: 0, changedEntries: 0, refusedCells: 0 });
    expect(rows()).toEqual(before);
    const picked = await copyCells(
      file,
      { entries: [3, 1], sort: { by: 'path', descending: true } },
      ['name', dose],
      true,
    );
    expect(picked.text).toBe('Name\tDose\n00002.tif\t2 "mg"\n00000.tif\t0 "mg"\n');
  });
});
