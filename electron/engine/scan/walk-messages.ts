import type { EntryKind, EntryState } from '../../../shared/model/entry.ts';
import type { ZarrFacts } from './zarr.ts';

/** What a walker thread is started with. */
export interface WalkerStart {
  readonly root: string;
  /** Without links, to tell links that lead out of it. */
  readonly trueRoot: string;
  readonly settleMs: number;
  /** {@link STOP} and, after it, how many batches of each walker wait to be written. */
  readonly control: SharedArrayBuffer;
  /** Where in `control` this walker counts. */
  readonly place: number;
}

/** Place in the control array that is 1 once the walk is to end. */
export const STOP = 0;
/** Batches a walker may be ahead of the index: memory stays bounded when writing is slower than walking. */
export const BATCHES_AHEAD = 3;

/** A folder that was found and is still to be walked. */
export interface FolderFound {
  /** Below the root, `/` between segments; '' for the root itself. */
  readonly path: string;
  /** Identities of the folder and the ones above it, `|` around each: the guard against loops. */
  readonly above: string;
  /** What its name and the ones above it say about images in it, the nearest first. */
  readonly says: 'mask' | 'image' | null;
}

export interface FolderJob extends FolderFound {
  /** What it held when its rows were written; '' when that is not known. */
  readonly digest: string;
  /** True when there is no row of a file in it: what is found is new. */
  readonly fresh: boolean;
}

/** Files that have no row yet and share format, kind and state; each as one text of {@link freshRow}. */
export interface FreshRows {
  readonly format: string;
  readonly kind: EntryKind;
  readonly state: EntryState;
  readonly count: number;
  readonly bytes: number;
  /** A JSON array of texts. */
  readonly rows: string;
}

export interface FileFound {
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number;
  readonly inode: string;
  /** Empty when it can be read. */
  readonly trouble: string;
  readonly format: string;
  readonly kind: EntryKind;
}

/** A folder that was walked to its end. */
export interface FolderWalked {
  readonly path: string;
  /** Null when it must be compared again the next time: something in it has not come to rest. */
  readonly digest: string | null;
  /** True when it holds what it held; then its files are in no other message. */
  readonly same: boolean;
  readonly files: number;
  readonly bytes: number;
}

/** What a walker hands over at a time. A folder is `walked` not before the last of its files. */
export interface WalkBatch {
  readonly folders: FolderFound[];
  readonly fresh: FreshRows[];
  readonly files: FileFound[];
  readonly zarrs: (ZarrFacts & { readonly path: string })[];
  readonly skipped: { readonly path: string; readonly reason: string }[];
  /** Folders that could not be read; `code` is the file system's. */
  readonly closed: { readonly path: string; readonly reason: string; readonly code: string }[];
  readonly walked: FolderWalked[];
  /** How many jobs came to their end with it. */
  jobsDone: number;
}

/** Widths of the numbers in the text of a fresh row; after them comes the path. */
const widths = { size: 16, time: 20, inode: 20, nameAt: 6 } as const;
const pathAt = widths.size + widths.time + widths.inode + widths.nameAt + 1;
/** Milliseconds of our time, as doubles, are whole multiples of this: so they pass through text without rounding. */
const PARTS = 4096;

/**
 * A file as one text of numbers in columns and the path: SQLite cuts it faster than it binds eight values.
 * `nameAt` is the place of the name in the path, from 1, in code points. Null when a number does not fit.
 */
export function freshRow(
  path: string,
  nameAt: number,
  file: { readonly size: number; readonly modifiedMs: number; readonly inode: number },
): string | null {
  const time = file.modifiedMs * PARTS;
  if (!Number.isSafeInteger(time) || !Number.isSafeInteger(file.size) || nameAt > 999_999) return null;
  return (
    String(file.size).padEnd(widths.size) +
    String(time).padEnd(widths.time) +
    String(file.inode).padEnd(widths.inode) +
    String(nameAt).padEnd(widths.nameAt) +
    path
  );
}

/** SQL that cuts `value`, a text of {@link freshRow}. */
export const freshRowSql = {
  path: `substr(value, ${pathAt})`,
  name: `substr(value, ${pathAt - 1} + CAST(substr(value, ${pathAt - widths.nameAt}, ${widths.nameAt}) AS INTEGER))`,
  size: `CAST(substr(value, 1, ${widths.size}) AS INTEGER)`,
  modifiedMs: `CAST(substr(value, ${widths.size + 1}, ${widths.time}) AS INTEGER) / ${PARTS}.0`,
  inode: `rtrim(substr(value, ${widths.size + widths.time + 1}, ${widths.inode}))`,
} as const;
