import type { Stats } from 'node:fs';
import { sep } from 'node:path';
import { skipReason, zarrMarkers } from '../../../shared/rules/file-kinds.ts';
import { isMissing, reasonOf } from './looks.ts';

// Every rule by which a walk takes, follows or leaves out what it meets. The rules ask nothing of the file system:
// whoever walks looks, waiting for each answer (folder-reader.ts) or not (walk.ts), and brings here what it saw.

/** What is at a path, or the file system's error. */
export type Looked = Stats | Error;

export interface FileStats {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
  readonly mode: number;
}

/** Where names are met. */
export interface Here {
  /** Identities of the folder and the ones above it, `|` around each: the guard against loops. */
  readonly above: string;
  /** The root of the walk, without links: what links lead to must lie in it. */
  readonly trueRoot: string;
}

export interface MetFile {
  readonly what: 'file';
  readonly stats: FileStats;
  /** Why it cannot be read; '' when it can. */
  readonly trouble: string;
}

export interface MetFolder {
  readonly what: 'folder';
  /** For the folders in it: {@link Here.above}. */
  readonly above: string;
}

export interface MetSkipped {
  readonly what: 'skipped';
  readonly reason: string;
}

/** What a name in a folder turned out to be; null when it is gone since the folder was read. */
export type Met = MetFile | MetFolder | MetSkipped | null;

const unknown: FileStats = { size: 0, mtimeMs: 0, ino: 0, mode: 0 };
const skipped = (reason: string): MetSkipped => ({ what: 'skipped', reason });

/** What is left out by its name alone, without a look at it; null for all others. */
export function metByName(name: string): MetSkipped | null {
  const rule = skipReason(name);
  return rule === null ? null : skipped(rule);
}

/** What a name is by what is at its path itself; 'link' when that is a link: then {@link metLink} decides. */
export function met(name: string, looked: Looked, here: Here): Met | 'link' {
  if (looked instanceof Error) return metTrouble(name, looked);
  if (looked.isFile()) return { what: 'file', stats: looked, trouble: '' };
  if (looked.isDirectory()) return metFolder(looked, here);
  return looked.isSymbolicLink() ? 'link' : skipped('neither a file nor a folder');
}

function metTrouble(name: string, error: Error): Met {
  const isLost = isMissing(error);
  if (isLost && !name.includes('\uFFFD')) return null;
  return {
    what: 'file',
    stats: unknown,
    trouble: isLost ? 'its name is not valid UTF-8' : reasonOf(error),
  };
}

function metFolder(stats: Stats, { above }: Here): Met {
  const identity = identityOf(stats);
  if (identity === '') return { what: 'folder', above };
  if (above.includes(`|${identity}|`)) return skipped('leads back to a folder above it');
  return { what: 'folder', above: `${above}${identity}|` };
}

/** What a link is: the file that it leads to, when that lies in the folder that is walked; other links are left out. */
export function metLink(through: Looked, target: string, { trueRoot }: Here): Met {
  if (through instanceof Error) {
    return skipped(isMissing(through) ? 'a link that leads nowhere' : `a link: ${reasonOf(through)}`);
  }
  if (through.isDirectory()) return skipped('a link to a folder');
  if (!through.isFile()) return skipped('a link to something that is no file');
  const inside = trueRoot.endsWith(sep) ? trueRoot : trueRoot + sep;
  if (!target.startsWith(inside)) return skipped('a link to a file outside this folder');
  return { what: 'file', stats: through, trouble: '' };
}

/**
 * Whether it must be asked if a file can be read. Files that everybody may read are not asked about, and on Windows,
 * where the answer means nothing before the file is opened, none are.
 */
export function mayBeClosed({ stats, trouble }: MetFile): boolean {
  return trouble === '' && (stats.mode & 0o444) !== 0o444 && process.platform !== 'win32';
}

/** A file that was asked about and cannot be read. */
export function closedFile({ stats }: MetFile): MetFile {
  return { what: 'file', stats, trouble: 'you have no right to read it' };
}

/**
 * Whether a folder is one item, a Zarr: by its metadata files, or by its name when those were lost. `names` are the
 * first that were read of it; `isAll` when there are no more. 'ask' when only a look for the markers tells.
 */
export function isZarr(path: string, names: readonly string[], isAll: boolean): boolean | 'ask' {
  if (names.some((name) => zarrMarkers.includes(name))) return true;
  if (path.toLowerCase().endsWith('.zarr') && names.some((name) => /^(\d+|c)$/.test(name))) return true;
  return isAll ? false : 'ask';
}

/** {@link Here.above} of what lies in the root of a walk. */
export function aboveOfRoot(stats: Stats): string {
  return `|${identityOf(stats)}|`;
}

/** Device and number of a folder; '' where the file system gives no numbers. */
function identityOf(stats: Stats): string {
  return stats.ino === 0 ? '' : `${stats.dev}:${stats.ino}`;
}
