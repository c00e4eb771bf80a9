import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileListColumn } from '../../../../shared/destinations/profile.ts';
import { Problem } from '../../../../shared/model/problem.ts';
import { headersInUse, headerTrouble } from '../../../../shared/rules/file-list-columns.ts';
import type { FileListRow, FileListRows } from '../file-list-rows.ts';

export interface FileListWritten {
  readonly rows: number;
  readonly headers: readonly string[];
}

/** More columns than this are a mistake, and would have to be kept in memory. */
const MOST_COLUMNS = 200;
const CHUNK = 64 * 1024;
const BREAKS = /\p{Cc}/u;

/**
 * The text of a file list in pieces: UTF-8 without byte order mark, LF, TAB, nothing quoted, first header `Files`
 * (BioStudies backend, file-list reader). `Annotation Type` and `Source Image` are always there, other columns when
 * the rows say that they use them. Cells are trimmed, empty ones at the end of a row are left out. Memory does not grow with the rows.
 * Throws a Problem at a tab or line end in a cell, at a column that cannot be, and when there is no row at all.
 */
export async function* fileListText(
  rows: FileListRows,
  columns: readonly FileListColumn[],
  written: (result: FileListWritten) => void = () => {},
): AsyncGenerator<string> {
  const headers = headersInUse(columns, checkedHeaders(await rows.headers(), columns));
  let text = `${headers.join('\t')}\n`;
  let count = 0;
  for await (const batch of rows.batches()) {
    for (const row of batch) {
      count += 1;
      text += line(row, headers, count);
      if (text.length < CHUNK) continue;
      yield text;
      text = '';
    }
  }
  if (count === 0) {
    throw new Problem('empty-file-list', 'There is no file for this file list.', {
      cause: 'The archive refuses a list without files.',
      advice: 'Assign files to the annotation block, or remove the block.',
    });
  }
  yield text;
  written({ rows: count, headers });
}

/** Writes a file list to a file; see {@link fileListText}. */
export async function writeFileList(
  target: string,
  rows: FileListRows,
  columns: readonly FileListColumn[],
  signal?: AbortSignal,
): Promise<FileListWritten> {
  let result: FileListWritten = { rows: 0, headers: [] };
  const text = Readable.from(
    fileListText(rows, columns, (written) => {
      result = written;
    }),
  );
  await pipeline(text, createWriteStream(target, { encoding: 'utf8' }), signal ? { signal } : {});
  return result;
}

function checkedHeaders(used: Iterable<string>, columns: readonly FileListColumn[]): Set<string> {
  const headers = new Set<string>();
  for (const header of used) {
    if (!columns.some((column) => column.header === header)) refuseHeader(header, columns);
    headers.add(header);
    if (headers.size > MOST_COLUMNS) {
      throw new Problem('file-list-column', `The file list would have more than ${MOST_COLUMNS} columns.`, {
        advice: 'Give the same kind of value the same column name.',
      });
    }
  }
  return headers;
}

function refuseHeader(header: string, columns: readonly FileListColumn[]): void {
  const trouble = headerTrouble(header, columns);
  if (trouble === null) return;
  throw new Problem('file-list-column', `The file list cannot have a column "${header}".`, {
    cause: trouble,
    advice: 'Rename the column.',
  });
}

function line(row: FileListRow, headers: readonly string[], number: number): string {
  let text = cell(row.path, 'Files', number);
  if (text === '') {
    throw new Problem('file-list-cell', `Row ${number} of the file list has no path.`, {
      cause: 'The archive refuses a row without a path.',
    });
  }
  for (let at = 1; at < headers.length; at++)
    text += `\t${cell(cellOf(row, headers[at] ?? ''), headers[at] ?? '', number)}`;
  return `${text.replace(/\t+$/, '')}\n`;
}

function cellOf(row: FileListRow, header: string): string {
  if (header === 'Annotation Type') return row.annotationType;
  if (header === 'Source Image') return row.sourceImage;
  return row.columns[header] ?? '';
}

function cell(value: string, header: string, number: number): string {
  const trimmed = value.trim();
  if (!BREAKS.test(trimmed)) return trimmed;
  throw new Problem(
    'file-list-cell',
    `Row ${number} of the file list has a tab or line end under "${header}".`,
    {
      cause: "The archive's reader knows no quotes, so the row would break apart there.",
      advice: 'Run the check and apply its fix for this cell.',
    },
  );
}
