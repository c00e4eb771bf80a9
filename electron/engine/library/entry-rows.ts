import type { EntryColumns } from './entry-columns.ts';
import type { Matches } from './entry-matches.ts';

/** Ids of the rows that match a filter, all counted, in an order; found as far as somebody looked. */
export class Rows {
  readonly #flags: Uint8Array;
  readonly #order: Uint32Array;
  readonly #isReversed: boolean;
  readonly #matches: Matches;
  /** Null when every row matches: then the order says all. */
  readonly #found: Uint32Array | null;
  /** By entry id, once somebody asked where one stands. */
  #places: Uint32Array | null = null;
  #wasAsked = false;
  #count = 0;
  #looked = 0;

  constructor(columns: EntryColumns, order: Uint32Array, isReversed: boolean, matches: Matches) {
    this.#flags = columns.flags;
    this.#order = order;
    this.#isReversed = isReversed;
    this.#matches = matches;
    this.#found = matches.total === order.length ? null : this.#room();
  }

  #room(): Uint32Array {
    const { few, total } = this.#matches;
    // One more than there are: ids that do not match are written too, and then written over.
    if (few === null) return new Uint32Array(total + 1);
    const places = placesIn(this.#order);
    const sign = this.#isReversed ? -1 : 1;
    this.#count = total;
    return Uint32Array.from(few).sort((a, b) => sign * ((places[a] ?? 0) - (places[b] ?? 0)));
  }

  ids(offset: number, limit: number): number[] {
    const end = Math.min(offset + limit, this.#matches.total);
    if (offset >= end) return [];
    if (this.#found === null) {
      if (!this.#isReversed) return [...this.#order.subarray(offset, end)];
      const { length } = this.#order;
      return [...this.#order.subarray(length - end, length - offset)].reverse();
    }
    this.#lookFor(this.#found, end);
    return [...this.#found.subarray(offset, end)];
  }

  all(): Uint32Array {
    const { total } = this.#matches;
    if (this.#found === null) return this.#isReversed ? this.#order.slice().reverse() : this.#order;
    this.#lookFor(this.#found, total);
    return this.#found.subarray(0, total);
  }

  /** In which row an entry stands; null when the filter leaves it out. */
  place(id: number): number | null {
    const { byFlags, hits, few, total } = this.#matches;
    if (few !== null) {
      const at = this.all().indexOf(id);
      return at < 0 ? null : at;
    }
    if (byFlags[this.#flags[id] ?? 0] !== 1 || (hits !== null && hits[id] !== 1)) return null;
    // Who asks again gets a table: it costs more than one look.
    if (this.#found === null && !this.#wasAsked) {
      this.#wasAsked = true;
      const at = this.#order.indexOf(id);
      return this.#isReversed ? this.#order.length - 1 - at : at;
    }
    if (this.#found === null) {
      const at = placesIn(this.#order)[id] ?? 0;
      return this.#isReversed ? this.#order.length - 1 - at : at;
    }
    if (this.#places === null) {
      const rows = this.all();
      this.#places = new Uint32Array(this.#flags.length);
      for (let row = 0; row < total; row++) this.#places[rows[row] ?? 0] = row;
    }
    return this.#places[id] ?? null;
  }

  #lookFor(found: Uint32Array, count: number): void {
    if (this.#count >= count) return;
    const { byFlags, hits } = this.#matches;
    const flags = this.#flags;
    const order = this.#order;
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

const knownPlaces = new WeakMap<Uint32Array, Uint32Array>();

/** By entry id: in which row of an order it stands. Kept as long as the order is: edits leave most orders as they are. */
export function placesIn(order: Uint32Array): Uint32Array {
  const known = knownPlaces.get(order);
  if (known) return known;
  const places = new Uint32Array(order.reduce((last, id) => Math.max(last, id), 0) + 1);
  for (let row = 0; row < order.length; row++) places[order[row] ?? 0] = row;
  knownPlaces.set(order, places);
  return places;
}

/** Entries tried by the file in one go; the first goes are smaller, for most pages are full soon. */
const TRIED_AT_ONCE = { first: 128, most: 512 };
/** Rows walked over between two looks at the clock. */
const ROWS_A_LOOK = 4096;

/** The first rows of a filter that is not counted yet: tries one entry after the other, in order. */
export class FirstRows {
  readonly #order: Uint32Array;
  readonly #isReversed: boolean;
  readonly #matches: Matches;
  readonly #wanted: number;
  #row = 0;
  #tries = TRIED_AT_ONCE.first;
  #found: number[] = [];

  /** @param wanted how many rows are enough */
  constructor(order: Uint32Array, isReversed: boolean, matches: Matches, wanted: number) {
    this.#order = order;
    this.#isReversed = isReversed;
    this.#matches = matches;
    this.#wanted = wanted;
  }

  get ids(): readonly number[] {
    return this.#found;
  }

  /** True when every row was tried: then there are no more than were found. */
  get isAtEnd(): boolean {
    return this.#row >= this.#order.length;
  }

  get isDone(): boolean {
    return this.isAtEnd || this.#found.length >= this.#wanted;
  }

  /** Goes on for some milliseconds. */
  goOn(milliseconds: number): void {
    const until = performance.now() + milliseconds;
    this.#matches.prepare();
    while (!this.isDone && performance.now() < until) this.#tryNext();
  }

  #tryNext(): void {
    const order = this.#order;
    const end = Math.min(this.#row + ROWS_A_LOOK, order.length);
    const some: number[] = [];
    for (; this.#row < end && some.length < this.#tries; this.#row++) {
      const id = order[this.#isReversed ? order.length - 1 - this.#row : this.#row] ?? 0;
      if (this.#matches.mayHold(id)) some.push(id);
    }
    if (some.length > 0) this.#found.push(...this.#matches.among(some));
    if (some.length === this.#tries) this.#tries = Math.min(this.#tries * 2, TRIED_AT_ONCE.most);
  }
}
