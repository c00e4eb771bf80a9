import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ArchiveError, badFileList } from './archive-error.ts';
import { readStoredList } from './file-list-reader.ts';
import type { FileSources, FoundFile } from './file-sources.ts';
import type { PageFile } from './pagetab.ts';
import { segmentsOf } from './user-paths.ts';

const EMPTY_LIST = 'A file list should contain at least one file';

/** At most so many missing files are told (BioStudies FileListValidator). */
const MISSING_TOLD = 1000;

/** So many files are looked for at once. */
const BATCH = 64;

/**
 * Checks a list as `fileLists/validate` does: header, rows, names and existence of every file, all missing files
 * told at once, the first bad name ending it.
 */
export async function validateList(name: string, sources: FileSources): Promise<void> {
  const { file, format } = await sources.findList(name);
  const missing: string[] = [];
  let rows = 0;
  for await (const batch of inBatches(readStoredList(file, format))) {
    rows += batch.length;
    const found = await Promise.all(batch.map((row) => sources.find(row)));
    for (const [index, row] of batch.entries()) if (found[index] === null) missing.push(row.path);
    if (missing.length >= MISSING_TOLD) break;
  }
  if (rows === 0) throw badFileList(name, EMPTY_LIST);
  if (missing.length > 0) throw sources.missing(missing.slice(0, MISSING_TOLD));
}

/** Reads a list for its form alone, the first of the two readings at submission. */
export async function checkListForm(name: string, sources: FileSources): Promise<void> {
  const { file, format } = await sources.findList(name);
  try {
    for await (const _rows of readStoredList(file, format));
  } catch (error) {
    throw badFileList(name, error instanceof Error ? error.message : String(error));
  }
}

/** The name under which a list is kept once processed: the same, with `.json`. */
export function keptListName(name: string): string {
  return `${name.slice(0, name.lastIndexOf('.'))}.json`;
}

export interface ConversionOptions {
  /** Where the converted list goes, below a folder; null to check and keep nothing. */
  readonly folder: string | null;
  /** Told every file, in order. */
  readonly onFile: (file: FoundFile) => void;
  /** False to read the rows without looking for the files. */
  readonly lookForFiles: boolean;
}

/**
 * Reads a list for its names and files, the second reading at submission, and writes it as JSON rows. The first
 * missing file or bad name ends it.
 */
export async function convertList(
  name: string,
  sources: FileSources,
  options: ConversionOptions,
): Promise<void> {
  const { file, format } = await sources.findList(name);
  const rows = convertedRows(readStoredList(file, format), name, sources, options);
  if (options.folder === null) {
    for await (const _text of rows);
    return;
  }
  const target = path.join(options.folder, ...segmentsOf(keptListName(name)));
  await mkdir(path.dirname(target), { recursive: true });
  await pipeline(Readable.from(rows), createWriteStream(target));
}

async function* convertedRows(
  rows: AsyncGenerator<PageFile[]>,
  name: string,
  sources: FileSources,
  options: ConversionOptions,
): AsyncGenerator<string> {
  const listName = path.posix.basename(name);
  let count = 0;
  yield '[';
  for await (const batch of inBatches(rows)) {
    const found = options.lookForFiles
      ? await Promise.all(batch.map((row) => sources.find(row, listName)))
      : batch.map((row): FoundFile => ({ path: row.path, size: 0, type: 'file' }));
    const texts: string[] = [];
    for (const [index, row] of batch.entries()) {
      const item = found[index];
      if (!item) throw sources.missing([row.path], listName);
      options.onFile(item);
      texts.push(rowText(row, item));
    }
    yield `${count === 0 ? '' : ',\n'}${texts.join(',\n')}`;
    count += batch.length;
  }
  if (count === 0) throw badFileList(listName, EMPTY_LIST);
  yield ']\n';
}

function rowText(row: PageFile, found: FoundFile): string {
  const attributes = row.attributes.map(({ name, value }) => (value ? { name, value } : { name }));
  return JSON.stringify({
    path: found.path,
    size: found.size,
    type: found.type,
    ...(attributes.length === 0 ? {} : { attributes }),
  });
}

async function* inBatches<T>(source: AsyncIterable<T[]>): AsyncGenerator<T[]> {
  for await (const items of source) {
    for (let start = 0; start < items.length; start += BATCH) yield items.slice(start, start + BATCH);
  }
}

/** The message of anything thrown, and whether users may read it after submission. */
export function toArchiveError(error: unknown): ArchiveError {
  if (error instanceof ArchiveError) return error;
  return new ArchiveError(500, error instanceof Error ? error.message : String(error));
}
