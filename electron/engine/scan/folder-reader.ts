import {
  accessSync,
  constants,
  type Dir,
  lstatSync,
  opendirSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { sep } from 'node:path';
import { skipReason, zarrMarkers } from '../../../shared/rules/file-kinds.ts';
import { isMissing, reasonOf } from './looks.ts';

// The rules of walk.ts, with calls that wait: for threads that have nothing else to do. They cost a fourth of the
// asynchronous ones (measured; see the bench `scan`).

/**
 * Names read from a folder before they are looked at: bounds memory for a folder with a million files. They are put in
 * order, for rows that come in order touch a tenth of the pages of the index.
 */
const NAMES_AT_ONCE = 16_384;
/** Names that one call to the system asks for. */
const NAMES_A_CALL = 1024;

/** What a name in a folder turned out to be. */
export interface Visitor {
  file(name: string, stats: FileStats, trouble: string): void;
  folder(name: string, identity: string): void;
  skipped(name: string, reason: string): void;
}

export interface FileStats {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
}

export interface ReadOptions {
  readonly root: string;
  readonly trueRoot: string;
  /** Inside a Zarr store no Zarr is one item. */
  readonly insideZarr: boolean;
  /** Asked now and then; throws to end it. */
  readonly pause: () => void;
}

const unknown: FileStats = { size: 0, mtimeMs: 0, ino: 0 };

/**
 * Tells a visitor everything that lies directly in a folder. Returns `zarr`, and tells nothing, when the folder is
 * one item. Throws the file system's error when the folder cannot be read.
 */
export function readFolder(
  path: string,
  above: string,
  visitor: Visitor,
  options: ReadOptions,
): 'read' | 'zarr' {
  const folder = path === '' ? options.root : `${options.root}/${path}`;
  const handle = opendirSync(folder, { bufferSize: NAMES_A_CALL });
  try {
    let names = someNames(handle);
    if (names.length > 0 && !options.insideZarr && isZarr(folder, path, names)) return 'zarr';
    while (names.length > 0) {
      options.pause();
      for (const name of names) meet(folder, name, above, visitor, options);
      names = someNames(handle);
    }
    return 'read';
  } finally {
    handle.closeSync();
  }
}

function someNames(handle: Dir): string[] {
  const names: string[] = [];
  while (names.length < NAMES_AT_ONCE) {
    const next = handle.readSync();
    if (next === null) break;
    names.push(next.name);
  }
  return names.sort();
}

/** A folder is a Zarr by its metadata files, or by its name when those were lost: its chunks are no items. */
function isZarr(folder: string, path: string, names: readonly string[]): boolean {
  if (names.some((name) => zarrMarkers.includes(name))) return true;
  if (path.toLowerCase().endsWith('.zarr') && names.some((name) => /^(\d+|c)$/.test(name))) return true;
  if (names.length < NAMES_AT_ONCE) return false;
  return zarrMarkers.some((marker) => !(look(`${folder}/${marker}`, lstatSync) instanceof Error));
}

function meet(folder: string, name: string, above: string, visitor: Visitor, options: ReadOptions): void {
  const rule = skipReason(name);
  const full = `${folder}/${name}`;
  const stats = rule === null ? look(full, lstatSync) : null;
  if (stats === null) visitor.skipped(name, rule ?? '');
  else if (stats instanceof Error) meetTrouble(name, stats, visitor);
  else if (stats.isFile()) meetFile(full, name, stats, visitor);
  else if (stats.isDirectory()) meetFolder(name, stats, above, visitor);
  else if (stats.isSymbolicLink()) followLink(full, name, visitor, options);
  else visitor.skipped(name, 'neither a file nor a folder');
}

function meetTrouble(name: string, error: Error, visitor: Visitor): void {
  const isLost = isMissing(error);
  // Gone since its folder was read.
  if (isLost && !name.includes('\uFFFD')) return;
  visitor.file(name, unknown, isLost ? 'its name is not valid UTF-8' : reasonOf(error));
}

function meetFolder(name: string, stats: Stats, above: string, visitor: Visitor): void {
  const identity = identityOf(stats);
  const isLoop = identity !== '' && above.includes(`|${identity}|`);
  if (isLoop) visitor.skipped(name, 'leads back to a folder above it');
  else visitor.folder(name, identity);
}

function followLink(full: string, name: string, visitor: Visitor, options: ReadOptions): void {
  const stats = look(full, statSync);
  const inside = options.trueRoot.endsWith(sep) ? options.trueRoot : options.trueRoot + sep;
  if (stats instanceof Error) {
    visitor.skipped(name, isMissing(stats) ? 'a link that leads nowhere' : `a link: ${reasonOf(stats)}`);
  } else if (stats.isDirectory()) visitor.skipped(name, 'a link to a folder');
  else if (!stats.isFile()) visitor.skipped(name, 'a link to something that is no file');
  else if (!targetOf(full).startsWith(inside)) visitor.skipped(name, 'a link to a file outside this folder');
  else meetFile(full, name, stats, visitor);
}

function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return '';
  }
}

function meetFile(full: string, name: string, stats: Stats, visitor: Visitor): void {
  visitor.file(name, stats, mayRead(full, stats) ? '' : 'you have no right to read it');
}

/** As `mayRead` of looks.ts: files that everybody may read are not asked about. */
function mayRead(path: string, stats: Stats): boolean {
  if ((stats.mode & 0o444) === 0o444 || process.platform === 'win32') return true;
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function look(path: string, how: (path: string) => Stats): Stats | Error {
  try {
    return how(path);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Device and number of a folder; '' where the file system gives no numbers. */
export function identityOf(stats: Stats): string {
  return stats.ino === 0 ? '' : `${stats.dev}:${stats.ino}`;
}
