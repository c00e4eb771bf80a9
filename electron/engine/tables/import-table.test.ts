import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cellColumn } from '../../../shared/model/list-column.ts';
import type { ImportMode, TableFormat } from '../../../shared/model/table.ts';
import { addColumn } from '../library/column-changes.ts';
import { editEachEntry } from '../library/entries.ts';
import { undoInSlices } from '../library/history-in-slices.ts';
import { freeTitles } from '../library/list-columns.ts';
import { joinPair } from '../library/pairs.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { newSubmissionFile, temporaryFolder, writeIndex } from '../library/test-support.ts';
import { exportReport, exportTable } from './export-table.ts';
import { importTable } from './import-table.ts';
import { previewTable } from './preview-table.ts';
import { reportPage } from './table-report.ts';

let folder: string;
let remove: () => void;
let file: SubmissionFile;
beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
  file = newSubmissionFile(folder);
});
afterEach(() => {
  file.close();
  remove();
});

const mode: ImportMode = { cells: 'overwrite', empty: 'keep' };
const calm = () => ({ signal: new AbortController().signal, progress: () => {} });
const rows = () => file.all('SELECT * FROM entry ORDER BY id');
const table = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const look = (path: string, more = {}) => previewTable(file, path, { mode, ...calm(), ...more });
/** Takes a table over as it is guessed to be meant. */
async function take(path: string, how = mode) {
  const { mapping } = await look(path);
  return await importTable(file, path, { mapping, mode: how, ...calm() });
}
const report = (what?: 'unmatched' | 'ambiguous' | 'repeated' | 'refused' | 'loosely' | 'cleaned') =>
  reportPage(file, { what, offset: 0, limit: 100 }).rows;
const cells = (path: string) =>
  file.get<{ columns: string }>('SELECT columns FROM entry WHERE path = ?', path)?.columns;

describe('a table that was exported', () => {
  it('changes nothing when it is imported, whatever stands in the cells', async () => {
    writeIndex(
      file,
      { 'a.png': 'image', 'b.tif': 'mask', 'x/b.tif': 'mask', '=1+1.tif': 'mask' },
      '/data/set',
    );
    writeIndex(file, { 'b.tif': 'mask', 'Größe\tµ.tif': 'table', 'a  b.tif': 'mask' }, '/data/more');
    joinPair(file, 1, 2);
    const value = fc.oneof(
      fc.string({
        unit: fc.constantFrom('a', '"', '\t', '\n', '\r', ';', '=', ' ', '\u200B', 'é', '0', '.'),
      }),
      fc.constantFrom('007', '1.0', '=SUM(A1)', '2026-11-20', 'TRUE', '1e5', "'x"),
    );
    const edits = fc.array(
      fc.record({
        entryId: fc.integer({ min: 1, max: 7 }),
        edit: fc.record(
          {
            columns: fc.dictionary(fc.constantFrom('Dose', 'x y', 'Transformations', '=z'), value),
            sourceImage: value,
            annotationType: fc.constantFrom('tracks', 'wrong', ''),
          },
          { requiredKeys: ['columns'] },
        ),
      }),
      { maxLength: 10 },
    );
    await fc.assert(
      fc.asyncProperty(
        edits,
        fc.constantFrom<TableFormat>('tsv', 'csv', 'xlsx'),
        fc.constantFrom<ImportMode['empty']>('keep', 'clear'),
        async (all, format, empty) => {
          editEachEntry(file, 'Test', all);
          const before = rows();
          const path = join(folder, `table.${format}`);
          expect(await exportTable(file, path, { format, filter: {}, ...calm() })).toBe(7);
          const { counts, mapping } = await look(path, { mode: { ...mode, empty } });
          expect(counts).toMatchObject({ rows: 7, matched: 7, loosely: 0, changedCells: 0, refused: 0 });
          expect(mapping).toMatchObject({ headerRow: 1, pathColumn: 0 });
          await importTable(file, path, { mapping, mode: { ...mode, empty }, ...calm() });
          expect(rows()).toEqual(before);
        },
      ),
      // Each run starts threads.
      { numRuns: 8 },
    );
  });

  it('has the rows and columns asked for, numbers as numbers, and no file is there before it is whole', async () => {
    writeIndex(file, { 'a.png': 'image', 'b.tif': 'mask' });
    const path = join(folder, 't.tsv');
    const options = {
      format: 'tsv',
      filter: { kind: 'mask' },
      columns: ['name', 'size', 'send', 'kind'],
    } as const;
    writeFileSync(`${path}.part`, 'mine');
    await exportTable(file, path, { ...options, ...calm() });
    expect(readFileSync(`${path}.part`, 'utf8')).toBe('mine');
    expect(readFileSync(path, 'utf8')).toBe('Name\tSize\tSend\tKind\nb.tif\t5\tyes\tmask\n');
    const stopped = { signal: AbortSignal.abort(), progress: () => {} };
    const never = join(folder, 'never.xlsx');
    await expect(exportTable(file, never, { ...options, format: 'xlsx', ...stopped })).rejects.toThrow();
    await expect(
      exportTable(file, join(folder, 'no', 'x.tsv'), { ...options, ...calm() }),
    ).rejects.toMatchObject({
      code: 'table-not-written',
    });
    expect(() => readFileSync(never)).toThrow();
  });
});

describe('a table that is imported', () => {
  const content = [
    'exported by hand\t\t',
    'File name\tDose\tAnnotation type\tSize\tFiles\t',
    'b.tif\t5 mg\tsegmentation mask\t12\t\tlost',
    'MORE/C.TIF\t\t tracks\t\t\t',
    'f.tif\t7\toutline\t\t\t',
    'd.tif\t1\t\t\t\t',
    'b.tif\t9\t\t\t\t',
    'b1.tif\t9\t\t\t\t',
    '\t3\t\t\t\t',
    '\t\t\t\t\t',
    'more/e.tif\t a\u200Bb \t\t\t\t',
  ].join('\r\n');

  beforeEach(() => {
    writeIndex(file, {
      ...{ 'b.tif': 'mask', 'more/c.tif': 'mask', 'p/d.tif': 'mask', 'q/d.tif': 'mask' },
      ...{ 'more/e.tif': 'mask', 'more/f.tif': 'mask' },
    });
  });

  it('writes the cells of the files it names, makes its new columns, and tells of every row that it could not', async () => {
    const path = table('t.txt', content);
    const preview = await look(path);
    expect(preview.mapping).toEqual({
      ...{ sheet: null, headerRow: 2, pathColumn: 0 },
      columns: [
        { from: 1, to: { newColumn: 'Dose' } },
        { from: 2, to: { column: 'cell:Annotation Type' } },
      ],
    });
    expect(preview.columns.map(({ header, trouble }) => [header, trouble !== ''])).toEqual([
      ...[
        ['File name', false],
        ['Dose', false],
        ['Annotation type', false],
        ['Size', true],
        ['Files', true],
      ],
      ['', true],
    ]);
    const wanted = {
      ...{ rows: 8, matched: 4, unmatched: 2, ambiguous: 1, repeated: 1, loosely: 2, refused: 1, cleaned: 1 },
      ...{ changedCells: 5, changedEntries: 4 },
    };
    expect(preview.counts).toEqual(wanted);
    expect(freeTitles(file)).toEqual([]);
    const before = rows();
    expect(await take(path)).toEqual(wanted);
    expect([cells('b.tif'), cells('more/f.tif'), cells('more/e.tif'), cells('p/d.tif')]).toEqual([
      '{"Dose":"5 mg"}',
      '{"Dose":"7"}',
      '{"Dose":"ab"}',
      '{}',
    ]);
    expect(freeTitles(file)).toEqual(['Dose']);
    expect(await undoInSlices(file)).toBe('Import 5 cells of 4 files');
    expect(rows()).toEqual(before);
    expect(freeTitles(file)).toEqual([]);
  });

  it('has a report that can be read page by page and kept', async () => {
    await look(table('t.txt', content));
    expect(report('unmatched').map(({ row, path, near }) => [row, path, near])).toEqual([
      [8, 'b1.tif', ['set/b.tif']],
      [9, '', []],
    ]);
    expect(report('ambiguous')).toEqual([
      expect.objectContaining({
        row: 6,
        reason: '2 files may be meant.',
        near: ['set/p/d.tif', 'set/q/d.tif'],
      }),
    ]);
    expect(report('repeated')[0]?.reason).toBe('Row 3 is about the same file.');
    expect(report('refused')[0]).toMatchObject({ row: 5, column: 'Annotation Type', value: 'outline' });
    expect(await exportReport(file, join(folder, 'report.tsv'), calm())).toBe(report().length);
    const [head, first] = readFileSync(join(folder, 'report.tsv'), 'utf8').split('\n');
    expect(head).toBe('Row\tWhat\tPath\tColumn\tValue\tReason\tNearest');
    expect(first).toBe(
      '4\tloosely\tMORE/C.TIF\t\t\tThe path is written otherwise; only this file fits.\tset/more/c.tif',
    );
  });

  it('fills only what is empty, or empties too, when asked to', async () => {
    addColumn(file, 'Dose');
    editEachEntry(file, 'x', [{ entryId: 1, edit: { columns: { Dose: 'old' } } }]);
    const path = table('t.tsv', 'Path\tDose\nb.tif\tnew\nmore/c.tif\tnew\n');
    await take(path, { cells: 'only-empty', empty: 'keep' });
    expect([cells('b.tif'), cells('more/c.tif')]).toEqual(['{"Dose":"old"}', '{"Dose":"new"}']);
    await take(table('e.tsv', 'Path\tDose\nb.tif\t\n'));
    expect(cells('b.tif')).toBe('{"Dose":"old"}');
    await take(table('e.tsv', 'Path\tDose\nb.tif\t \n'), { cells: 'overwrite', empty: 'clear' });
    expect(cells('b.tif')).toBe('{}');
  });

  it.each([
    ['UTF-8', 'tab', Buffer.from('Path\tµ\nb.tif\t1 µm\n')],
    ['UTF-8', 'semicolon', Buffer.from('\uFEFFsep=;\r\nPath;µ\r\nb.tif;"1 µm"\r\n')],
    ['UTF-16', 'tab', Buffer.from('\uFEFFPath\tµ\r\nb.tif\t1 µm\r\n', 'utf16le')],
    ['Windows-1252', 'comma', Buffer.from('Path,µ\r\nb.tif,1 µm\r\n', 'latin1')],
  ])('is read in %s with %s', async (encoding, separator, bytes) => {
    const { shape } = await look(table('t', bytes));
    expect(shape).toMatchObject({ encoding, separator });
    expect(shape.notices.length).toBe(encoding === 'Windows-1252' ? 1 : 0);
    await take(join(folder, 't'));
    expect(cells('b.tif')).toBe('{"µ":"1 µm"}');
  });

  it('is refused with a reason when it is none', async () => {
    for (const [name, bytes] of [
      ['empty', ''],
      ['old.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
      ['zip.xlsx', Buffer.from('504b030400000000', 'hex')],
      ['binary', Buffer.from([1, 2, 0, 0, 0, 3, 0])],
    ] as const) {
      await expect(look(table(name, bytes)), name).rejects.toMatchObject({ code: 'unreadable-table' });
    }
    await expect(look(join(folder, 'nowhere.tsv'))).rejects.toThrow();
  });

  it('changes nothing when it is stopped', async () => {
    const many = Array.from({ length: 3000 }, (_, at) => [`m/${at}.tif`, 'mask'] as const);
    file.transaction(() => writeIndex(file, Object.fromEntries(many)));
    const path = table('t.tsv', `Path\tDose\n${many.map(([name]) => `${name}\t1\n`).join('')}`);
    const before = rows();
    const { mapping } = await look(path);
    const stop = new AbortController();
    const progress = ({ now, done }: { now: string; done: number }) => {
      if (now === 'Writing the cells' && done >= 1000) stop.abort();
    };
    const run = importTable(file, path, { mapping, mode, signal: stop.signal, progress });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect(rows()).toEqual(before);
    expect(freeTitles(file)).toEqual([]);
  });

  it('cannot write two columns into one, nor one that follows from the file', async () => {
    const path = table('t.tsv', content);
    const to = { column: cellColumn('Annotation Type') };
    const twice = {
      sheet: null,
      headerRow: 1,
      pathColumn: 0,
      columns: [
        { from: 1, to },
        { from: 2, to },
      ],
    };
    for (const mapping of [twice, { ...twice, columns: [{ from: 1, to: { column: 'size' as const } }] }]) {
      await expect(importTable(file, path, { mapping, mode, ...calm() })).rejects.toMatchObject({
        code: 'wrong-mapping',
      });
    }
  });
});
