import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newSubmissionFile, temporaryFolder, writeIndex } from '../../engine/library/test-support.ts';
import { runCli } from '../cli.fixture.ts';

let home: ReturnType<typeof temporaryFolder>;
let path: string;
const run = (...args: string[]) => runCli(home.folder, args);

beforeEach(() => {
  home = temporaryFolder();
  const file = newSubmissionFile(home.folder);
  writeIndex(file, { 'a.png': 'image', 'm/b.tif': 'mask', 'm/c.tif': 'mask' });
  path = file.path;
  file.close();
});
afterEach(() => home.remove());

test('columns are added, renamed and taken away, and one value is set for many files', async () => {
  const more = ['--add', 'Dose', '--add', 'Tmp', '--rename', 'Tmp=Note', '--remove', 'note'];
  const { code, out } = await run('columns', path, ...more);
  expect(code).toBe(0);
  expect(out).toContain('your own');
  expect(out).not.toContain('Note');
  expect((await run('set', path, 'dose', '5 mg', '--kind', 'mask')).out).toBe(
    'Dose set to “5 mg” for 2 files.\n',
  );
  const tsv = join(home.folder, 'all.tsv');
  const exported = await run(
    'export-table',
    path,
    '--out',
    tsv,
    '--column',
    'Path',
    '--column',
    'Dose',
    '--json',
  );
  expect(exported.json).toEqual({ path: tsv, rows: 3 });
  expect(readFileSync(tsv, 'utf8')).toBe('Path\tDose\nset/a.png\t\nset/m/b.tif\t5 mg\nset/m/c.tif\t5 mg\n');
});

test('a table that was written comes back without changing anything', async () => {
  const table = join(home.folder, 'out.xlsx');
  await run('export-table', path, '--out', table, '--kind', 'mask');
  expect(await run('import-table', path, table)).toMatchObject({
    code: 0,
    out: expect.stringContaining(
      '2 of 2 rows are about a file of this submission.\n0 cells of 0 files changed.',
    ),
  });
});

test('a table of another program is taken over, and what fits no file is told', async () => {
  const text = join(home.folder, 'back.csv');
  writeFileSync(text, 'File;Dose;Well\nb.tif;6 mg;A1\nx.tif;7;B1\n');
  const report = join(home.folder, 'report.tsv');
  const dry = await run('import-table', path, text, '--dry-run', '--report', report);
  expect(dry.code).toBe(1);
  expect(dry.out).toContain('“Well” becomes a new column.');
  expect(dry.out).toContain('2 cells of 1 file would be changed.');
  expect(dry.out).toContain('row 3: x.tif: No file of this submission is called so.');
  expect(readFileSync(report, 'utf8')).toContain('3\tunmatched\tx.tif');
  const taken = await run('import-table', path, text, '--key', 'file', '--json');
  expect(taken.json).toMatchObject({ counts: { matched: 1, unmatched: 1, changedCells: 2 } });
  const { json } = await run('columns', path, '--json');
  expect(json).toMatchObject({
    columns: expect.arrayContaining([expect.objectContaining({ key: 'cell:Well' })]),
  });
});

test('neither the submission nor the table that is imported is written over', async () => {
  const text = join(home.folder, 'back.tsv');
  writeFileSync(text, 'File\nx.tif\n');
  const before = readFileSync(path);
  for (const report of [path, text]) {
    expect(await run('import-table', path, text, '--report', report)).toMatchObject({ code: 2 });
  }
  expect(readFileSync(text, 'utf8')).toBe('File\nx.tif\n');
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('wrong use and unknown columns say what there is', async () => {
  expect(await run('export-table', path, '--out', 'x.ods')).toMatchObject({ code: 2 });
  expect(await run('set', path, 'Colour', 'red')).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no column “Colour”'),
  });
  expect((await run('set', path, 'Annotation Type', 'outline')).err).toContain('is none of');
  const nowhere = await run('import-table', path, join(home.folder, 'nowhere.tsv'));
  expect(nowhere.err).toContain('not there any more');
});
