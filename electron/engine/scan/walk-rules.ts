import type { Stats } from 'node:fs';
import { sep } from 'node:path';
import type { LinkRule, WalkCause } from '../../../shared/model/walk.ts';
import { zarrMarkers } from '../../../shared/rules/file-kinds.ts';
import { compileSkipRules, defaultSkipRules, type SkipTest } from '../../../shared/rules/skip-rules.ts';
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

/** What is left out and what is followed. */
export interface WalkRules {
  readonly skip: SkipTest;
  readonly links: LinkRule;
  /** Where links may lead that are followed out of the root; without links, null for anywhere. */
  readonly bounds: readonly string[] | null;
}

/**
 * The rules inside a Zarr, whatever a person leaves out elsewhere: it is one item and goes whole, but for what the
 * computer itself put there.
 */
export const rulesInsideZarr: WalkRules = {
  skip: compileSkipRules(defaultSkipRules),
  links: 'inside',
  bounds: null,
};

/**
 * Why something in a Zarr is not among its members, though it may be a part of it: folders that cannot be read, links
 * that are not followed. '' for members, and for what the computer put there.
 */
export function lostToZarr(
  found:
    | { readonly what: string }
    | { readonly what: string; readonly reason: string; readonly cause?: string },
): string {
  if (!('reason' in found) || (found.what !== 'closed' && found.what !== 'skipped')) return '';
  return found.cause?.startsWith('rule:') ? '' : found.reason;
}

/** Where names are met. */
export interface Here {
  /**
   * Identities of the folder and the ones above it, `|` around each, an `@` before one that a link led to: the guard
   * against loops.
   */
  readonly above: string;
  /** The root of the walk, without links: {@link LinkRule} `inside` means below it. */
  readonly trueRoot: string;
  readonly rules: WalkRules;
}

/** Links that may lead to a folder: more, and links to folders of links become more paths than anybody has files. */
const MOST_LINKS = 5;

export interface MetFile {
  readonly what: 'file';
  readonly stats: FileStats;
  /** Why it cannot be read; '' when it can. */
  readonly trouble: string;
  /** Where it lies, when a link out of the root was followed to it. */
  readonly target?: string;
}

export interface MetFolder {
  readonly what: 'folder';
  /** For the folders in it: {@link Here.above}. */
  readonly above: string;
  /** True when it lies on another disk or network folder than the one it is in. */
  readonly isMount: boolean;
  /** Where it lies, when a link out of the root was followed to it. */
  readonly target?: string;
}

export interface MetSkipped {
  readonly what: 'skipped';
  readonly reason: string;
  /** `rule:` and the id of a skip rule, or a {@link WalkCause}. */
  readonly cause: string;
}

/** A folder that cannot be read, and is known to be one. */
export interface MetClosed {
  readonly what: 'closed';
  readonly reason: string;
}

/** It is gone since the folder was read. */
export interface MetGone {
  readonly what: 'gone';
}

/** What a name in a folder turned out to be. */
export type Met = MetFile | MetFolder | MetSkipped | MetClosed | MetGone;

const gone: MetGone = { what: 'gone' };
const unknown: FileStats = { size: 0, mtimeMs: 0, ino: 0, mode: 0 };
const skipped = (reason: string, cause: WalkCause): MetSkipped => ({ what: 'skipped', reason, cause });
const NOT_UTF8 = 'its name is not valid UTF-8';

/**
 * What is left out by its name alone, without a look at it; null for all others. `folder` is where it lies below the
 * root: '' or ending in `/`.
 */
export function metByName(folder: string, name: string, { rules }: Here): MetSkipped | null {
  const rule = rules.skip(folder, name);
  if (rule === null) return null;
  return { what: 'skipped', reason: rule.reason || `by the rule ${rule.pattern}`, cause: `rule:${rule.id}` };
}

/**
 * What a name is that no text can say, by what is at its path in bytes. It must not be sent under another name, so it
 * is there and cannot be read.
 */
export function metOddName(looked: Looked): Met {
  if (looked instanceof Error) return isMissing(looked) ? gone : unreadable(reasonOf(looked));
  return looked.isDirectory() ? { what: 'closed', reason: NOT_UTF8 } : unreadable(NOT_UTF8);
}

function unreadable(trouble: string): MetFile {
  return { what: 'file', stats: unknown, trouble };
}

/** What a name is by what is at its path itself; 'link' when that is a link: then {@link metLink} decides. */
export function met(looked: Looked, here: Here): Met | 'link' {
  if (looked instanceof Error) return isMissing(looked) ? gone : unreadable(reasonOf(looked));
  if (looked.isFile()) return { what: 'file', stats: looked, trouble: '' };
  if (looked.isDirectory()) return metFolder(looked, here);
  return looked.isSymbolicLink() ? 'link' : skipped('neither a file nor a folder', 'special');
}

/**
 * Folders on other disks are walked: in labs a folder is often put together from several network drives, and what is
 * left out without a word is lost. It is told instead.
 */
function metFolder(stats: Stats, { above }: Here): Met {
  const identity = identityOf(stats);
  if (identity === '') return { what: 'folder', above, isMount: false };
  if (above.includes(`|${identity}|`)) return skipped('leads back to a folder above it', 'loop');
  const isMount = !above.startsWith(`${stats.dev}:`, above.lastIndexOf('|', above.length - 2) + 1);
  return { what: 'folder', above: `${above}${identity}|`, isMount };
}

/** What a link is, by what it leads to; `target` is that path without links. */
export function metLink(through: Looked, target: string, { above, trueRoot, rules }: Here): Met {
  if (through instanceof Error) {
    const reason = isMissing(through) ? 'a link that leads nowhere' : `a link: ${reasonOf(through)}`;
    return skipped(reason, 'link-lost');
  }
  const what = through.isDirectory() ? 'folder' : 'file';
  if (what === 'file' && !through.isFile()) return skipped('a link to something that is no file', 'special');
  const isInside = lies(target, trueRoot);
  const isGranted = rules.links === 'all' && (rules.bounds?.some((bound) => lies(target, bound)) ?? true);
  if (rules.links === 'skip') return skipped(`a link to a ${what}`, 'link');
  if (target === '' || !(isInside || isGranted)) {
    return skipped(`a link to a ${what} outside this folder`, 'link');
  }
  const led = isInside ? {} : { target };
  if (what === 'file') return { what, stats: through, trouble: '', ...led };
  const identity = identityOf(through);
  // Without numbers nothing tells a circle.
  if (identity === '' || above.includes(`|${identity}|`)) {
    return skipped('a link that leads back to a folder above it', 'loop');
  }
  if (above.split('@').length > MOST_LINKS) {
    return skipped(`a link that is reached through ${MOST_LINKS} others`, 'loop');
  }
  return { what, above: `${above}@|${identity}|`, isMount: false, ...led };
}

function lies(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
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
