import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { biaAnnotations } from '../../../../shared/destinations/bia-annotations.ts';
import type { FileListRow, FileListRows } from '../file-list-rows.ts';
import { fileListText, writeFileList } from './file-list.ts';

const { columns } = biaAnnotations.fileList;
const row = (file: string, more: Partial<FileListRow> = {}): FileListRow => ({
  path: file,
  annotationType: 'segmentation_mask',
  sourceImage: 'images/a.tif',
  columns: {},
  ...more,
});
/** Rows in batches of two, so that lists have several. */
const listOf = (rows: readonly FileListRow[]): FileListRows => ({
  headers: () =>
    rows.flatMap(({ columns }) => Object.keys(columns).filter((header) => columns[header]?.trim() !== '')),
  *batches() {
    for (let from = 0; from < rows.length; from += 2) yield rows.slice(from, from + 2);
  },
});
const text = async (rows: readonly FileListRow[]) => {
  let all = '';
  for await (const piece of fileListText(listOf(rows), columns)) all += piece;
  return all;
};

describe('file list (BioStudies backend, file-list reader; BIA file-list guide)', () => {
  it('begins with Files and always has type and source', async () => {
    expect(await text([row('s/a.tif')])).toBe(
      'Files\tAnnotation Type\tSource Image\ns/a.tif\tsegmentation_mask\timages/a.tif\n',
    );
  });

  it('has further columns only when a row uses them, the archive’s first', async () => {
    const rows = [
      row('a.tif', { columns: { Zoo: 'z', Transformations: ' ' } }),
      row('b.tif', { columns: { 'Annotation Creation Time': '2026-11-20', Dose: '5' } }),
    ];
    expect(await text(rows)).toBe(
      [
        'Files\tAnnotation Type\tSource Image\tAnnotation Creation Time\tDose\tZoo',
        'a.tif\tsegmentation_mask\timages/a.tif\t\t\tz',
        'b.tif\tsegmentation_mask\timages/a.tif\t2026-11-20\t5',
        '',
      ].join('\n'),
    );
  });

  it('refuses what would break a row apart', async () => {
    await expect(text([row('a.tif'), row('b.tif', { sourceImage: 'x\ty' })])).rejects.toMatchObject({
      code: 'file-list-cell',
      message: expect.stringMatching(/Row 2.*Source Image/),
    });
    await expect(text([row('a\nb')])).rejects.toMatchObject({ code: 'file-list-cell' });
    await expect(text([row(' ')])).rejects.toMatchObject({ code: 'file-list-cell' });
    await expect(text([])).rejects.toMatchObject({ code: 'empty-file-list' });
  });

  it.each(['files', 'SOURCE_IMAGE', 'source image association', ' ', 'a\tb'])(
    'refuses a column %j',
    async (header) => {
      await expect(text([row('a.tif', { columns: { [header]: 'x' } })])).rejects.toMatchObject({
        code: 'file-list-column',
      });
    },
  );

  it('refuses columns without end', async () => {
    const many = Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`c${at}`, 'x']));
    await expect(text([row('a.tif', { columns: many })])).rejects.toMatchObject({ code: 'file-list-column' });
  });

  it('reads back as it was written, by the archive’s plain splitting', async () => {
    const cell = fc.string({ unit: fc.constantFrom(...'ab"\'# é\u00a0,') });
    const header = fc.constantFrom('Dose', 'Transformations', 'Spatial Information', 'x y');
    const rows = fc.array(
      fc.record({
        path: fc.string({ unit: fc.constantFrom(...'ab/"#'), minLength: 1 }),
        annotationType: cell,
        sourceImage: cell,
        columns: fc.dictionary(header, cell),
      }),
      { minLength: 1 },
    );
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        const [head = '', ...lines] = (await text(all)).slice(0, -1).split('\n');
        const headers = head.split('\t');
        expect(headers[0]).toBe('Files');
        expect(head).toBe(head.trim());
        expect(lines).toHaveLength(all.length);
        for (const [at, one] of all.entries()) {
          const cells = (lines[at] ?? '').split('\t');
          const read = Object.fromEntries(headers.map((name, column) => [name, cells[column] ?? '']));
          const used = Object.entries(one.columns).filter(([, value]) => value.trim() !== '');
          expect(read).toMatchObject({
            Files: one.path.trim(),
            'Annotation Type': one.annotationType.trim(),
            'Source Image': one.sourceImage.trim(),
            ...Object.fromEntries(used.map(([name, value]) => [name, value.trim()])),
          });
        }
      }),
    );
  });
});

describe('file list on disk', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'slipway-lists-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is UTF-8 without byte order mark, with LF', async () => {
    const target = path.join(folder, 'small.tsv');
    const written = await writeFileList(
      target,
      listOf([row('a.tif', { sourceImage: 'Größe µm.tif' })]),
      columns,
    );
    expect(written).toEqual({ rows: 1, headers: ['Files', 'Annotation Type', 'Source Image'] });
    const bytes = await readFile(target);
    expect(bytes.subarray(0, 6).toString('latin1')).toBe('Files\t');
    expect(bytes.toString('utf8')).toContain('Größe µm.tif\n');
    expect(bytes.includes(13)).toBe(false);
  });

  it('asks for rows as it writes them and keeps none', async () => {
    const many = 200_000;
    let made = 0;
    function* batches() {
      for (; made < many; made += 100) {
        yield Array.from({ length: 100 }, (_, at) => row(`masks/plate/field-${made + at}.tif`));
      }
    }
    const pieces = fileListText({ headers: () => [], batches }, columns);
    let first = 0;
    for await (const piece of pieces) {
      expect(piece.length).toBeLessThan(70_000);
      first ||= made;
    }
    expect(first).toBeLessThan(5000);
    expect(made).toBe(many);
  });

  it('stops when told to', async () => {
    const stop = new AbortController();
    stop.abort();
    const target = path.join(folder, 'stopped.tsv');
    await expect(writeFileList(target, listOf([row('a.tif')]), columns, stop.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
