import { Slices } from '../library/in-slices.ts';
import { orderByNumber } from '../library/number-order.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { folded, textNumber } from './path-keys.ts';

const ROWS_AT_ONCE = 4000;

/** Entries by a number of a text: sorted ids, and the number of each. */
class NumberedIds {
  readonly numbers: Float64Array<ArrayBuffer>;
  #order: Uint32Array = new Uint32Array(0);

  constructor(room: number) {
    this.numbers = new Float64Array(room);
  }

  async sort(ids: Uint32Array<ArrayBuffer>, slices: Slices): Promise<void> {
    this.#order = await orderByNumber(ids, this.numbers, slices);
  }

  /** Ids with a number, at most so many. */
  with(number: number, most: number): number[] {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.numbers[this.#order[middle] ?? 0] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    const found: number[] = [];
    for (let at = low; at < this.#order.length && found.length < most; at++) {
      const id = this.#order[at] ?? 0;
      if (this.numbers[id] !== number) break;
      found.push(id);
    }
    return found;
  }
}

/**
 * All entries by their names, and by their names with the folder above, letter case and stored accents aside: as numbers
 * in memory, some 25 bytes an entry. What is found may have the number by chance and is to be compared.
 */
export class PathIndex {
  readonly #names: NumberedIds;
  readonly #tails: NumberedIds;

  private constructor(room: number) {
    this.#names = new NumberedIds(room);
    this.#tails = new NumberedIds(room);
  }

  static async build(file: SubmissionFile, signal?: AbortSignal): Promise<PathIndex> {
    const room = (file.get<{ id: number | null }>('SELECT max(id) AS id FROM entry')?.id ?? 0) + 1;
    const index = new PathIndex(room);
    const ids: number[] = [];
    const slices = new Slices();
    for (let after = -1; ; ) {
      signal?.throwIfAborted();
      const rows = file.tuples<number | string>(
        `SELECT e.id, e.path, s.name FROM entry e CROSS JOIN source s ON s.id = e.source_id
         WHERE e.id > ? AND e.id < ? ORDER BY e.id LIMIT ${ROWS_AT_ONCE}`,
        after,
        room,
      );
      for (const [id, path, source] of rows) {
        ids.push(Number(id));
        index.#put(Number(id), path === '' ? String(source) : `${source}/${path}`);
      }
      if (rows.length < ROWS_AT_ONCE) break;
      after = Number(rows.at(-1)?.[0]);
      await slices.turn();
    }
    const all = Uint32Array.from(ids);
    await index.#names.sort(all, slices);
    await index.#tails.sort(all, slices);
    return index;
  }

  #put(id: number, path: string): void {
    const text = folded(path);
    const slash = text.lastIndexOf('/');
    const before = slash < 0 ? -1 : text.lastIndexOf('/', slash - 1);
    this.#names.numbers[id] = textNumber(text.slice(slash + 1));
    this.#tails.numbers[id] = textNumber(text.slice(before + 1));
  }

  /** Entries that may end with these parts of a path, at most so many. */
  endingWith(parts: readonly string[], most: number): number[] {
    const name = parts.at(-1) ?? '';
    const folder = parts.at(-2);
    if (folder === undefined) return this.#names.with(textNumber(folded(name)), most);
    return this.#tails.with(textNumber(folded(`${folder}/${name}`)), most);
  }

  /** Entries that may have this name, wherever they lie, at most so many. */
  called(name: string, most: number): number[] {
    return this.#names.with(textNumber(folded(name)), most);
  }
}
