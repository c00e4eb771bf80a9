import { type FileHandle, open } from 'node:fs/promises';
import type { EntryKind } from '../../../shared/model/entry.ts';
import {
  formatByName,
  formatOf,
  isImageFormat,
  kindByFolders,
  kindOf,
} from '../../../shared/rules/file-kinds.ts';

/** Bytes that tell every format known: DICOM has its mark at 128. */
const FIRST_BYTES = 132;
/** A pointer that stands in for the data is smaller than this; so small a file costs nothing to look into. */
const SMALL = 1024;
/** Files of one folder and format that are looked into; the rest of a series is taken to be like them. */
const LOOKED_INTO_A_SERIES = 32;

export interface Classified {
  readonly format: string;
  readonly kind: EntryKind;
}

/**
 * Tells format and kind of the files of one source. The first bytes are read where a name could mislead, images and
 * names that say nothing, but not of every file of a long series: on network drives opening a file costs more than
 * finding it. A file that is not what its series is, is found when the checks read it.
 */
export class Classifier {
  readonly #root: string;
  #folder = '';
  #byFolders: 'mask' | 'image' | null = null;
  /** Files looked into, by format; only of the folder in hand. */
  #looked = new Map<string, number>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Format and kind; reads the file's beginning when `size` and series ask for it. Never throws. */
  async classify(path: string, size: number): Promise<Classified> {
    const { name, byFolders } = this.#place(path);
    const promised = formatByName(name);
    const bytes = this.#wants(promised, size) ? await firstBytes(`${this.#root}/${path}`) : null;
    const format = bytes === null ? promised : formatOf(name, bytes);
    return { format, kind: kindOf(format, name, byFolders) };
  }

  #place(path: string): { name: string; byFolders: 'mask' | 'image' | null } {
    const slash = path.lastIndexOf('/');
    const folder = path.slice(0, Math.max(slash, 0));
    if (folder !== this.#folder) {
      this.#folder = folder;
      this.#byFolders = kindByFolders(folder);
      this.#looked = new Map();
    }
    return { name: path.slice(slash + 1), byFolders: this.#byFolders };
  }

  #wants(promised: string, size: number): boolean {
    if (size === 0 || !(isImageFormat(promised) || promised === 'unknown')) return false;
    if (size <= SMALL) return true;
    const looked = this.#looked.get(promised) ?? 0;
    this.#looked.set(promised, looked + 1);
    return looked < LOOKED_INTO_A_SERIES;
  }
}

/** The beginning of a file; null when it cannot be read. */
async function firstBytes(path: string): Promise<Uint8Array | null> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    const buffer = new Uint8Array(FIRST_BYTES);
    const { bytesRead } = await handle.read(buffer, 0, FIRST_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } catch {
    return null;
  } finally {
    await handle?.close().catch(() => undefined);
  }
}
