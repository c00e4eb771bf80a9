import { closeSync, openSync, readSync } from 'node:fs';
import type { EntryKind } from '../../../shared/model/entry.ts';
import { formatByName, formatOf, isImageFormat, kindOf } from '../../../shared/rules/file-kinds.ts';

/** Bytes that tell every format known: DICOM has its mark at 128. */
const FIRST_BYTES = 132;
/** A pointer that stands in for the data is smaller than this. */
const SMALL = 1024;
/** Files of one folder, format and class of size that are looked into; the rest of a series is taken to be like them. */
const LOOKED_INTO_A_SERIES = 32;

export interface Classified {
  readonly format: string;
  readonly kind: EntryKind;
}

/** Files of a folder that promise the same: how many were looked into, and what all of them showed. */
interface Series {
  looked: number;
  shown: string | null;
}

/**
 * Tells format and kind of the files of one folder. The first bytes are read where a name could mislead, images, archives and
 * names that say nothing, but not of every file of a long series: on network drives opening a file costs more than
 * finding it. When all that were looked into are something else than they promise, the rest of the series is too. A
 * file that is not what its series is, is found when the checks read it.
 */
export class Classifier {
  readonly #folder: string;
  readonly #says: 'mask' | 'image' | null;
  readonly #series = new Map<string, Series>();

  /** `folder` is where the files lie on this computer; `says` what its name and the ones above it say. */
  constructor(folder: string, says: 'mask' | 'image' | null) {
    this.#folder = folder;
    this.#says = says;
  }

  /** Format and kind; reads the file's beginning when its size and series ask for it. Never throws. */
  classify(name: string, size: number): Classified {
    const promised = promisedBy(name);
    const format = size === 0 || !mayMislead(promised) ? promised : this.#lookInto(name, size, promised);
    return { format, kind: kindOf(format, name, this.#says) };
  }

  #lookInto(name: string, size: number, promised: string): string {
    const key = `${promised}${size <= SMALL ? ' small' : ''}`;
    let series = this.#series.get(key);
    if (!series) {
      series = { looked: 0, shown: null };
      this.#series.set(key, series);
    }
    if (series.looked >= LOOKED_INTO_A_SERIES) return series.shown ?? promised;
    const bytes = firstBytes(`${this.#folder}/${name}`);
    const format = bytes === null ? promised : formatOf(name, bytes);
    if (series.looked === 0) series.shown = format;
    else if (series.shown !== format) series.shown = null;
    series.looked++;
    return format;
  }
}

/** Names that do not decide: images often are something else, a ZIP may hold outlines. */
function mayMislead(promised: string): boolean {
  return promised === 'unknown' || promised === 'archive' || isImageFormat(promised);
}

/** Formats of extensions met before: most names of a million end alike. */
const promises = new Map<string, string>();

function promisedBy(name: string): string {
  const dot = name.indexOf('.');
  if (dot <= 0 || dot !== name.lastIndexOf('.') || name.length - dot > 12) return formatByName(name);
  const extension = name.slice(dot);
  let format = promises.get(extension);
  if (format === undefined) {
    format = formatByName(name);
    if (promises.size < 1000) promises.set(extension, format);
  }
  return format;
}

const buffer = new Uint8Array(FIRST_BYTES);

/** The beginning of a file, good until the next one is read; null when it cannot be read. */
function firstBytes(path: string): Uint8Array | null {
  let handle: number | undefined;
  try {
    handle = openSync(path, 'r');
    return buffer.subarray(0, readSync(handle, buffer, 0, FIRST_BYTES, 0));
  } catch {
    return null;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}
