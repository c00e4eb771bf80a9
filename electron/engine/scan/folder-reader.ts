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
import { zarrMarkers } from '../../../shared/rules/file-kinds.ts';
import {
  closedFile,
  type Here,
  isZarr,
  type Looked,
  type Met,
  mayBeClosed,
  met,
  metByName,
  metLink,
} from './walk-rules.ts';

// Looks with calls that wait, for threads that have nothing else to do: they cost a fourth of the asynchronous ones
// (measured; see the bench `scan`). What is made of what they see says walk-rules.ts.

/**
 * Names read from a folder before they are looked at: bounds memory for a folder with a million files. They are put in
 * order, for rows that come in order touch a tenth of the pages of the index.
 */
const NAMES_AT_ONCE = 16_384;
/** Names that one call to the system asks for. */
const NAMES_A_CALL = 1024;

export interface ReadOptions extends Here {
  readonly root: string;
  /** Inside a Zarr store no Zarr is one item. */
  readonly insideZarr: boolean;
  /** Asked now and then; throws to end it. */
  readonly pause: () => void;
}

/**
 * Tells `visit` everything that lies directly in the folder `path` below the root. Returns `zarr`, and tells nothing,
 * when the folder is one item. Throws the file system's error when the folder cannot be read.
 */
export function readFolder(
  path: string,
  options: ReadOptions,
  visit: (name: string, what: NonNullable<Met>) => void,
): 'read' | 'zarr' {
  const folder = path === '' ? options.root : `${options.root}/${path}`;
  const handle = opendirSync(folder, { bufferSize: NAMES_A_CALL });
  try {
    let names = someNames(handle);
    if (names.length > 0 && !options.insideZarr && isZarrFolder(folder, path, names)) return 'zarr';
    while (names.length > 0) {
      options.pause();
      for (const name of names) {
        const what = metByName(name) ?? meet(`${folder}/${name}`, name, options);
        if (what !== null) visit(name, what);
      }
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

function isZarrFolder(folder: string, path: string, names: readonly string[]): boolean {
  const is = isZarr(path, names, names.length < NAMES_AT_ONCE);
  if (is !== 'ask') return is;
  return zarrMarkers.some((marker) => !(look(`${folder}/${marker}`, lstatSync) instanceof Error));
}

function meet(full: string, name: string, here: Here): Met {
  let what = met(name, look(full, lstatSync), here);
  if (what === 'link') what = metLink(look(full, statSync), targetOf(full), here);
  return what?.what === 'file' && mayBeClosed(what) && !canRead(full) ? closedFile(what) : what;
}

function look(path: string, how: (path: string) => Stats): Looked {
  try {
    return how(path);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return '';
  }
}

function canRead(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
