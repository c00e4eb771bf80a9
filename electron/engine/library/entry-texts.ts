import type { EntryFilter } from '../../../shared/contract/file-calls.ts';
import type { ColumnCondition, ColumnKey } from '../../../shared/model/list-column.ts';
import { columnConditionSql, columnSql } from './column-sql.ts';
import { EntrySearch } from './entry-search.ts';
import type { Slices } from './in-slices.ts';
import { withPartners } from './partners.ts';
import type { SubmissionFile } from './submission-file.ts';
import { profileOfFile } from './submission-row.ts';
import { TextColumn } from './text-column.ts';
import { descending, orderByText, reorder, type TextOrder } from './text-order.ts';

/** Columns that are known by what may stand where (8 MB each for a million entries), and orders (4 MB). */
const MOST_COLUMNS = 4;
const MOST_ORDERS = 6;
const MOST_SEARCHES = 6;
/** Entries put at their new place in an order; for more it is made anew. */
const MOST_MOVED = 300;

/** Columns with so few different values that every block would have them all. */
const uniform: readonly ColumnKey[] = ['kind', 'state', 'send', 'size', 'members', 'modified', 'findings'];
/** Columns whose values come from paired entries too. */
const ofPartners: readonly ColumnKey[] = ['pairedWith', 'cell:Source Image'];

/** What changed in an index, for texts. */
export interface TextChanges {
  /** Everything may have. */
  readonly all: boolean;
  readonly ids: readonly number[];
  /** Entries with this id or a higher one are new. */
  readonly newFrom: number;
  /** All findings were replaced. */
  readonly findings: boolean;
  /** The order of the paths is another one. */
  readonly paths: boolean;
  /** Length of arrays by entry id. */
  readonly room: number;
}

/** What has been asked of the texts of an index so far, kept up to date. */
export class EntryTexts {
  readonly #file: SubmissionFile;
  readonly #columns = new Map<ColumnKey, TextColumn>();
  readonly #searches = new Map<string, { readonly column: ColumnKey; readonly search: EntrySearch }>();
  readonly #orders = new Map<ColumnKey, KeptOrder>();
  #ordering: Promise<unknown> = Promise.resolve();

  constructor(file: SubmissionFile) {
    this.#file = file;
  }

  /** Whether anything has to be kept up to date. */
  get isUsed(): boolean {
    return this.#columns.size > 0 || this.#searches.size > 0 || this.#orders.size > 0;
  }

  /** The searches that a filter needs, begun or not. */
  searches(filter: EntryFilter, room: number): EntrySearch[] {
    const { text = '', columns = [] } = filter;
    const conditions = text === '' ? columns : [pathContains(text), ...columns];
    return conditions
      .filter((one) => !isInMemory(one) && !(one.is === 'contains' && one.text === ''))
      .map((one) => this.#search(one, room));
  }

  #search(condition: ColumnCondition, room: number): EntrySearch {
    const key = JSON.stringify(condition);
    const known = this.#searches.get(key);
    if (known) {
      used(this.#searches, key, known, MOST_SEARCHES);
      return known.search;
    }
    const asked = condition.is === 'between' ? null : condition;
    const column = asked === null ? null : this.#column(condition.column);
    const sql = columnConditionSql(profileOfFile(this.#file), condition);
    const renewed = (ids: readonly number[], slices: Slices) => this.#whose(condition.column, ids, slices);
    const search = new EntrySearch(
      this.#file,
      sql,
      column && asked ? { column, asked } : null,
      room,
      renewed,
    );
    used(this.#searches, key, { column: condition.column, search }, MOST_SEARCHES);
    return search;
  }

  #column(key: ColumnKey): TextColumn | null {
    if (uniform.includes(key)) return null;
    const whose = (ids: readonly number[], slices: Slices) => this.#whose(key, ids, slices);
    const column = this.#columns.get(key) ?? new TextColumn(this.#file, this.#sql(key), whose);
    used(this.#columns, key, column, MOST_COLUMNS);
    return column;
  }

  #sql(key: ColumnKey) {
    return columnSql(profileOfFile(this.#file), key);
  }

  /** An order; null when it has to be {@link makeOrder made}. */
  order(key: ColumnKey, isDescending: boolean): Uint32Array | null {
    const known = this.#orders.get(key);
    if (known === undefined || known.changed.size > 0) return null;
    used(this.#orders, key, known, MOST_ORDERS);
    if (!isDescending) return known.order.ascending;
    known.descending ??= descending(known.order);
    return known.descending;
  }

  /** Makes an order, or brings it up to date; it is kept unless anything changed meanwhile. */
  async makeOrder(key: ColumnKey, paths: Uint32Array, slices: Slices, isStale: () => boolean): Promise<void> {
    const before = this.#ordering;
    const mine = (async () => {
      await before.catch(() => {});
      if (isStale()) return;
      const known = this.#orders.get(key);
      const order = await this.#ordered(key, known, paths, slices);
      if (isStale()) return;
      const kept = order === known?.order ? known.descending : null;
      used(this.#orders, key, { order, changed: new Set<number>(), descending: kept }, MOST_ORDERS);
    })();
    this.#ordering = mine;
    await mine;
  }

  async #ordered(key: ColumnKey, known: KeptOrder | undefined, paths: Uint32Array, slices: Slices) {
    if (known === undefined) return await orderByText(this.#file, this.#sql(key), paths, slices);
    const changed = await this.#whose(key, [...known.changed], slices);
    if (changed.length > MOST_MOVED) return await orderByText(this.#file, this.#sql(key), paths, slices);
    return await reorder(this.#file, this.#sql(key), known.order, changed, slices);
  }

  /** Notes what changed; what is kept is brought up to date when it is asked for. */
  note(changes: TextChanges): void {
    if (!this.isUsed) return;
    if (changes.all) {
      this.#columns.clear();
      this.#searches.clear();
      this.#orders.clear();
      return;
    }
    const isNew = changes.newFrom < changes.room;
    for (const column of this.#columns.values()) column.note(changes.ids, changes.newFrom);
    for (const [key, { column, search }] of [...this.#searches]) {
      const isLost = search.isLooking || (changes.findings && column === 'findings');
      if (isLost) this.#searches.delete(key);
      else search.note(changes.ids, changes.newFrom, changes.room);
    }
    if (changes.paths || isNew) this.#orders.clear();
    if (changes.findings) this.#orders.delete('findings');
    for (const [key, { changed }] of [...this.#orders]) {
      for (const id of changes.ids) changed.add(id);
      if (changed.size > MOST_MOVED) this.#orders.delete(key);
    }
  }

  /** The entries whose value in a column may have changed, given those that changed. */
  #whose(key: ColumnKey, ids: readonly number[], slices: Slices): Promise<readonly number[]> {
    return ofPartners.includes(key) ? withPartners(this.#file, ids, slices) : Promise.resolve(ids);
  }
}

/** An order with the entries that changed since it was made. */
interface KeptOrder {
  readonly order: TextOrder;
  readonly changed: Set<number>;
  descending: Uint32Array | null;
}

/** Whether a condition is answered by numbers in memory. */
export function isInMemory(
  condition: ColumnCondition,
): condition is Extract<ColumnCondition, { is: 'between' }> {
  return condition.is === 'between' && condition.column !== 'members';
}

function pathContains(text: string): ColumnCondition {
  return { column: 'path', is: 'contains', text };
}

/** Keeps something as the one used last; what was used longest ago is let go. */
function used<K, V>(kept: Map<K, V>, key: K, value: V, most: number): void {
  kept.delete(key);
  const [oldest] = kept.keys();
  if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
  kept.set(key, value);
}
