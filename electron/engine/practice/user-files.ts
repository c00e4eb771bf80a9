import { createReadStream } from 'node:fs';
import { lstat, opendir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { ArchiveError, noPermission } from './archive-error.ts';
import { isMissing } from './storage.ts';
import { findInside, prepareInside, segmentsOf } from './user-paths.ts';

/** One row of a listing. `path` is `user` or `user/<folder>`; `size` is bytes, 0 for a folder. */
export interface UserFile {
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly type: 'FILE' | 'DIR';
}

export interface Listing {
  readonly rows: UserFile[];
  /** Index of the file written last, -1 when there is none. */
  readonly newest: number;
}

/** Lists one folder of the user's space, sorted by name, not recursive; nothing for a folder that is not there. */
export async function listFolder(userFolder: string, requested: string): Promise<Listing> {
  const folder = await findInside(userFolder, requested);
  const names = folder === null ? [] : await namesIn(folder);
  const prefix = ['user', ...segmentsOf(requested)].join('/');
  const rows: UserFile[] = [];
  let newest = -1;
  let newestMs = -1;
  for (let start = 0; folder !== null && start < names.length; start += 256) {
    const batch = names.slice(start, start + 256);
    const facts = await Promise.all(batch.map((name) => lstat(path.join(folder, name)).catch(() => null)));
    for (const [index, fact] of facts.entries()) {
      const name = batch[index] ?? '';
      if (fact?.isDirectory()) rows.push({ name, path: prefix, size: 0, type: 'DIR' });
      if (!fact?.isFile()) continue;
      if (fact.ctimeMs > newestMs) {
        newestMs = fact.ctimeMs;
        newest = rows.length;
      }
      rows.push({ name, path: prefix, size: fact.size, type: 'FILE' });
    }
  }
  return { rows, newest };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Puts a finished upload in its place; what was there is replaced in the same instant. */
export async function placeFile(userFolder: string, requested: string, temporary: string): Promise<void> {
  await rename(temporary, await prepareInside(userFolder, requested));
}

/** Deletes a file, or a folder with all it holds; what is not there counts as deleted. */
export async function deleteEntry(userFolder: string, folder: string, name: string): Promise<void> {
  const target = await findInside(userFolder, `${folder}/${name}`);
  if (target === null) return;
  if (target === (await findInside(userFolder, ''))) throw noPermission(name);
  await rm(target, { recursive: true });
}

/** Renames a file or a folder within its folder. */
export async function renameEntry(
  userFolder: string,
  folder: string,
  originalName: string,
  newName: string,
): Promise<void> {
  const from = await findInside(userFolder, `${folder}/${originalName}`);
  if (from === null) {
    throw new ArchiveError(500, `The file to be renamed does not exist: ${folder}/${originalName}`);
  }
  if ((await findInside(userFolder, `${folder}/${newName}`)) !== null) {
    throw new ArchiveError(
      500,
      `The new name for the file already exists at ${folder}, please choose a different name than ${newName}`,
    );
  }
  await rename(from, await prepareInside(userFolder, `${folder}/${newName}`));
}

/** Opens a file for reading. An empty one counts as absent, as it does for `ftp` accounts. */
export async function openForDownload(userFolder: string, folder: string, name: string): Promise<Readable> {
  const file = await findInside(userFolder, `${folder}/${name}`);
  const facts = file === null ? null : await stat(file);
  if (file === null || !facts?.isFile() || facts.size === 0) {
    throw new ArchiveError(500, `File not found or empty: ${folder}/${name}`);
  }
  return createReadStream(file, { highWaterMark: 1 << 20 });
}

/** The file list that the archive writes for a folder: header `Files`, then every file below it, one a line. */
export function generatedFileList(userFolder: string, requested: string): Readable {
  return Readable.from(listLines(userFolder, requested));
}

async function* listLines(userFolder: string, requested: string): AsyncGenerator<string> {
  yield 'Files\n';
  const folder = await findInside(userFolder, requested);
  if (folder !== null) yield* filesBelow(folder, segmentsOf(requested));
}

async function* filesBelow(folder: string, segments: readonly string[]): AsyncGenerator<string> {
  for await (const item of await opendir(folder)) {
    const inside = [...segments, item.name];
    if (item.isDirectory()) yield* filesBelow(path.join(folder, item.name), inside);
    else if (item.isFile()) yield `${inside.join('/')}\n`;
  }
}
