import { Slices } from './in-slices.ts';
import type { SubmissionFile } from './submission-file.ts';
import type { TextColumn } from './text-column.ts';
import { BLOCK } from './text-signatures.ts';

/** Entries looked through at a time: some milliseconds. */
const ENTRIES_AT_ONCE = 2048;
/** Entries looked at by id. */
const SOME_AT_ONCE = 500;
/** Entries found that are listed too. */
const MOST_LISTED = 5000;
/** Entries found that are only listed. */
const A_HANDFUL = 64;

/** What is asked of a text, as the filter of a column says it. */
export type Asked =
  | { readonly is: 'contains' | 'equals'; readonly text: string }
  | { readonly is: 'empty' | 'filled' };

/** A condition on rows `e` of entry, as SQL. */
export interface SqlCondition {
  readonly where: string;
  readonly parameters: readonly (string | number)[];
}

export type Whose = (ids: readonly number[], slices: Slices) => Promise<readonly number[]>;

/**
 * Entries that a condition matches which only the file can tell. Two ways lead there, and both may be gone at once: to
 * try those that are wanted first, and to look for all of them.
 */
export class EntrySearch {
  readonly #file: SubmissionFile;
  readonly #condition: SqlCondition;
  readonly #about: { readonly column: TextColumn; readonly asked: Asked } | null;
  readonly #whose: Whose;
  /** By block of {@link BLOCK} ids: 0 where nothing can match; null while that is not known. */
  #marks: Uint8Array | null = null;
  #finishing: Promise<void> | null = null;
  /** Whether `hits` were right once; then these entries are to be looked at again, and those from `#newFrom` on. */
  #isLooked = false;
  #changed: number[] = [];
  #newFrom = Number.POSITIVE_INFINITY;
  #room: number;
  #hits: Uint8Array | null = null;
  /** The same entries as a list, in no order; null when they are many. */
  few: readonly number[] | null = [];

  /**
   * @param about what is known of the texts that the condition is about, and what it asks of them; null for other conditions
   * @param room length of arrays by entry id
   * @param whose the entries that may match or not by now, given those that changed
   */
  constructor(
    file: SubmissionFile,
    condition: SqlCondition,
    about: { readonly column: TextColumn; readonly asked: Asked } | null,
    room: number,
    whose: Whose,
  ) {
    this.#file = file;
    this.#condition = condition;
    this.#about = about;
    this.#whose = whose;
    this.#room = room;
  }

  /** By entry id: 1 for entries that match, once `isDone`. Made when it is needed: not for a handful. */
  get hits(): Uint8Array {
    if (this.#hits === null) {
      this.#hits = new Uint8Array(this.#room);
      for (const id of this.few ?? []) this.#hits[id] = 1;
    }
    return this.#hits;
  }

  get isDone(): boolean {
    return this.#isLooked && this.#changed.length === 0 && this.#newFrom === Number.POSITIVE_INFINITY;
  }

  /** Looks again at what changed since all was looked through, and at what may stand where, when that is little. */
  async catchUp(): Promise<void> {
    if (this.#about?.column.isSoonReady) await this.#about.column.makeReady();
    const isLittle = this.#changed.length <= SOME_AT_ONCE && this.#newFrom === Number.POSITIVE_INFINITY;
    if (this.#isLooked && isLittle) await this.finish();
  }

  /** True while it looks through everything: what changes meanwhile may be looked at too early. */
  get isLooking(): boolean {
    return this.#finishing !== null;
  }

  /** To be called before {@link mayHold} whenever others had a turn. */
  prepare(): void {
    if (this.#about === null || this.#marks !== null) return;
    if (this.#about.column.isReady) this.#marks = this.#about.column.mayHold(this.#about.asked);
  }

  /** More than these do not match, as far as that is known. */
  atMost(): number {
    if (this.isDone && this.few !== null) return this.few.length;
    if (this.#marks === null) return Number.POSITIVE_INFINITY;
    let blocks = 0;
    for (let at = 0; at < this.#marks.length; at++) blocks += this.#marks[at] ?? 0;
    return blocks * BLOCK;
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
    this.#finishing ??= this.#look().finally(() => {
      this.#finishing = null;
    });
    await this.#finishing;
  }

  /**
   * Notes entries that changed and new ones; not while {@link isLooking}.
   * @param newFrom the id of the first new entry; infinite when there is none
   */
  note(changed: readonly number[], newFrom: number, room: number): void {
    this.#marks = null;
    if (room > this.#room && this.#hits !== null) this.#hits = grown(this.#hits, room);
    this.#room = Math.max(this.#room, room);
    if (!this.#isLooked) return;
    this.#changed = this.#changed.concat(changed);
    this.#newFrom = Math.min(this.#newFrom, newFrom);
  }

  async #look(): Promise<void> {
    const slices = new Slices();
    if (this.#about !== null) {
      await this.#about.column.makeReady();
      this.prepare();
    }
    if (!this.#isLooked) await this.#lookFrom(0, slices);
    else {
      const changed = await this.#whose(this.#changed, slices);
      for (let from = 0; from < changed.length; from += SOME_AT_ONCE) {
        const some = changed.slice(from, from + SOME_AT_ONCE);
        for (const id of some) this.hits[id] = 0;
        const gone = new Set(some);
        this.few &&= this.few.filter((id) => !gone.has(id));
        this.#found(this.among(some));
        await slices.turn();
      }
      if (this.#newFrom < this.#room) await this.#lookFrom(this.#newFrom, slices);
    }
    this.#changed = [];
    this.#newFrom = Number.POSITIVE_INFINITY;
    this.#isLooked = true;
  }

  async #lookFrom(first: number, slices: Slices): Promise<void> {
    for (let id = first; id < this.#room; ) {
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
    return block === -1 ? this.#room : block * BLOCK;
  }

  #endOf(from: number): number {
    const most = Math.min(from + ENTRIES_AT_ONCE, this.#room);
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
    this.#found(JSON.parse(found?.ids ?? '[]') as number[]);
  }

  #found(ids: readonly number[]): void {
    const { few } = this;
    if (this.#hits === null && few !== null && few.length + ids.length <= A_HANDFUL) {
      this.few = few.concat(ids.filter((id) => !few.includes(id)));
      return;
    }
    const fresh = ids.filter((id) => this.hits[id] !== 1);
    for (const id of fresh) this.hits[id] = 1;
    if (this.few !== null)
      this.few = this.few.length + fresh.length > MOST_LISTED ? null : this.few.concat(fresh);
  }
}

function grown(old: Uint8Array, length: number): Uint8Array {
  const room = new Uint8Array(length);
  room.set(old);
  return room;
}
