import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { CountedProgress } from '../../../shared/contract/call.ts';
import type { EntryFilter, EntrySort } from '../../../shared/contract/file-calls.ts';
import type { ColumnKey } from '../../../shared/model/list-column.ts';
import { Problem } from '../../../shared/model/problem.ts';
import type { TableFormat } from '../../../shared/model/table.ts';
import { mostCellCharacters } from '../../../shared/rules/accepted-cell.ts';
import { delimitedLine } from '../../../shared/rules/delimited-text.ts';
import { formatCount } from '../../../shared/rules/format-quantities.ts';
import { cellReader } from '../library/cell-texts.ts';
import { EntryViews } from '../library/entry-views.ts';
import { Slices } from '../library/in-slices.ts';
import { columnOf, listColumns } from '../library/list-columns.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { reportText } from './table-report.ts';
import { mostSheetRows, type SheetCell, writeWorkbook } from './xlsx/write-workbook.ts';

const ROWS_AT_ONCE = 500;
const numbers: ReadonlySet<ColumnKey> = new Set(['size', 'members', 'findings']);

export interface ExportOptions {
  readonly format: TableFormat;
  readonly filter: EntryFilter;
  readonly sort?: EntrySort | undefined;
  readonly columns?: readonly ColumnKey[] | undefined;
  readonly signal: AbortSignal;
  readonly progress: (progress: CountedProgress) => void;
}

/** The columns of a table unless others are asked for: the path, those of the file list, and free ones. */
function usualColumns(file: SubmissionFile): ColumnKey[] {
  const others = listColumns(file).filter(({ kind, key }) => kind !== 'built-in' && key !== 'path');
  return ['path', ...others.map(({ key }) => key)];
}

/**
 * Writes a table of entries to a file that comes into being whole or not at all; returns its rows. Memory does not grow
 * with them. Paths have their source folder's name before them, so that an import finds every file again. Text is UTF-8
 * as it is: a spreadsheet may take a cell that begins with `=` for a formula there, in a workbook it may not.
 */
export async function exportTable(
  file: SubmissionFile,
  target: string,
  options: ExportOptions,
): Promise<number> {
  const keys = options.columns ?? usualColumns(file);
  const columns = keys.map((key) => columnOf(file, key));
  const ids = await idsInOrder(file, options);
  if (options.format === 'xlsx' && ids.length >= mostSheetRows) {
    throw new Problem('too-many-rows', `${formatCount(ids.length)} rows do not fit into one sheet.`, {
      cause: `A sheet holds at most ${formatCount(mostSheetRows)} rows, the header among them.`,
      advice: 'Export them as tab-separated text, or fewer of them by a filter.',
    });
  }
  const titles = columns.map(({ title }) => title);
  const rows = tableRows(file, keys, ids, options);
  await wholeFile(target, async (path) => {
    if (options.format === 'xlsx') {
      const isNumber = keys.map((key) => numbers.has(key));
      await writeWorkbook(path, 'Files', titles, typed(rows, isNumber), options.signal);
    } else {
      const text = Readable.from(tableText(rows, titles, options.format));
      await pipeline(text, createWriteStream(path), { signal: options.signal });
    }
  });
  return ids.length;
}

/** Writes the report of the last import or preview as tab-separated text; returns its rows. */
export async function exportReport(
  file: SubmissionFile,
  target: string,
  { signal, progress }: Pick<ExportOptions, 'signal' | 'progress'>,
): Promise<number> {
  let written = 0;
  async function* text() {
    const slices = new Slices();
    for (const piece of reportText(file)) {
      written += piece.rows;
      progress({ done: written, total: null, now: 'Writing the report' });
      yield piece.text;
      await slices.turn();
    }
  }
  await wholeFile(target, (path) => pipeline(Readable.from(text()), createWriteStream(path), { signal }));
  return written;
}

async function idsInOrder(
  file: SubmissionFile,
  { filter, sort = { by: 'path', descending: false } }: ExportOptions,
): Promise<Uint32Array> {
  return (await EntryViews.of(file).view(filter, sort)).all().slice();
}

/** A sheet's last row and the text's are of the same moment only as far as nobody edits meanwhile. */
async function* tableRows(
  file: SubmissionFile,
  keys: readonly ColumnKey[],
  ids: Uint32Array,
  { signal, progress }: ExportOptions,
): AsyncGenerator<string[][]> {
  const read = cellReader(file, keys);
  const pathAt = keys.indexOf('path');
  const folders = new Map(
    file.all<{ id: number; name: string }>('SELECT id, name FROM source').map(({ id, name }) => [id, name]),
  );
  const slices = new Slices();
  for (let from = 0; from < ids.length; from += ROWS_AT_ONCE) {
    signal.throwIfAborted();
    progress({ done: from, total: ids.length, now: 'Writing the table' });
    const some = [...ids.subarray(from, from + ROWS_AT_ONCE)];
    const rows = read(some);
    if (pathAt >= 0) {
      const sources = file.tuples<number>(
        'SELECT e.id, e.source_id FROM json_each(?) asked CROSS JOIN entry e ON e.id = asked.value ORDER BY asked.key',
        JSON.stringify(some),
      );
      for (const [at, { cells }] of rows.entries()) {
        const folder = folders.get(sources[at]?.[1] ?? 0) ?? '';
        const below = cells[pathAt] ?? '';
        cells[pathAt] = below === '' ? folder : `${folder}/${below}`;
      }
    }
    yield rows.map(({ cells }) => cells);
    await slices.turn();
  }
}

async function* tableText(
  rows: AsyncIterable<readonly string[][]>,
  titles: readonly string[],
  format: 'tsv' | 'csv',
): AsyncGenerator<string> {
  const separator = format === 'tsv' ? '\t' : ',';
  // Without the mark Excel takes a .csv for text of the computer's own code page; other programs stumble over it in .tsv.
  yield `${format === 'csv' ? '\uFEFF' : ''}${delimitedLine(titles, separator)}\n`;
  for await (const some of rows) yield some.map((cells) => `${delimitedLine(cells, separator)}\n`).join('');
}

async function* typed(
  rows: AsyncIterable<readonly string[][]>,
  isNumber: readonly boolean[],
): AsyncGenerator<SheetCell[][]> {
  for await (const some of rows) {
    yield some.map((cells) =>
      cells.map((cell, at) => {
        if (cell.length > mostCellCharacters) throw tooLong(cells[0] ?? '');
        return isNumber[at] && cell !== '' ? Number(cell) : cell;
      }),
    );
  }
}

/** Cut short, it would come back as another text. */
function tooLong(file: string): Problem {
  return new Problem('cell-too-long', 'A cell is too long for a workbook.', {
    cause: `A cell of ${file} has more than ${formatCount(mostCellCharacters)} characters.`,
    advice: 'Export tab-separated text instead.',
  });
}

/** Has a file written beside its place and put there when it is whole. */
async function wholeFile(target: string, write: (path: string) => Promise<void>): Promise<void> {
  const beside = join(dirname(target), `.${basename(target)}.${crypto.randomUUID().slice(0, 8)}.part`);
  try {
    await write(beside);
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!/^E[A-Z]+$/.test(code)) throw error;
    throw new Problem('table-not-written', `${basename(target)} could not be written.`, {
      cause: error instanceof Error ? error.message : code,
      advice: 'Choose a folder that is there, that you may write to, and that has room.',
    });
  }
}
