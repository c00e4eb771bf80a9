import type { EntryFilter } from '../../../shared/contract/file-calls.ts';
import type { ColumnCondition, ColumnKey } from '../../../shared/model/list-column.ts';
import { columnConditionSql, columnSql } from './column-sql.ts';
import { type Asked, EntrySearch } from './entry-search.ts';
import type { Slices } from './in-slices.ts';
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
/** Columns whose values come from paired entries. */
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
  readonly #orders = new Map<ColumnKey, TextOrder & { descending: Uint32Array | null }>();
  #ordering: Promise<unknown> = Promise.resolve();

  constructor(file: SubmissionFile) {
    this.#file = file;
  }

  /** Whether anything has to be kept up to date. */
  get isUsed(): boolean {
    return this.#columns.size > 0 || this.#searches.size > 0 || this.#orders.size > 0;
  }

  /** Bytes held, without orders and hits. */
  get bytes(): number {
    return [...this.#columns.values()].reduce((sum, { bytes }) => sum + bytes, 0);
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
    const search = new EntrySearch(this.#file, sql, column, asked as Asked | null, room);
    used(this.#searches, key, { column: condition.column, search }, MOST_SEARCHES);
    return search;
  }

  #column(key: ColumnKey): TextColumn | null {
    if (uniform.includes(key)) return null;
    const column = this.#columns.get(key) ?? new TextColumn(this.#file, this.#sql(key));
    used(this.#columns, key, column, MOST_COLUMNS);
    return column;
  }

  #sql(key: ColumnKey) {
    return columnSql(profileOfFile(this.#file), key);
  }

  /** An order as far as it is known; null when it has to be {@link makeOrder made}. */
  order(key: ColumnKey, isDescending: boolean): Uint32Array | null {
    const known = this.#orders.get(key);
    if (known === undefined) return null;
    used(this.#orders, key, known, MOST_ORDERS);
    if (!isDescending) return known.ascending;
    known.descending ??= descending(known);
    return known.descending;
  }

  /** Makes an order; it is kept unless anything changed meanwhile. */
  async makeOrder(key: ColumnKey, paths: Uint32Array, slices: Slices, isStale: () => boolean): Promise<void> {
    const before = this.#ordering;
    const mine = (async () => {
      await before.catch(() => {});
      if (isStale() || this.#orders.has(key)) return;
      const made = await orderByText(this.#file, this.#sql(key), paths, slices);
      if (!isStale()) used(this.#orders, key, { ...made, descending: null }, MOST_ORDERS);
    })();
    this.#ordering = mine;
    await mine;
  }

  /** Brings what is kept up to what the file holds now. */
  async bring(changes: TextChanges, slices: Slices): Promise<void> {
    if (!this.isUsed) return;
    if (changes.all) {
      this.#columns.clear();
      this.#searches.clear();
      this.#orders.clear();
      return;
    }
    if (changes.paths) this.#orders.clear();
    const ids = this.#withPartners(changes.ids);
    for (const column of this.#columns.values()) {
      await column.changed(ids, slices);
      if (changes.newFrom < changes.room) await column.arrived(changes.newFrom, slices);
    }
    for (const [key, { column, search }] of [...this.#searches]) {
      const isLost = search.isLooking || (changes.findings && column === 'findings');
      if (isLost) this.#searches.delete(key);
      else await search.renew(ids, changes.newFrom, changes.room, slices);
    }
    if (changes.findings) this.#orders.delete('findings');
    for (const [key, order] of [...this.#orders]) {
      this.#orders.delete(key);
      if (ids.length > MOST_MOVED || changes.newFrom < changes.room) continue;
      const moved = ids.length === 0 ? order : await reorder(this.#file, this.#sql(key), order, ids, slices);
      this.#orders.set(key, { ...moved, descending: ids.length === 0 ? order.descending : null });
    }
  }

  /** Entries, and those that say something of them. */
  #withPartners(ids: readonly number[]): readonly number[] {
    const searched = [...this.#searches.values()].map(({ column }) => column);
    const asked = [...searched, ...this.#columns.keys(), ...this.#orders.keys()];
    const isAsked = asked.some((key) => ofPartners.includes(key));
    if (!isAsked || ids.length === 0) return ids;
    const list = JSON.stringify(ids);
    const partners = this.#file.get<{ ids: string }>(
      `SELECT json_group_array(id) AS ids FROM (
         SELECT mask_entry_id AS id FROM pair WHERE image_entry_id IN (SELECT value FROM json_each(?))
         UNION SELECT image_entry_id FROM pair WHERE mask_entry_id IN (SELECT value FROM json_each(?)))`,
      list,
      list,
    );
    return [...new Set([...ids, ...(JSON.parse(partners?.ids ?? '[]') as number[])])];
  }
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
