import { Slices } from '../library/in-slices.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { folded, textNumber } from './path-keys.ts';

const ROWS_AT_ONCE = 4000;

/** Ids by a number of a text: chains of ids whose numbers fall into the same slot, so that each is put in at once. */
class NumberedIds {
  readonly #numbers: Uint32Array;
  readonly #next: Uint32Array;
  readonly #first: Uint32Array;

  /** @param room more than the largest id */
  constructor(room: number) {
    this.#numbers = new Uint32Array(room);
    this.#next = new Uint32Array(room);
    this.#first = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(16, room))));
  }

  put(id: number, number: number): void {
    const slot = number & (this.#first.length - 1);
    this.#numbers[id] = number;
    this.#next[id] = this.#first[slot] ?? 0;
    this.#first[slot] = id;
  }

  /** Ids with a number, at most so many, ascending as far as there are no more. */
  with(number: number, most: number): number[] {
    const found: number[] = [];
    let id = this.#first[number & (this.#first.length - 1)] ?? 0;
    for (; id !== 0 && found.length < most; id = this.#next[id] ?? 0) {
      if (this.#numbers[id] === number) found.push(id);
    }
    return found.reverse();
  }
}

/**
 * All entries by their names, and by their names with the folder above, letter case and stored accents aside: as numbers
 * in memory, some 30 bytes an entry. What is found may have the number by chance and is to be compared.
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
        index.#put(Number(id), path === '' ? String(source) : `${source}/${path}`);
      }
      if (rows.length < ROWS_AT_ONCE) break;
      after = Number(rows.at(-1)?.[0]);
      await slices.turn();
    }
    return index;
  }

  #put(id: number, path: string): void {
    const text = folded(path);
    const slash = text.lastIndexOf('/');
    const before = slash < 0 ? -1 : text.lastIndexOf('/', slash - 1);
    this.#names.put(id, textNumber(text.slice(slash + 1)));
    this.#tails.put(id, textNumber(text.slice(before + 1)));
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
