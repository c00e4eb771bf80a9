import type { Dir, Stats } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { sep } from 'node:path';
import { skipReason, zarrMarkers } from '../../../shared/rules/file-kinds.ts';
import { eachAtOnce, isMissing, look, lookThrough, mayRead, realPath, reasonOf } from './looks.ts';

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
}

/** A folder still to be walked, with the way back to the root for the guard against loops. */
interface Pending {
  readonly path: string;
  readonly identity: string;
  readonly parent: Pending | null;
}

/**
 * Walks a folder and everything below it, in batches, in no certain order. Hidden and system files are left out by
 * rule. A link to a file inside the folder counts as that file; other links are left out. Nothing that is met ends
 * the walk but the root itself: an unreadable root throws the error of the file system, cancelling an AbortError.
 *
 * One folder at a time, never a recursive `opendir` (it lost files before Node 22.23, nodejs/node#48820), a page of
 * names at a time.
 */
export async function* walk(root: string, options: WalkOptions = {}): AsyncGenerator<Found[]> {
  const trueRoot = await realPath(root);
  const rootStats = await lookThrough(root);
  if (rootStats instanceof Error) throw rootStats;
  const pending: Pending[] = [{ path: '', identity: identityOf(rootStats), parent: null }];
  for (let folder = pending.pop(); folder; folder = pending.pop()) {
    options.signal?.throwIfAborted();
    yield* walkFolder(root, trueRoot, folder, pending, options);
  }
}

async function* walkFolder(
  root: string,
  trueRoot: string,
  folder: Pending,
  pending: Pending[],
  options: WalkOptions,
): AsyncGenerator<Found[]> {
  let handle: Dir;
  try {
    handle = await opendir(absolute(root, folder.path), { bufferSize: NAMES_AT_ONCE });
  } catch (error) {
    if (folder.parent === null) throw error;
    if (!isMissing(error)) yield [{ what: 'closed', path: folder.path, reason: reasonOf(error) }];
    return;
  }
  try {
    let first = true;
    for (;;) {
      const names = await someNames(handle);
      if (names.length === 0) return;
      if (first && !options.insideZarr && (await isZarr(absolute(root, folder.path), folder.path, names))) {
        yield [{ what: 'zarr', path: folder.path }];
        return;
      }
      first = false;
      options.signal?.throwIfAborted();
      const found = await eachAtOnce(names, (name) => meet(root, trueRoot, folder, name));
      const batch: Found[] = [];
      for (const item of found) {
        if (item === null) continue;
        if ('identity' in item) pending.push(item);
        else batch.push(item);
      }
      if (batch.length > 0) yield batch;
    }
  } catch (error) {
    if (options.signal?.aborted || folder.parent === null) throw error;
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

/** A folder is a Zarr by its metadata files, or by its name when those were lost: its chunks are no items. */
async function isZarr(folder: string, path: string, names: readonly string[]): Promise<boolean> {
  if (names.some((name) => zarrMarkers.includes(name))) return true;
  if (path.toLowerCase().endsWith('.zarr') && names.some((name) => /^(\d+|c)$/.test(name))) return true;
  if (names.length < NAMES_AT_ONCE) return false;
  for (const marker of zarrMarkers) if (!((await look(`${folder}/${marker}`)) instanceof Error)) return true;
  return false;
}

async function meet(
  root: string,
  trueRoot: string,
  folder: Pending,
  name: string,
): Promise<Found | Pending | null> {
  const path = folder.path === '' ? name : `${folder.path}/${name}`;
  const rule = skipReason(name);
  if (rule !== null) return { what: 'skipped', path, reason: rule };
  const stats = await look(absolute(root, path));
  if (stats instanceof Error) {
    if (isMissing(stats) && !name.includes('\uFFFD')) return null;
    const trouble = isMissing(stats) ? 'its name is not valid UTF-8' : reasonOf(stats);
    return { what: 'file', path, size: 0, modifiedMs: 0, inode: '', trouble };
  }
  if (stats.isDirectory()) {
    const identity = identityOf(stats);
    for (let above: Pending | null = folder; above; above = above.parent) {
      if (identity !== '' && above.identity === identity) {
        return { what: 'skipped', path, reason: 'leads back to a folder above it' };
      }
    }
    return { path, identity, parent: folder };
  }
  if (stats.isSymbolicLink()) return followLink(root, trueRoot, path);
  if (!stats.isFile()) return { what: 'skipped', path, reason: 'neither a file nor a folder' };
  return fileOf(root, path, stats);
}

async function followLink(root: string, trueRoot: string, path: string): Promise<Found> {
  const left = (reason: string): LeftOut => ({ what: 'skipped', path, reason });
  const stats = await lookThrough(absolute(root, path));
  if (stats instanceof Error) {
    return left(isMissing(stats) ? 'a link that leads nowhere' : `a link: ${reasonOf(stats)}`);
  }
  if (stats.isDirectory()) return left('a link to a folder');
  if (!stats.isFile()) return left('a link to something that is no file');
  const target = await realPath(absolute(root, path)).catch(() => '');
  if (!target.startsWith(trueRoot.endsWith(sep) ? trueRoot : trueRoot + sep)) {
    return left('a link to a file outside this folder');
  }
  return fileOf(root, path, stats);
}

/** One file below a root as it is now; null when it is gone or no file any more. A link counts as what it leads to. */
export async function lookAtFile(root: string, path: string): Promise<FoundFile | null> {
  const stats = await lookThrough(absolute(root, path));
  return stats instanceof Error || !stats.isFile() ? null : fileOf(root, path, stats);
}

async function fileOf(root: string, path: string, stats: Stats): Promise<FoundFile> {
  const readable = await mayRead(absolute(root, path), stats);
  return {
    what: 'file',
    path,
    size: stats.size,
    modifiedMs: stats.mtimeMs,
    inode: String(stats.ino),
    trouble: readable ? '' : 'you have no right to read it',
  };
}

/** Device and number of a folder; '' where the file system gives no numbers. */
function identityOf(stats: Stats): string {
  return stats.ino === 0 ? '' : `${stats.dev}:${stats.ino}`;
}

function absolute(root: string, path: string): string {
  return path === '' ? root : `${root}/${path}`;
}
