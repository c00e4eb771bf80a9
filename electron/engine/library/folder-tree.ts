import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { EntryFilter } from '../../../shared/contract/file-calls.ts';
import type { FolderRow } from '../../../shared/contract/tree-calls.ts';
import type { EntryKind } from '../../../shared/model/entry.ts';
import { bit, EntryColumns, kindOrder } from './entry-columns.ts';
import { EntryViews } from './entry-views.ts';
import { top } from './folder-places.ts';
import { FolderTotals } from './folder-totals.ts';
import { Slices } from './in-slices.ts';
import { sortInSlices } from './sort-in-slices.ts';
import { sources } from './sources.ts';
import type { SubmissionFile } from './submission-file.ts';

/** Counts by filter that are remembered; they weigh some eighty bytes a folder each. */
const MOST_COUNTED = 2;
/** Orders of long lists of folders that are remembered. */
const MOST_SORTED = 8;

/** A folder by its source and path; a source of null is above all sources. */
export interface FolderPlace {
  readonly sourceId: number | null;
  readonly folder: string;
}

export interface FolderQuery {
  readonly filter: EntryFilter;
  readonly sort: 'name' | 'bytes';
  readonly offset: number;
  readonly limit: number;
  /** The page with a folder of this name, if there is one, instead of the one at the offset. */
  readonly holding?: string | undefined;
}

/** Everything that was counted at one moment. */
export interface CountedFolders {
  readonly columns: EntryColumns;
  /** The entries counted. */
  readonly ids: Uint32Array;
  readonly totals: FolderTotals;
  /** Of the columns when this was counted. */
  readonly version: number;
}

/** The folders of one open file with what lies in them, counted when somebody looks and again after a change. */
export class FolderTree {
  readonly #file: SubmissionFile;
  readonly #columns: EntryColumns;
  readonly #counted = new Map<string, CountedFolders>();
  readonly #sorted = new Map<string, readonly number[]>();

  private constructor(file: SubmissionFile) {
    this.#file = file;
    this.#columns = EntryColumns.of(file);
  }

  static readonly #kept = new WeakMap<SubmissionFile, FolderTree>();

  static of(file: SubmissionFile): FolderTree {
    const tree = FolderTree.#kept.get(file) ?? new FolderTree(file);
    FolderTree.#kept.set(file, tree);
    return tree;
  }

  /** What lies in each folder of all that a filter matches. */
  async counted(filter: EntryFilter): Promise<CountedFolders> {
    const key = JSON.stringify(Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1)));
    const columns = this.#columns;
    for (;;) {
      const ids = await this.#matching(filter);
      const { version } = columns;
      const known = this.#counted.get(key);
      if (known?.version === version) return known;
      const totals = await FolderTotals.of(columns, ids, new Slices());
      if (totals === null) continue;
      this.#sorted.clear();
      return remember(this.#counted, key, { columns, ids, totals, version }, MOST_COUNTED);
    }
  }

  /**
   * Entries that a filter matches, with the columns up to date. All of them need no order, which a scan that goes on
   * would have made anew again and again.
   */
  async #matching(filter: EntryFilter): Promise<Uint32Array> {
    if (Object.keys(filter).length > 0) return await EntryViews.of(this.#file).matching(filter, true);
    await this.#columns.refresh(true);
    const { flags } = this.#columns;
    const ids = new Uint32Array(flags.length);
    let count = 0;
    for (let id = 0; id < flags.length; id++) {
      ids[count] = id;
      count += ((flags[id] ?? 0) & bit.present) === 0 ? 0 : 1;
    }
    return ids.subarray(0, count);
  }

  /** Folders in a folder that hold anything that the filter matches, some of them. */
  async children(place: FolderPlace, query: FolderQuery): Promise<CallOutput<'tree.children'>> {
    const counted = await this.counted(query.filter);
    const folder = folderAt(counted, place);
    const key = `${counted.version} ${query.sort} ${JSON.stringify(query.filter)} ${folder}`;
    const inside =
      this.#sorted.get(key) ??
      remember(this.#sorted, key, await this.#sort(counted, folder, query.sort), MOST_SORTED);
    const { holding, limit } = query;
    const at = holding === undefined ? -1 : inside.findIndex((one) => this.name(one) === holding);
    const offset = at < 0 ? query.offset : at - (at % limit);
    return {
      total: inside.length,
      offset,
      rows: inside.slice(offset, offset + limit).map((one) => this.row(counted, one)),
      whole: folder === null ? emptyRow(place) : this.row(counted, folder),
    };
  }

  async #sort(
    { totals }: CountedFolders,
    folder: number | null,
    by: 'name' | 'bytes',
  ): Promise<readonly number[]> {
    if (folder === null) return [];
    const slices = new Slices();
    const byName = await sortInSlices(
      [...totals.foldersIn(folder)],
      (one) => nameKey(this.name(one)),
      slices,
    );
    return by === 'name' ? byName : sortInSlices(byName, (one) => -(totals.bytes[one] ?? 0), slices);
  }

  /** The last segment of a folder's path; of a source its path on disk. */
  name(folder: number): string {
    const { places } = this.#columns;
    if (folder === top) return '';
    if (places.parents[folder] !== top) return places.name(folder);
    const id = this.sourceId(folder);
    return sources(this.#file).find((source) => source.id === id)?.path ?? '';
  }

  /** The source a folder is of; 0 above all. */
  sourceId(folder: number): number {
    const { places } = this.#columns;
    let at = folder;
    for (let above = places.parents[at] ?? top; above !== top; above = places.parents[at] ?? top) at = above;
    return at === top ? 0 : Number(places.name(at));
  }

  row({ totals }: CountedFolders, folder: number): FolderRow {
    const kind = (name: EntryKind) => {
      const at = folder * kindOrder.length + kindOrder.indexOf(name);
      return { entries: totals.kindEntries[at] ?? 0, bytes: totals.kindBytes[at] ?? 0 };
    };
    const [must = 0, should = 0, may = 0] = totals.findings.subarray(folder * 3, folder * 3 + 3);
    return {
      sourceId: this.sourceId(folder),
      name: this.name(folder),
      entries: totals.entries[folder] ?? 0,
      files: totals.files[folder] ?? 0,
      bytes: totals.bytes[folder] ?? 0,
      kinds: { image: kind('image'), mask: kind('mask'), table: kind('table'), other: kind('other') },
      findings: { must, should, may },
      hasFolders: (totals.firstIn[folder] ?? 0) !== 0,
    };
  }
}

/** The number of a folder; null for one in which nothing lies. */
export function folderAt({ columns }: CountedFolders, { sourceId, folder }: FolderPlace): number | null {
  return sourceId === null ? top : columns.places.find(sourceId, folder);
}

export function emptyRow({ sourceId, folder }: FolderPlace): FolderRow {
  const none = { entries: 0, bytes: 0 };
  return {
    sourceId: sourceId ?? 0,
    name: folder.slice(folder.lastIndexOf('/') + 1),
    ...{ entries: 0, files: 0, bytes: 0, hasFolders: false },
    kinds: { image: none, mask: none, table: none, other: none },
    findings: { must: 0, should: 0, may: 0 },
  };
}

/** Names in the order of people: letters of either case together, numbers by their value. */
export function nameKey(name: string): string {
  const counted = name
    .toLowerCase()
    .replace(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, '').padStart(16, '0'));
  return `${counted}\0${name}`;
}

function remember<T>(memory: Map<string, T>, key: string, value: T, most: number): T {
  memory.delete(key);
  const [oldest] = memory.keys();
  if (memory.size >= most && oldest !== undefined) memory.delete(oldest);
  memory.set(key, value);
  return value;
}
