import { bit, type EntryColumns, kindOrder } from './entry-columns.ts';
import { type FolderPlaces, top } from './folder-places.ts';
import type { Slices } from './in-slices.ts';

/** Entries counted between two turns of the event loop: a few milliseconds. */
const COUNTED_AT_ONCE = 100_000;
const KINDS = kindOrder.length;
const levels = ['must', 'should', 'may'] as const;

/** What lies in each folder and below it, as numbers by folder; some eighty bytes a folder. */
export class FolderTotals {
  readonly entries: Uint32Array;
  readonly files: Float64Array;
  readonly bytes: Float64Array;
  /** By folder and kind, kinds as in `kindOrder`. */
  readonly kindEntries: Uint32Array;
  readonly kindBytes: Float64Array;
  /** By folder and level: entries that have findings of it. */
  readonly findings: Uint32Array;
  /** First folder in each, and the next beside each; 0 for none. Only those that hold something. */
  readonly firstIn: Uint32Array;
  readonly nextTo: Uint32Array;

  private constructor(folders: number) {
    this.entries = new Uint32Array(folders);
    this.files = new Float64Array(folders);
    this.bytes = new Float64Array(folders);
    this.kindEntries = new Uint32Array(folders * KINDS);
    this.kindBytes = new Float64Array(folders * KINDS);
    this.findings = new Uint32Array(folders * levels.length);
    this.firstIn = new Uint32Array(folders);
    this.nextTo = new Uint32Array(folders);
  }

  /** Counts entries; null when the columns changed meanwhile. */
  static async of(columns: EntryColumns, ids: Uint32Array, slices: Slices): Promise<FolderTotals | null> {
    const { version, places } = columns;
    const totals = new FolderTotals(places.count);
    for (let from = 0; from < ids.length; from += COUNTED_AT_ONCE) {
      totals.#add(columns, ids.subarray(from, from + COUNTED_AT_ONCE));
      await slices.turn();
      if (columns.version !== version) return null;
    }
    totals.#sumUp(places);
    return totals;
  }

  #add({ flags, sizes, places }: EntryColumns, ids: Uint32Array): void {
    const { entries, files, bytes, kindEntries, kindBytes, findings } = this;
    for (const id of ids) {
      const folder = places.folders[id] ?? top;
      const size = sizes[id] ?? 0;
      const what = flags[id] ?? 0;
      const members = places.members[id] ?? 1;
      // What is gone fills no space.
      if (members === 0) continue;
      const ofKind = folder * KINDS + (what & bit.kind);
      entries[folder] = (entries[folder] ?? 0) + 1;
      files[folder] = (files[folder] ?? 0) + members;
      bytes[folder] = (bytes[folder] ?? 0) + size;
      kindEntries[ofKind] = (kindEntries[ofKind] ?? 0) + 1;
      kindBytes[ofKind] = (kindBytes[ofKind] ?? 0) + size;
      if ((what & (bit.must | bit.should | bit.may)) === 0) continue;
      for (const [at, level] of levels.entries()) {
        if ((what & bit[level]) === 0) continue;
        const ofLevel = folder * levels.length + at;
        findings[ofLevel] = (findings[ofLevel] ?? 0) + 1;
      }
    }
  }

  /** Each folder comes after the one above it: from the last to the first, all below a folder is summed up before it. */
  #sumUp({ parents }: FolderPlaces): void {
    const { entries, files, bytes, kindEntries, kindBytes, findings, firstIn, nextTo } = this;
    for (let folder = entries.length - 1; folder > top; folder--) {
      if ((entries[folder] ?? 0) === 0) continue;
      const above = parents[folder] ?? top;
      entries[above] = (entries[above] ?? 0) + (entries[folder] ?? 0);
      files[above] = (files[above] ?? 0) + (files[folder] ?? 0);
      bytes[above] = (bytes[above] ?? 0) + (bytes[folder] ?? 0);
      addRow(kindEntries, above, folder, KINDS);
      addRow(kindBytes, above, folder, KINDS);
      addRow(findings, above, folder, levels.length);
      nextTo[folder] = firstIn[above] ?? 0;
      firstIn[above] = folder;
    }
  }

  /** The folders in a folder that hold something. */
  *foldersIn(folder: number): Generator<number> {
    for (let next = this.firstIn[folder] ?? 0; next !== 0; next = this.nextTo[next] ?? 0) yield next;
  }
}

function addRow(numbers: Uint32Array | Float64Array, to: number, from: number, width: number): void {
  for (let at = 0; at < width; at++) {
    numbers[to * width + at] = (numbers[to * width + at] ?? 0) + (numbers[from * width + at] ?? 0);
  }
}
