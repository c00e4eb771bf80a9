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
import { oddNames, REPLACED } from './odd-names.ts';
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
  metOddName,
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
  visit: (name: string, what: Met) => void,
): 'read' | 'zarr' {
  const folder = path === '' ? options.root : `${options.root}/${path}`;
  const below = path === '' ? '' : `${path}/`;
  let hasOddNames = false;
  const handle = opendirSync(folder, { bufferSize: NAMES_A_CALL });
  try {
    let names = someNames(handle);
    if (names.length > 0 && !options.insideZarr && isZarrFolder(folder, path, names)) return 'zarr';
    while (names.length > 0) {
      options.pause();
      for (const name of names) {
        if (name.includes(REPLACED)) hasOddNames = true;
        else visit(name, metByName(below, name, options) ?? meet(`${folder}/${name}`, options));
      }
      names = someNames(handle);
    }
    if (hasOddNames) readOddNames(folder, below, options, visit);
    return 'read';
  } finally {
    handle.closeSync();
  }
}

/**
 * Reads a folder again in bytes for the names in which something could not be decoded: two such names can look the
 * same as text.
 */
function readOddNames(
  folder: string,
  below: string,
  options: ReadOptions,
  visit: (name: string, what: Met) => void,
): void {
  for (const { bytes, name, isText } of oddNames(folder)) {
    options.pause();
    const what = metByName(below, name, options);
    if (what !== null) visit(name, what);
    else if (isText) visit(name, meet(`${folder}/${name}`, options));
    else visit(name, metOddName(look(Buffer.concat([Buffer.from(`${folder}/`), bytes]), lstatSync)));
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

function meet(full: string, here: Here): Met {
  let what = met(look(full, lstatSync), here);
  if (what === 'link') what = metLink(look(full, statSync), targetOf(full), here);
  return what.what === 'file' && mayBeClosed(what) && !canRead(full) ? closedFile(what) : what;
}

function look<P extends string | Buffer>(path: P, how: (path: P) => Stats): Looked {
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
