import { setImmediate } from 'node:timers/promises';
import type { EntryFilter, EntrySort } from '../../../shared/contract/file-calls.ts';
import { EntryColumns, type OrderName } from './entry-columns.ts';
import { isInFolder, Matches } from './entry-matches.ts';
import { FirstRows, Rows } from './entry-rows.ts';
import { Slices } from './in-slices.ts';
import type { SubmissionFile } from './submission-file.ts';

/** Filters, and filters in an order, that are remembered. */
const MOST_REMEMBERED = 6;
/** Pages that end further down are not tried row by row. */
const MOST_TRIED = 2000;
/** Entries in which matches are looked for at once rather than row by row. */
const MOST_LOOKED_THROUGH = 8192;
/** Milliseconds that rows are tried for before others get their turn. */
const TRY_MS = 10;

export interface EntryIds {
  readonly ids: readonly number[];
  /** How many match, and their bytes; not fewer than these as long as that is not final. */
  readonly total: number;
  readonly bytes: number;
  readonly totalIsFinal: boolean;
}

/** All entries that a filter matches, in an order. */
export interface EntryView {
  readonly total: number;
  /** Bytes of all of them. */
  readonly bytes: number;
  /** Entry ids of some rows. */
  ids(offset: number, limit: number): number[];
  /** In which row an entry stands; null when the filter leaves it out. */
  place(id: number): number | null;
  /** Ids of all rows. */
  all(): Uint32Array;
}

export interface EntryRange {
  readonly offset: number;
  readonly limit: number;
}

/** An order, and which way it is gone through. */
interface Order {
  readonly ids: Uint32Array;
  readonly isReversed: boolean;
}

/** The entries of one open file, filtered and sorted by numbers in memory; the file is asked about texts alone. */
export class EntryViews {
  readonly #columns: EntryColumns;
  #version = -1;
  #filters = new Map<string, Matches>();
  #views = new Map<string, Rows>();

  private constructor(file: SubmissionFile) {
    this.#columns = EntryColumns.of(file);
  }

  static readonly #kept = new WeakMap<SubmissionFile, EntryViews>();

  static of(file: SubmissionFile): EntryViews {
    const views = EntryViews.#kept.get(file) ?? new EntryViews(file);
    EntryViews.#kept.set(file, views);
    return views;
  }

  /**
   * Ids of some of the rows that a filter matches, in an order.
   * @param soon answers as soon as these are known, though it may not be known yet how many match
   */
  async ids(
    filter: EntryFilter,
    sort: EntrySort,
    { offset, limit }: EntryRange,
    soon = false,
  ): Promise<EntryIds> {
    if (soon && offset + limit <= MOST_TRIED) {
      const { matches, order, isStale } = await this.#prepared(filter, sort);
      await matches.catchUp();
      matches.prepare();
      if (!isStale() && !matches.isCounted && matches.atMost() > MOST_LOOKED_THROUGH) {
        const first = await this.#firstRows(matches, order, offset + limit, isStale);
        if (first !== null) return { ...first, ids: first.ids.slice(offset, offset + limit) };
      }
    }
    const view = await this.view(filter, sort);
    return { ids: view.ids(offset, limit), total: view.total, bytes: view.bytes, totalIsFinal: true };
  }

  /** All rows that a filter matches, in an order; good until the next turn. */
  async view(filter: EntryFilter, sort: EntrySort, withPlaces = false): Promise<EntryView> {
    for (;;) {
      const { matches, order, isStale } = await this.#prepared(filter, sort, withPlaces);
      await matches.count();
      if (isStale() || !matches.isCounted) continue;
      const rows = this.#rows(filter, sort, order, matches);
      const { total, bytes } = matches;
      return {
        ...{ total, bytes },
        ids: (offset, limit) => rows.ids(offset, limit),
        place: (id) => rows.place(id),
        all: () => rows.all(),
      };
    }
  }

  /**
   * Ids of all entries that a filter matches, in the order of their paths.
   * @param withPlaces also brings up to date in which folder each lies
   */
  async matching(filter: EntryFilter, withPlaces = false): Promise<Uint32Array> {
    return (await this.view(filter, { by: 'path', descending: false }, withPlaces)).all();
  }

  /** The columns as they are now, until the next turn, with what a filter matches there as far as that is known. */
  async #prepared(filter: EntryFilter, sort: EntrySort, withPlaces = false) {
    for (;;) {
      await this.#columns.refresh(withPlaces || isInFolder(filter));
      const { version } = this.#columns;
      if (this.#version !== version) {
        this.#filters.clear();
        this.#views.clear();
        this.#version = version;
      }
      const isStale = () => this.#columns.version !== version;
      const order = this.#order(sort);
      if (order === null) {
        await this.#makeOrder(sort, isStale);
        continue;
      }
      return { matches: this.#matches(filter), order, isStale };
    }
  }

  #matches(filter: EntryFilter): Matches {
    const key = keyOf(filter);
    const known = this.#filters.get(key);
    if (known) return known;
    const searches = this.#columns.texts.searches(filter, this.#columns.flags.length);
    return remember(this.#filters, key, new Matches(this.#columns, filter, searches));
  }

  #rows(filter: EntryFilter, { by, descending }: EntrySort, order: Order, matches: Matches): Rows {
    const key = `${by} ${descending} ${keyOf(filter)}`;
    const known = this.#views.get(key);
    if (known) return known;
    return remember(this.#views, key, new Rows(this.#columns, order.ids, order.isReversed, matches));
  }

  #order({ by, descending }: EntrySort): Order | null {
    if (isText(by)) {
      const ids = this.#columns.texts.order(by, descending);
      return ids && { ids, isReversed: false };
    }
    const ids = this.#columns.order(nameOf(by, descending));
    return ids && { ids, isReversed: by === 'findings' ? false : descending };
  }

  async #makeOrder({ by, descending }: EntrySort, isStale: () => boolean): Promise<void> {
    if (!isText(by)) return await this.#columns.makeOrder(nameOf(by, descending));
    if (this.#columns.order('path') === null) await this.#columns.makeOrder('path');
    const paths = this.#columns.order('path');
    if (paths !== null) await this.#columns.texts.makeOrder(by, paths, new Slices(), isStale);
  }

  /** The first rows of a filter that is not counted; null when it is counted sooner, or anything changed. */
  async #firstRows(
    matches: Matches,
    order: Order,
    wanted: number,
    isStale: () => boolean,
  ): Promise<EntryIds | null> {
    const rows = new FirstRows(order.ids, order.isReversed, matches, wanted);
    rows.goOn(TRY_MS);
    if (!rows.isDone) {
      // Texts that few entries have are sooner found by looking through all: whichever is first.
      let isBroken = false;
      matches.count().catch(() => {
        isBroken = true;
      });
      while (!rows.isDone) {
        await setImmediate();
        if (isStale() || matches.isCounted || isBroken) return null;
        rows.goOn(TRY_MS);
      }
    }
    const { ids } = rows;
    const bytes = ids.reduce((sum, id) => sum + (this.#columns.sizes[id] ?? 0), 0);
    return { ids, total: ids.length, bytes, totalIsFinal: rows.isAtEnd };
  }
}

type OwnOrder = 'path' | 'size' | 'kind' | 'modified' | 'findings';
const ownOrders: readonly string[] = ['path', 'size', 'kind', 'modified', 'findings'] satisfies OwnOrder[];

/** Whether a column is sorted by what the file says of it. */
function isText(by: EntrySort['by']): by is Exclude<EntrySort['by'], OwnOrder> {
  return !ownOrders.includes(by);
}

/** Rows with the same findings stay in the order of their paths whichever way the findings go. */
function nameOf(by: OwnOrder, descending: boolean): OrderName {
  return by === 'findings' && descending ? 'findings-descending' : by;
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
