import type { Dir } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { zarrMarkers } from '../../../shared/rules/file-kinds.ts';
import { canRead, eachAtOnce, isMissing, look, lookThrough, realPath, reasonOf } from './looks.ts';
import { oddNames, REPLACED } from './odd-names.ts';
import {
  aboveOfRoot,
  closedFile,
  type Here,
  isZarr,
  type Met,
  type MetFile,
  mayBeClosed,
  met,
  metByName,
  metLink,
  metOddName,
  rulesInsideZarr,
  type WalkRules,
} from './walk-rules.ts';

// Looks without waiting, for the engine's own thread. What is made of what is seen says walk-rules.ts.

/** Names read from a folder at a time: bounds memory for a folder with a million files. */
const NAMES_AT_ONCE = 512;

export interface FoundFile {
  readonly what: 'file';
  /** Below the root of the walk, `/` between segments. */
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number;
  readonly inode: string;
  /** Empty when it can be read. */
  readonly trouble: string;
}

/** A folder that is one item: an OME-Zarr or another Zarr. Not looked into by the walk. */
export interface FoundZarr {
  readonly what: 'zarr';
  readonly path: string;
}

export interface LeftOut {
  readonly what: 'skipped';
  readonly path: string;
  readonly reason: string;
  /** `rule:` and the id of a skip rule, or a WalkCause. */
  readonly cause: string;
}

/** A folder that could not be read: what is below it is unknown, not gone. */
export interface ClosedFolder {
  readonly what: 'closed';
  readonly path: string;
  readonly reason: string;
}

export type Found = FoundFile | FoundZarr | LeftOut | ClosedFolder;

export interface WalkOptions {
  readonly signal?: AbortSignal;
  /** Inside a Zarr store every folder is walked into and no Zarr is one item. */
  readonly insideZarr?: boolean;
  /** Those inside a Zarr when not given. */
  readonly rules?: WalkRules;
}

/** A folder still to be walked. */
interface Pending extends Here {
  readonly what: 'folder';
  readonly path: string;
}

/**
 * Walks a folder and everything below it, in batches, in no certain order, by the rules of walk-rules.ts. Nothing that
 * is met ends the walk but the root itself: an unreadable root throws the error of the file system, cancelling an
 * AbortError.
 *
 * One folder at a time, never a recursive `opendir` (it lost files before Node 22.23, nodejs/node#48820), a page of
 * names at a time.
 */
export async function* walk(root: string, options: WalkOptions = {}): AsyncGenerator<Found[]> {
  const trueRoot = await realPath(root);
  const rootStats = await lookThrough(root);
  if (rootStats instanceof Error) throw rootStats;
  const { rules = rulesInsideZarr } = options;
  const pending: Pending[] = [{ what: 'folder', path: '', above: aboveOfRoot(rootStats), trueRoot, rules }];
  for (let folder = pending.pop(); folder; folder = pending.pop()) {
    options.signal?.throwIfAborted();
    yield* walkFolder(root, folder, pending, options);
  }
}

async function* walkFolder(
  root: string,
  folder: Pending,
  pending: Pending[],
  options: WalkOptions,
): AsyncGenerator<Found[]> {
  const full = absolute(root, folder.path);
  let handle: Dir;
  try {
    handle = await opendir(full, { bufferSize: NAMES_AT_ONCE });
  } catch (error) {
    if (folder.path === '') throw error;
    if (!isMissing(error)) yield [{ what: 'closed', path: folder.path, reason: reasonOf(error) }];
    return;
  }
  try {
    let first = true;
    let hasOddNames = false;
    for (;;) {
      const names = await someNames(handle);
      if (names.length === 0) break;
      if (first && !options.insideZarr && (await isZarrFolder(full, folder.path, names))) {
        yield [{ what: 'zarr', path: folder.path }];
        return;
      }
      first = false;
      options.signal?.throwIfAborted();
      const plain = names.filter((name) => !name.includes(REPLACED));
      if (plain.length < names.length) hasOddNames = true;
      const found = await eachAtOnce(plain, (name) => find(root, folder, name));
      const batch: Found[] = [];
      for (const item of found) {
        if (item === null) continue;
        if (item.what === 'folder') pending.push(item);
        else batch.push(item);
      }
      if (batch.length > 0) yield batch;
    }
    if (hasOddNames) yield* findOddNames(full, folder, pending);
  } catch (error) {
    if (options.signal?.aborted || folder.path === '') throw error;
    yield [{ what: 'closed', path: folder.path, reason: reasonOf(error) }];
  } finally {
    await handle.close().catch(() => undefined);
  }
}

async function someNames(handle: Dir): Promise<string[]> {
  const names: string[] = [];
  while (names.length < NAMES_AT_ONCE) {
    const next = await handle.read();
    if (next === null) break;
    names.push(next.name);
  }
  return names;
}

async function isZarrFolder(folder: string, path: string, names: readonly string[]): Promise<boolean> {
  const is = isZarr(path, names, names.length < NAMES_AT_ONCE);
  if (is !== 'ask') return is;
  for (const marker of zarrMarkers) if (!((await look(`${folder}/${marker}`)) instanceof Error)) return true;
  return false;
}

async function find(root: string, folder: Pending, name: string): Promise<Found | Pending | null> {
  const path = below(folder, name);
  const what = metByName(folderOf(folder), name, folder) ?? (await meet(absolute(root, path), folder));
  return foundAs(path, what, folder);
}

/** As `readOddNames` of folder-reader.ts; such names are few, so it waits for each of them. */
async function* findOddNames(full: string, folder: Pending, pending: Pending[]): AsyncGenerator<Found[]> {
  for (const { bytes, name, isText } of oddNames(full)) {
    const asBytes = Buffer.concat([Buffer.from(`${full}/`), bytes]);
    const what =
      metByName(folderOf(folder), name, folder) ??
      (isText ? await meet(`${full}/${name}`, folder) : metOddName(await look(asBytes)));
    const item = foundAs(below(folder, name), what, folder);
    if (item?.what === 'folder') pending.push(item);
    else if (item !== null) yield [item];
  }
}

function foundAs(path: string, what: Met, { trueRoot, rules }: Here): Found | Pending | null {
  switch (what.what) {
    case 'file':
      return foundFile(path, what);
    case 'folder':
      return { what: 'folder', path, above: what.above, trueRoot, rules };
    case 'skipped':
      return { what: 'skipped', path, reason: what.reason, cause: what.cause };
    case 'closed':
      return { what: 'closed', path, reason: what.reason };
    case 'gone':
      return null;
  }
}

function folderOf({ path }: Pending): string {
  return path === '' ? '' : `${path}/`;
}

function below(folder: Pending, name: string): string {
  return folderOf(folder) + name;
}

async function meet(full: string, here: Here): Promise<Met> {
  let what = met(await look(full), here);
  if (what === 'link') {
    const target = await realPath(full).catch(() => '');
    what = metLink(await lookThrough(full), target, here);
  }
  return what.what === 'file' ? withRights(full, what) : what;
}

async function withRights(full: string, file: MetFile): Promise<MetFile> {
  return mayBeClosed(file) && !(await canRead(full)) ? closedFile(file) : file;
}

function foundFile(path: string, { stats, trouble }: MetFile): FoundFile {
  const inode = stats.ino === 0 && trouble !== '' ? '' : String(stats.ino);
  return { what: 'file', path, size: stats.size, modifiedMs: stats.mtimeMs, inode, trouble };
}

/** One file below a root as it is now; null when it is gone or no file any more. A link counts as what it leads to. */
export async function lookAtFile(root: string, path: string): Promise<FoundFile | null> {
  const full = absolute(root, path);
  const stats = await lookThrough(full);
  if (stats instanceof Error || !stats.isFile()) return null;
  return foundFile(path, await withRights(full, { what: 'file', stats, trouble: '' }));
}

function absolute(root: string, path: string): string {
  return path === '' ? root : `${root}/${path}`;
}
