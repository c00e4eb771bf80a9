import type { EntryKind, EntryState } from '../../../shared/model/entry.ts';
import type { LinkRule, SkipRule } from '../../../shared/model/walk.ts';
import type { ZarrFacts } from './zarr.ts';

/** What a walker thread is started with. */
export interface WalkerStart {
  readonly root: string;
  /** Without links, to tell links that lead out of it. */
  readonly trueRoot: string;
  readonly settleMs: number;
  /** {@link STOP}, {@link HUNGRY} and, after them, how heavy the batches of each walker are that wait to be written. */
  readonly control: SharedArrayBuffer;
  /** Where in `control` this walker counts. */
  readonly place: number;
  readonly skipRules: readonly SkipRule[];
  readonly links: LinkRule;
  readonly bounds: readonly string[] | null;
}

/** Place in the control array that is 1 once the walk is to end. */
export const STOP = 0;
/** Place that is 1 while a walker has nothing to do: one that has several folders gives some of them back. */
export const HUNGRY = 1;
/** Place of the first walker. */
export const FIRST_WALKER = 2;
/** How heavy batches of a walker may be that wait for the index: memory stays bounded when writing is slower. */
export const MOST_AHEAD = 12_000;

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

/** Files that have no row yet and share format, kind and state; each as one text of {@link FreshRowWriter}. */
export interface FreshRows {
  readonly format: string;
  readonly kind: EntryKind;
  readonly state: EntryState;
  readonly count: number;
  readonly bytes: number;
  /** A JSON array of texts, in UTF-8: bytes change threads without being copied. */
  readonly rows: Uint8Array<ArrayBuffer>;
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

export interface Noticed {
  readonly path: string;
  readonly cause: 'mount' | 'followed' | 'vanished';
  /** Where a followed link leads; else ''. */
  readonly target: string;
}

/** What a walker hands over at a time. A folder is `walked` not before the last of its files. */
export interface WalkBatch {
  /** To be walked by whoever has time. */
  readonly folders: FolderFound[];
  /** Folders that the walker goes on with by itself; only those whose own names say something. */
  readonly kept: FolderFound[];
  readonly fresh: FreshRows[];
  readonly files: FileFound[];
  readonly zarrs: (ZarrFacts & { readonly path: string })[];
  readonly skipped: { readonly path: string; readonly reason: string; readonly cause: string }[];
  /** What is to be said of things that are walked, or of some that were there for a moment. */
  readonly noticed: Noticed[];
  /** Folders that could not be read; `code` is the file system's. */
  readonly closed: { readonly path: string; readonly reason: string; readonly code: string }[];
  readonly walked: FolderWalked[];
  /** How many jobs came to their end with it. */
  jobsDone: number;
  /** What writing it costs, in new rows of files. */
  weight: number;
}
