import type { EntryFilter } from '../../../shared/contract/file-calls.ts';
import { bit, type EntryColumns, kindOrder } from './entry-columns.ts';
import type { EntrySearch } from './entry-search.ts';
import { isInMemory } from './entry-texts.ts';
import { Slices } from './in-slices.ts';

/** Entries counted at a time: about a millisecond. */
const COUNTED_AT_ONCE = 1 << 17;

type Test = (id: number) => boolean;

/**
 * What a filter matches. Filters that flags tell are counted at once; others are counted when all has been looked
 * through, and until then each entry can be tried.
 */
export class Matches {
  readonly #columns: EntryColumns;
  readonly #tests: readonly Test[];
  readonly #searches: readonly EntrySearch[];
  #counting: Promise<void> | null = null;
  /** By flags: 1 for entries that may match. */
  readonly byFlags: Uint8Array;
  /** By entry id: 1 for entries that match as far as flags do not say; null when flags say all. Right once counted. */
  hits: Uint8Array | null = null;
  /** The entries that match, when they are few and counted; in no order. */
  few: readonly number[] | null = null;
  isCounted = false;
  total = 0;
  bytes = 0;

  constructor(columns: EntryColumns, filter: EntryFilter, searches: readonly EntrySearch[]) {
    this.#columns = columns;
    this.#tests = testsOf(columns, filter);
    this.#searches = searches;
    this.byFlags = flagsOf(filter);
    if (this.#tests.length > 0 || searches.length > 0) return;
    for (const [flags, counts] of this.byFlags.entries()) {
      this.total += counts * (columns.counts[flags] ?? 0);
      this.bytes += counts * (columns.bytes[flags] ?? 0);
    }
    this.isCounted = true;
  }

  /** To be called before {@link mayHold} whenever others had a turn. */
  prepare(): void {
    for (const search of this.#searches) search.prepare();
  }

  /** Looks again at the little that changed since all was looked through. */
  async catchUp(): Promise<void> {
    for (const search of this.#searches) await search.catchUp();
  }

  /** Whether memory alone says that an entry does not match; others are to be {@link among} those that do. */
  mayHold(id: number): boolean {
    if (this.byFlags[this.#columns.flags[id] ?? 0] !== 1) return false;
    for (const test of this.#tests) if (!test(id)) return false;
    for (const search of this.#searches) if (!search.mayHold(id)) return false;
    return true;
  }

  /** More than these do not match, as far as that is known. */
  atMost(): number {
    return Math.min(...this.#searches.map((search) => search.atMost()));
  }

  /** Those that match of some entries that may. */
  among(ids: number[]): number[] {
    let left = ids;
    for (const search of this.#searches) left = search.among(left);
    return left;
  }

  /** Looks through everything. What it found is only good while the columns stay as they were when it began. */
  async count(): Promise<void> {
    if (this.isCounted) return;
    this.#counting ??= this.#countAll().finally(() => {
      this.#counting = null;
    });
    await this.#counting;
  }

  async #countAll(): Promise<void> {
    for (const search of this.#searches) await search.finish();
    const listed = this.#searches.find(({ few }) => few !== null)?.few;
    if (listed != null) return this.#countFew(listed);
    const slices = new Slices();
    const { version, flags, sizes } = this.#columns;
    const [first, ...others] = this.#searches;
    const hits = first === undefined ? new Uint8Array(flags.length).fill(1) : first.hits.slice();
    let total = 0;
    let bytes = 0;
    for (let from = 0; from < flags.length; from += COUNTED_AT_ONCE) {
      const end = Math.min(from + COUNTED_AT_ONCE, flags.length);
      for (const { hits: also } of others) {
        for (let id = from; id < end; id++) hits[id] = (hits[id] ?? 0) & (also[id] ?? 0);
      }
      for (const test of this.#tests) {
        for (let id = from; id < end; id++) if (hits[id] === 1 && !test(id)) hits[id] = 0;
      }
      for (let id = from; id < end; id++) {
        // Without branches: which rows match cannot be foreseen, and a wrong guess costs more than the sum.
        const counts = (hits[id] ?? 0) & (this.byFlags[flags[id] ?? 0] ?? 0);
        total += counts;
        bytes += counts * (sizes[id] ?? 0);
      }
      await slices.turn();
      if (this.#columns.version !== version) return;
    }
    Object.assign(this, { hits, total, bytes, isCounted: true });
  }

  #countFew(listed: readonly number[]): void {
    const { flags, sizes } = this.#columns;
    const few = listed.filter(
      (id) =>
        this.byFlags[flags[id] ?? 0] === 1 &&
        this.#tests.every((test) => test(id)) &&
        this.#searches.every((search) => search.few === listed || search.hits[id] === 1),
    );
    const bytes = few.reduce((sum, id) => sum + (sizes[id] ?? 0), 0);
    Object.assign(this, { few, total: few.length, bytes, isCounted: true });
  }
}

/** What numbers in memory tell of an entry, besides its flags. */
function testsOf(columns: EntryColumns, filter: EntryFilter): Test[] {
  const tests: Test[] = [];
  const { sources, places, sizes, modified } = columns;
  const { sourceId, folder = '' } = filter;
  if (sourceId !== undefined) tests.push((id) => sources[id] === sourceId);
  if (isInFolder(filter)) {
    const inside = places.inside(sourceId, folder);
    const { folders } = places;
    tests.push((id) => inside[folders[id] ?? 0] === 1);
  }
  for (const condition of filter.columns ?? []) {
    if (!isInMemory(condition)) continue;
    const numbers = condition.column === 'size' ? sizes : modified;
    const { from = -Infinity, to = Infinity } = condition;
    tests.push((id) => (numbers[id] ?? 0) >= from && (numbers[id] ?? 0) <= to);
  }
  return tests;
}

export function isInFolder(filter: EntryFilter): boolean {
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
