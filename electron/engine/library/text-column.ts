import type { Asked } from './entry-search.ts';
import { Slices } from './in-slices.ts';
import type { SubmissionFile } from './submission-file.ts';
import { BLOCK, TextSignatures } from './text-signatures.ts';

/** Rows read by id. */
const SOME_AT_ONCE = 500;

/** SQL for the text that stands in a column, of rows `e` of entry. */
export interface TextSql {
  readonly sql: string;
  readonly parameters: readonly string[];
}

/** What may stand where in one column of the index: read when it is first asked for, then kept up to date. */
export class TextColumn {
  readonly #file: SubmissionFile;
  readonly #text: TextSql;
  readonly #signatures = new TextSignatures();
  #reading: Promise<void> | null = null;
  #changedMeanwhile: number[] = [];
  isReady = false;

  constructor(file: SubmissionFile, text: TextSql) {
    this.#file = file;
    this.#text = text;
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#signatures.bytes;
  }

  async makeReady(): Promise<void> {
    if (this.isReady) return;
    this.#reading ??= this.#readAll().finally(() => {
      this.#reading = null;
    });
    await this.#reading;
  }

  /** By block of {@link BLOCK} ids: 0 where nothing can be as asked. */
  mayHold(asked: Asked): Uint8Array {
    switch (asked.is) {
      case 'contains':
        return this.#signatures.mayContain(asked.text);
      case 'equals':
        return this.#signatures.mayBe(asked.text);
      case 'empty':
        return this.#signatures.mayBeFilled(false);
      case 'filled':
        return this.#signatures.mayBeFilled(true);
    }
  }

  /** Takes over what stands in some entries now. */
  async changed(ids: readonly number[], slices: Slices): Promise<void> {
    if (this.#reading !== null) this.#changedMeanwhile.push(...ids);
    if (!this.isReady) return;
    for (let from = 0; from < ids.length; from += SOME_AT_ONCE) {
      const rows = this.#file.tuples<number | string>(
        `SELECT e.id, CAST((${this.#text.sql}) AS TEXT) FROM json_each(?) asked CROSS JOIN entry e ON e.id = asked.value`,
        ...this.#text.parameters,
        JSON.stringify(ids.slice(from, from + SOME_AT_ONCE)),
      ) as [number, string][];
      for (const [id, text] of rows) this.#signatures.add(id, text);
      await slices.turn();
    }
  }

  /** Takes over new entries, from the one with this id on. */
  async arrived(newFrom: number, slices: Slices): Promise<void> {
    if (this.isReady) await this.#readFrom(newFrom, slices);
  }

  async #readAll(): Promise<void> {
    const slices = new Slices();
    this.#changedMeanwhile = [];
    await this.#readFrom(0, slices);
    this.isReady = true;
    await this.changed(this.#changedMeanwhile, slices);
    this.#changedMeanwhile = [];
  }

  async #readFrom(first: number, slices: Slices): Promise<void> {
    for (let id = first - (first % BLOCK); id <= this.#lastId(); id += BLOCK) {
      // One text for all of a block: several times faster than a row for each.
      const texts = this.#file.get<{ texts: string }>(
        `SELECT json_group_array(CAST((${this.#text.sql}) AS TEXT)) AS texts FROM entry e WHERE e.id >= ? AND e.id < ?`,
        ...this.#text.parameters,
        id,
        id + BLOCK,
      )?.texts;
      for (const text of JSON.parse(texts ?? '[]') as string[]) this.#signatures.add(id, text);
      await slices.turn();
    }
  }

  #lastId(): number {
    return this.#file.get<{ id: number | null }>('SELECT max(id) AS id FROM entry')?.id ?? 0;
  }
}
