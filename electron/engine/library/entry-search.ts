import { Slices } from './in-slices.ts';
import type { SubmissionFile } from './submission-file.ts';
import type { TextColumn } from './text-column.ts';
import { BLOCK } from './text-signatures.ts';

/** Entries looked through at a time: some milliseconds. */
const ENTRIES_AT_ONCE = 2048;
/** Entries looked at by id. */
const SOME_AT_ONCE = 500;

/** What is asked of a text, as the filter of a column says it. */
export type Asked =
  | { readonly is: 'contains' | 'equals'; readonly text: string }
  | { readonly is: 'empty' | 'filled' };

/** A condition on rows `e` of entry, as SQL. */
export interface SqlCondition {
  readonly where: string;
  readonly parameters: readonly (string | number)[];
}

/**
 * Entries that a condition matches which only the file can tell. Two ways lead there, and both may be gone at once: to
 * try those that are wanted first, and to look for all of them.
 */
export class EntrySearch {
  readonly #file: SubmissionFile;
  readonly #condition: SqlCondition;
  readonly #column: TextColumn | null;
  readonly #asked: Asked | null;
  /** By block of {@link BLOCK} ids: 0 where nothing can match; null while that is not known. */
  #marks: Uint8Array | null = null;
  #finishing: Promise<void> | null = null;
  /** By entry id: 1 for entries that match, once `isDone`. */
  hits: Uint8Array;
  isDone = false;

  /**
   * @param column what is known of the texts that the condition is about, and `asked` what it asks of them; null for other conditions
   */
  constructor(
    file: SubmissionFile,
    condition: SqlCondition,
    column: TextColumn | null,
    asked: Asked | null,
    ids: number,
  ) {
    this.#file = file;
    this.#condition = condition;
    this.#column = column;
    this.#asked = asked;
    this.hits = new Uint8Array(ids);
    if (column?.isReady) this.#mark();
  }

  /** False only for entries that do not match. */
  mayHold(id: number): boolean {
    return this.#marks === null || this.#marks[Math.floor(id / BLOCK)] !== 0;
  }

  /** Those of some entries that match, in the order given. */
  among(ids: readonly number[]): number[] {
    if (this.isDone) return ids.filter((id) => this.hits[id] === 1);
    const found = this.#file.get<{ ids: string }>(
      `SELECT json_group_array(e.id) AS ids FROM json_each(?) asked CROSS JOIN entry e ON e.id = asked.value
       WHERE ${this.#condition.where}`,
      JSON.stringify(ids),
      ...this.#condition.parameters,
    );
    const those = new Set(JSON.parse(found?.ids ?? '[]') as number[]);
    return ids.filter((id) => those.has(id));
  }

  /** Looks for all that match, some at a time. */
  async finish(): Promise<void> {
    if (this.isDone) return;
    this.#finishing ??= this.#lookThroughAll().finally(() => {
      this.#finishing = null;
    });
    await this.#finishing;
  }

  /** True while it looks through everything: what changes meanwhile may be looked at too early. */
  get isLooking(): boolean {
    return this.#finishing !== null;
  }

  /**
   * Looks again at entries that changed and at new ones; not to be called while {@link isLooking}.
   * @param newFrom the id of the first new entry, or a higher one
   * @param room length of arrays by entry id
   */
  async renew(changed: readonly number[], newFrom: number, room: number, slices: Slices): Promise<void> {
    if (room > this.hits.length) this.hits = grown(this.hits, room);
    if (this.#marks !== null) this.#mark();
    if (!this.isDone) return;
    this.isDone = false;
    for (let from = 0; from < changed.length; from += SOME_AT_ONCE) {
      const some = changed.slice(from, from + SOME_AT_ONCE);
      for (const id of some) this.hits[id] = 0;
      for (const id of this.among(some)) this.hits[id] = 1;
      await slices.turn();
    }
    await this.#lookFrom(newFrom, slices);
    this.isDone = true;
  }

  #mark(): void {
    if (this.#column !== null && this.#asked !== null) this.#marks = this.#column.mayHold(this.#asked);
  }

  async #lookThroughAll(): Promise<void> {
    const slices = new Slices();
    if (this.#column !== null) {
      await this.#column.makeReady();
      this.#mark();
    }
    await this.#lookFrom(0, slices);
    this.isDone = true;
  }

  async #lookFrom(first: number, slices: Slices): Promise<void> {
    for (let id = first; id < this.hits.length; ) {
      const from = Math.max(id, this.#nextFrom(id));
      const end = this.#endOf(from);
      if (from < end) this.#lookThrough(from, end);
      id = Math.max(end, from);
      await slices.turn();
    }
  }

  #nextFrom(id: number): number {
    if (this.#marks === null) return id;
    const block = this.#marks.indexOf(1, Math.floor(id / BLOCK));
    return block === -1 ? this.hits.length : block * BLOCK;
  }

  #endOf(from: number): number {
    const most = Math.min(from + ENTRIES_AT_ONCE, this.hits.length);
    if (this.#marks === null) return most;
    const block = this.#marks.indexOf(0, Math.floor(from / BLOCK));
    return block === -1 ? most : Math.min(most, block * BLOCK);
  }

  #lookThrough(from: number, end: number): void {
    const found = this.#file.get<{ ids: string }>(
      `SELECT json_group_array(e.id) AS ids FROM entry e WHERE e.id >= ? AND e.id < ? AND ${this.#condition.where}`,
      from,
      end,
      ...this.#condition.parameters,
    );
    for (const id of JSON.parse(found?.ids ?? '[]') as number[]) this.hits[id] = 1;
  }
}

function grown(old: Uint8Array, length: number): Uint8Array {
  const room = new Uint8Array(length);
  room.set(old);
  return room;
}
