import { EntryColumns } from './entry-columns.ts';
import { placesIn } from './entry-rows.ts';
import { Slices } from './in-slices.ts';
import { orderByNumber } from './number-order.ts';
import type { SubmissionFile } from './submission-file.ts';

/** Rows read at a time: a few milliseconds. */
const ROWS_AT_ONCE = 4000;

/** Pairs in the order of their images' paths, then of their masks'; all three by row. */
interface Ordered {
  readonly ids: Uint32Array;
  readonly images: Uint32Array;
  readonly masks: Uint32Array;
}

interface Found {
  readonly text: string;
  readonly ids: Uint32Array;
  readonly version: number;
}

/** The pairs of one open file as numbers in memory, twelve bytes each: read again when pairs or paths changed. */
export class PairViews {
  readonly #file: SubmissionFile;
  readonly #columns: EntryColumns;
  #ordered: (Ordered & { readonly version: number }) | null = null;
  #found: Found | null = null;
  #ordering: Promise<void> | null = null;

  private constructor(file: SubmissionFile) {
    this.#file = file;
    this.#columns = EntryColumns.of(file);
  }

  static readonly #kept = new WeakMap<SubmissionFile, PairViews>();

  static of(file: SubmissionFile): PairViews {
    const views = PairViews.#kept.get(file) ?? new PairViews(file);
    PairViews.#kept.set(file, views);
    return views;
  }

  /** Ids of some pairs, and how many there are; with a text, of those whose image or mask has it in its path. */
  async page(query: {
    readonly offset: number;
    readonly limit: number;
    readonly text?: string;
  }): Promise<{ ids: number[]; total: number }> {
    const { offset, limit, text = '' } = query;
    for (;;) {
      await this.#columns.refresh();
      const ordered = this.#ordered;
      if (ordered?.version !== this.#columns.pairsVersion) {
        this.#ordering ??= this.#order().finally(() => {
          this.#ordering = null;
        });
        await this.#ordering;
        continue;
      }
      const ids = text === '' ? ordered.ids : await this.#with(text, ordered);
      if (ids !== null) return { ids: [...ids.subarray(offset, offset + limit)], total: ids.length };
    }
  }

  /** Null when anything changed meanwhile. */
  async #with(text: string, { ids, images, masks }: Ordered): Promise<Uint32Array | null> {
    const { version } = this.#columns;
    if (this.#found?.text === text && this.#found.version === version) return this.#found.ids;
    const [search] = this.#columns.texts.searches({ text }, this.#columns.flags.length);
    await search?.finish();
    if (this.#columns.version !== version || search === undefined) return null;
    const { hits } = search;
    const found = new Uint32Array(ids.length);
    let count = 0;
    for (let row = 0; row < ids.length; row++) {
      found[count] = ids[row] ?? 0;
      count += (hits[images[row] ?? 0] ?? 0) | (hits[masks[row] ?? 0] ?? 0);
    }
    this.#found = { text, version, ids: found.slice(0, count) };
    return this.#found.ids;
  }

  /** Puts all pairs in order, some at a time; leaves everything as it was when anything changed meanwhile. */
  async #order(): Promise<void> {
    const slices = new Slices();
    const { pairsVersion: version } = this.#columns;
    if (this.#columns.order('path') === null) await this.#columns.makeOrder('path');
    const paths = this.#columns.order('path');
    if (paths === null) return;
    const rows = await this.#read(slices);
    const places = placesIn(paths);
    const by = async (order: Uint32Array<ArrayBuffer>, entries: readonly number[]) => {
      const numbers = new Float64Array(entries.length);
      for (let at = 0; at < entries.length; at++) numbers[at] = places[entries[at] ?? 0] ?? 0;
      await slices.turn();
      return await orderByNumber(order, numbers, slices);
    };
    const order = await by(await by(Uint32Array.from(rows.ids.keys()), rows.masks), rows.images);
    const inOrder = async (of: readonly number[]) => {
      const ordered = new Uint32Array(order.length);
      for (let row = 0; row < order.length; row++) ordered[row] = of[order[row] ?? 0] ?? 0;
      await slices.turn();
      return ordered;
    };
    const ids = await inOrder(rows.ids);
    const images = await inOrder(rows.images);
    const masks = await inOrder(rows.masks);
    if (this.#columns.pairsVersion !== version) return;
    this.#ordered = { version, ids, images, masks };
    this.#found = null;
  }

  async #read(slices: Slices): Promise<{ ids: number[]; images: number[]; masks: number[] }> {
    const read = { ids: [] as number[], images: [] as number[], masks: [] as number[] };
    for (let after = 0; ; ) {
      const rows = this.#file.tuples<number>(
        `SELECT id, image_entry_id, mask_entry_id FROM pair WHERE id > ? AND parted = 0 ORDER BY id
         LIMIT ${ROWS_AT_ONCE}`,
        after,
      );
      for (const [id = 0, image = 0, mask = 0] of rows) {
        read.ids.push(id);
        read.images.push(image);
        read.masks.push(mask);
      }
      if (rows.length < ROWS_AT_ONCE) return read;
      after = rows.at(-1)?.[0] ?? after;
      await slices.turn();
    }
  }
}
