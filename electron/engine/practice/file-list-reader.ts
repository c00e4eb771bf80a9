import { createReadStream } from 'node:fs';
import { notPractised, unsupportedFormat } from './archive-error.ts';
import { readJsonRows } from './json-rows.ts';
import { type PageFile, readFile } from './pagetab.ts';
import { readLines } from './text-lines.ts';

export type ListFormat = 'tsv' | 'json';

/**
 * Tells a list's format by the extension of its name, case included, as BioStudies SubFormat does at submission.
 * Throws 415 for what the archive does not read, and 501 for XLSX, which this practice archive does not read.
 */
export function listFormatOf(name: string): ListFormat {
  const extension = name.slice(name.lastIndexOf('.') + 1);
  if (extension === 'tsv' || extension === 'json') return extension;
  if (extension === 'xlsx') throw notPractised('read XLSX file lists; write the list as TSV');
  throw unsupportedFormat(extension);
}

/** Opens a stored list and reads its rows, in batches. Throws a plain Error that says what is wrong with the list. */
export function readStoredList(file: string, format: ListFormat): AsyncGenerator<PageFile[]> {
  return readList(createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 }), format);
}

/** Reads the rows of a list, in batches. Throws a plain Error that says what is wrong with the list. */
export function readList(source: AsyncIterable<string>, format: ListFormat): AsyncGenerator<PageFile[]> {
  return format === 'tsv' ? readTsvList(source) : readJsonList(source);
}

/**
 * Reads a TSV list to the letter of BioStudies FileListTsvStreamDeserializer: plain split at tabs, nothing unquoted
 * or trimmed; the first header is exactly `Files`, no header is blank; blank lines are passed over and not counted
 * in row numbers; surplus cells are dropped, missing ones too.
 */
async function* readTsvList(source: AsyncIterable<string>): AsyncGenerator<PageFile[]> {
  let headers: string[] | null = null;
  let row = 1;
  for await (const lines of readLines(source)) {
    const files: PageFile[] = [];
    for (const line of lines) {
      if (headers === null) {
        headers = readHeaders(line);
        continue;
      }
      if (line.trim() === '') continue;
      row += 1;
      files.push(readRow(line, headers, row));
    }
    yield files;
  }
  if (headers === null) throw new Error('readLine(...) must not be null');
}

function readHeaders(line: string): string[] {
  const [first, ...headers] = line.split('\t');
  if (first !== 'Files') throw notCreated("First header value should be 'Files'");
  if (headers.some((header) => header.trim() === '')) throw notCreated('Attribute name is required');
  return headers;
}

function readRow(line: string, headers: readonly string[], row: number): PageFile {
  const [path = '', ...cells] = line.split('\t');
  if (path.trim() === '') throw notCreated(`Error at row ${row}: File Path is required`);
  return {
    path,
    type: 'file',
    attributes: headers.slice(0, cells.length).map((name, column) => ({
      name,
      value: cells[column] ?? '',
      reference: false,
      nmqual: [],
      valqual: [],
    })),
  };
}

async function* readJsonList(source: AsyncIterable<string>): AsyncGenerator<PageFile[]> {
  for await (const rows of readJsonRows(source))
    yield rows.map((row) => readFile(row as Record<string, unknown>));
}

function notCreated(message: string): Error {
  return new Error(`${message}. Element was not created.`);
}
