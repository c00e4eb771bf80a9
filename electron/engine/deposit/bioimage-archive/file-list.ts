import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileListColumn } from '../../../../shared/destinations/profile.ts';
import { Problem } from '../../../../shared/model/problem.ts';
import { headersInUse, headerTrouble } from '../../../../shared/rules/file-list-columns.ts';

/** One row of a file list. `path` is the whole path below the root of the user's space at the archive. */
export interface FileListRow {
  readonly path: string;
  readonly annotationType: string;
  readonly sourceImage: string;
  /** Further cells by header; missing means empty. */
  readonly columns: Readonly<Record<string, string>>;
}

/** The rows of one list; asked twice, because the first look finds out which columns are in use. */
export type FileListRows = () => Iterable<FileListRow> | AsyncIterable<FileListRow>;

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
 * (BioStudies backend, file-list reader). `Annotation Type` and `Source Image` are always there, other columns when a
 * row uses them. Cells are trimmed, empty ones at the end of a row are left out. Memory does not grow with the rows.
 * Throws a Problem at a tab or line end in a cell, at a column that cannot be, and when there is no row at all.
 */
export async function* fileListText(
  rows: FileListRows,
  columns: readonly FileListColumn[],
  written: (result: FileListWritten) => void = () => {},
): AsyncGenerator<string> {
  const headers = headersInUse(columns, await headersOf(rows, columns));
  let text = `${headers.join('\t')}\n`;
  let count = 0;
  for await (const row of rows()) {
    count += 1;
    text += line(row, headers, count);
    if (text.length >= CHUNK) {
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

/**
 * Rows for entries of which some are folders with many files (OME-Zarr): each member becomes a row with the cells of
 * its entry, because a list may name files only.
 */
export async function* withMembers(
  entries:
    | Iterable<FileListRow & { readonly isFolder: boolean }>
    | AsyncIterable<FileListRow & { readonly isFolder: boolean }>,
  membersOf: (row: FileListRow) => Iterable<string> | AsyncIterable<string>,
): AsyncGenerator<FileListRow> {
  for await (const entry of entries) {
    if (!entry.isFolder) yield entry;
    else for await (const member of membersOf(entry)) yield { ...entry, path: `${entry.path}/${member}` };
  }
}

async function headersOf(rows: FileListRows, columns: readonly FileListColumn[]): Promise<Set<string>> {
  const used = new Set<string>();
  for await (const row of rows()) {
    for (const header in row.columns) {
      if (used.has(header) || (row.columns[header] ?? '').trim() === '') continue;
      if (!columns.some((column) => column.header === header)) refuseHeader(header, columns);
      used.add(header);
      if (used.size > MOST_COLUMNS) {
        throw new Problem('file-list-column', `The file list would have more than ${MOST_COLUMNS} columns.`, {
          advice: 'Give the same kind of value the same column name.',
        });
      }
    }
  }
  return used;
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
