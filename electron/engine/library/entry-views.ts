import type { EntryFilter, EntrySort } from '../../../shared/contract/file-calls.ts';
import { bit, EntryColumns, kindOrder, type OrderName } from './entry-columns.ts';
import { filterSql } from './filter-sql.ts';
import { Slices } from './in-slices.ts';
import type { SubmissionFile } from './submission-file.ts';
import { profileOfFile } from './submission-row.ts';

/** Filters, and filters in an order, that are remembered. */
const MOST_REMEMBERED = 6;

/** All entries that a filter matches, in an order. */
export interface EntryView {
  readonly total: number;
  /** Bytes of all of them. */
  readonly bytes: number;
  /** Entry ids of some rows. */
  ids(offset: number, limit: number): number[];
  /** In which row an entry stands; null when the filter leaves it out. */
  place(id: number): number | null;
}

/** What a filter matches. */
interface Matches {
  /** By flags: 1 for entries that may match. */
  readonly byFlags: Uint8Array;
  /** By entry id: 1 for entries that match as far as flags do not say; null for all of them. */
  readonly hits: Uint8Array | null;
  readonly total: number;
  readonly bytes: number;
}

/** The entries of one open file, filtered and sorted without asking the file, but for its texts. */
export class EntryViews {
  readonly #file: SubmissionFile;
  readonly #columns: EntryColumns;
  #version = -1;
  #filters = new Map<string, Matches>();
  #views = new Map<string, Rows>();

  private constructor(file: SubmissionFile) {
    this.#file = file;
    this.#columns = EntryColumns.of(file);
  }

  static readonly #kept = new WeakMap<SubmissionFile, EntryViews>();

  static of(file: SubmissionFile): EntryViews {
    const views = EntryViews.#kept.get(file) ?? new EntryViews(file);
    EntryViews.#kept.set(file, views);
    return views;
  }

  async view(filter: EntryFilter, sort: EntrySort): Promise<EntryView> {
    const matches = await this.#matches(filter);
    const { order, isReversed } = orderOf(sort);
    const key = `${order} ${isReversed} ${keyOf(filter)}`;
    const known = isLasting(filter) ? this.#views.get(key) : undefined;
    const rows = known ?? new Rows(this.#columns, this.#columns.order(order), isReversed, matches);
    if (known === undefined && isLasting(filter)) remember(this.#views, key, rows);
    const { total, bytes } = matches;
    return {
      total,
      bytes,
      ids: (offset, limit) => rows.ids(offset, Math.min(offset + limit, total)),
      place: (id) => rows.place(id),
    };
  }

  /**
   * Ids of all entries that a filter matches, in the order of their paths.
   * @param withPlaces also brings up to date in which folder each lies
   */
  async matching(filter: EntryFilter, withPlaces = false): Promise<Uint32Array> {
    const matches = await this.#matches(filter, withPlaces);
    return new Rows(this.#columns, this.#columns.order('path'), false, matches).all();
  }

  /** After this the columns are as they were when the matches were found, until the next turn. */
  async #matches(filter: EntryFilter, withPlaces = false): Promise<Matches> {
    const key = keyOf(filter);
    for (;;) {
      await this.#columns.refresh(withPlaces || isInFolder(filter));
      const { version } = this.#columns;
      if (this.#version !== version) {
        this.#filters.clear();
        this.#views.clear();
        this.#version = version;
      }
      const known = this.#filters.get(key);
      if (known) return known;
      const found = asksTexts(filter) ? await this.#textHits(filter) : null;
      if (this.#columns.version !== version) continue;
      const matches = matchesOf(this.#columns, filter, found);
      return isLasting(filter) ? remember(this.#filters, key, matches) : matches;
    }
  }

  async #textHits({ text, columns }: EntryFilter): Promise<Uint8Array> {
    const { where, parameters } = filterSql(profileOfFile(this.#file), {
      ...(text === undefined ? {} : { text }),
      ...(columns === undefined ? {} : { columns }),
    });
    const hits = new Uint8Array(this.#columns.flags.length);
    const slices = new Slices();
    const { fences } = this.#columns;
    for (const [at, fence] of fences.entries()) {
      const next = fences[at + 1];
      const found = this.#file.get<{ ids: string }>(
        `SELECT json_group_array(e.id) AS ids FROM entry e
         WHERE ${where} AND e.path >= ? ${next === undefined ? '' : 'AND e.path < ?'}`,
        ...[...parameters, fence],
        ...(next === undefined ? [] : [next]),
      );
      for (const id of JSON.parse(found?.ids ?? '[]') as number[]) hits[id] = 1;
      await slices.turn();
    }
    return hits;
  }
}

function matchesOf(columns: EntryColumns, filter: EntryFilter, found: Uint8Array | null): Matches {
  const byFlags = flagsOf(filter);
  let total = 0;
  let bytes = 0;
  if (found === null && filter.sourceId === undefined && !isInFolder(filter)) {
    for (const [flags, counts] of byFlags.entries()) {
      total += counts * (columns.counts[flags] ?? 0);
      bytes += counts * (columns.bytes[flags] ?? 0);
    }
    return { byFlags, hits: null, total, bytes };
  }
  const { flags, sizes, sources, places } = columns;
  const { sourceId = -1, folder = '' } = filter;
  const hits = found ?? new Uint8Array(flags.length).fill(1);
  if (isInFolder(filter)) {
    const inside = places.inside(filter.sourceId, folder);
    for (let id = 0; id < flags.length; id++)
      hits[id] = (hits[id] ?? 0) & (inside[places.folders[id] ?? 0] ?? 0);
  }
  for (let id = 0; id < flags.length; id++) {
    if (sourceId !== -1 && sources[id] !== sourceId) hits[id] = 0;
    // Without branches: which rows match cannot be foreseen, and a wrong guess costs more than the sum.
    const counts = (hits[id] ?? 0) & (byFlags[flags[id] ?? 0] ?? 0);
    total += counts;
    bytes += counts * (sizes[id] ?? 0);
  }
  return { byFlags, hits, total, bytes };
}

/** Whether the file's texts have to be looked through. */
function asksTexts({ text = '', columns = [] }: EntryFilter): boolean {
  return text !== '' || columns.length > 0;
}

/** What is typed into cells is not noted: matches that hang on it are good for one look. */
function isLasting({ columns = [] }: EntryFilter): boolean {
  return columns.length === 0;
}

function isInFolder(filter: EntryFilter): boolean {
  return filter.folder !== undefined && filter.folder !== '';
}

/** By flags of an entry: 1 when they are as the filter wants them. */
function flagsOf(filter: EntryFilter): Uint8Array {
  const { mask, wanted } = bitsOf(filter);
  return Uint8Array.from({ length: 256 }, (_, flags) => ((flags & mask) === wanted ? 1 : 0));
}

function bitsOf(filter: EntryFilter): { mask: number; wanted: number } {
  let mask: number = bit.present;
  let wanted: number = bit.present;
  const want = (bits: number, value: number) => {
    mask |= bits;
    wanted |= value;
  };
  if (filter.kind !== undefined) want(bit.kind, kindOrder.indexOf(filter.kind));
  if (filter.send !== undefined) want(bit.send, filter.send ? bit.send : 0);
  if (filter.paired !== undefined) want(bit.paired, filter.paired ? bit.paired : 0);
  if (filter.finding !== undefined) want(bit[filter.finding], bit[filter.finding]);
  return { mask, wanted };
}

/** Ids of the rows that match, in order; found as far as somebody looked. */
class Rows {
  readonly #flags: Uint8Array;
  readonly #order: Uint32Array;
  readonly #isReversed: boolean;
  readonly #matches: Matches;
  readonly #found: Uint32Array;
  /** By entry id, once somebody asked where one stands. */
  #places: Uint32Array | null = null;
  #count = 0;
  #looked = 0;

  constructor(columns: EntryColumns, order: Uint32Array, isReversed: boolean, matches: Matches) {
    this.#flags = columns.flags;
    this.#order = order;
    this.#isReversed = isReversed;
    this.#matches = matches;
    const isAll = matches.total === order.length && !isReversed;
    if (isAll) this.#count = order.length;
    // One more than there are: ids that do not match are written too, and then written over.
    this.#found = isAll ? order : new Uint32Array(matches.total + 1);
  }

  ids(offset: number, end: number): number[] {
    if (offset >= end) return [];
    this.#lookFor(end);
    return [...this.#found.subarray(offset, end)];
  }

  all(): Uint32Array {
    const { total } = this.#matches;
    this.#lookFor(total);
    return this.#found.subarray(0, total);
  }

  place(id: number): number | null {
    const { byFlags, hits, total } = this.#matches;
    if (byFlags[this.#flags[id] ?? 0] !== 1 || (hits !== null && hits[id] !== 1)) return null;
    if (this.#places === null) {
      this.#lookFor(total);
      this.#places = new Uint32Array(this.#flags.length);
      for (let row = 0; row < total; row++) this.#places[this.#found[row] ?? 0] = row;
    }
    return this.#places[id] ?? null;
  }

  #lookFor(count: number): void {
    if (this.#count >= count) return;
    const { byFlags, hits } = this.#matches;
    const flags = this.#flags;
    const order = this.#order;
    const found = this.#found;
    const step = this.#isReversed ? -1 : 1;
    let row = this.#isReversed ? order.length - 1 - this.#looked : this.#looked;
    let at = this.#count;
    // Without branches but one: which rows match cannot be foreseen, and a wrong guess costs more than the work.
    for (; at < count; row += step) {
      const id = order[row] ?? 0;
      found[at] = id;
      at += (byFlags[flags[id] ?? 0] ?? 0) & (hits === null ? 1 : (hits[id] ?? 0));
    }
    this.#looked = this.#isReversed ? order.length - 1 - row : row;
    this.#count = at;
  }
}

/** Rows with the same findings stay in the order of their paths whichever way the findings go. */
function orderOf({ by, descending }: EntrySort): { order: OrderName; isReversed: boolean } {
  if (by.startsWith('cell:')) return { order: 'path', isReversed: descending };
  if (by !== 'findings') return { order: by as OrderName, isReversed: descending };
  return { order: descending ? 'findings-descending' : 'findings', isReversed: false };
}

function keyOf(filter: EntryFilter): string {
  return JSON.stringify(Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function remember<T>(memory: Map<string, T>, key: string, value: T): T {
  const [oldest] = memory.keys();
  if (memory.size >= MOST_REMEMBERED && oldest !== undefined) memory.delete(oldest);
  memory.set(key, value);
  return value;
}
