import type { Asked, Whose } from './entry-search.ts';
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

/** What may stand where in one column of the index: read when it is first asked for, brought up to date when asked again. */
export class TextColumn {
  readonly #file: SubmissionFile;
  readonly #text: TextSql;
  readonly #whose: Whose;
  readonly #signatures = new TextSignatures();
  #reading: Promise<void> | null = null;
  #isRead = false;
  #changed: number[] = [];
  #newFrom = Number.POSITIVE_INFINITY;

  /** @param whose the entries whose text may be another one, given those that changed */
  constructor(file: SubmissionFile, text: TextSql, whose: Whose) {
    this.#file = file;
    this.#text = text;
    this.#whose = whose;
  }

  /** Whether {@link mayHold} can be asked. */
  get isReady(): boolean {
    return this.#isRead && this.#changed.length === 0 && this.#newFrom === Number.POSITIVE_INFINITY;
  }

  /** True when all was read once, and what changed since is little. */
  get isSoonReady(): boolean {
    return this.#isRead && this.#changed.length <= SOME_AT_ONCE && this.#newFrom === Number.POSITIVE_INFINITY;
  }

  async makeReady(): Promise<void> {
    while (!this.isReady) {
      this.#reading ??= this.#read().finally(() => {
        this.#reading = null;
      });
      await this.#reading;
    }
  }

  /** Notes entries that changed and new ones, from the one with an id on. */
  note(changed: readonly number[], newFrom: number): void {
    if (!this.#isRead && this.#reading === null) return;
    this.#changed = this.#changed.concat(changed);
    this.#newFrom = Math.min(this.#newFrom, newFrom);
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

  async #read(): Promise<void> {
    const slices = new Slices();
    const changed = this.#changed;
    const first = this.#isRead ? this.#newFrom : 0;
    this.#changed = [];
    this.#newFrom = Number.POSITIVE_INFINITY;
    try {
      await this.#readSome(await this.#whose(changed, slices), slices);
      if (first < Number.POSITIVE_INFINITY) await this.#readFrom(first, slices);
      this.#isRead = true;
    } catch (error) {
      this.#changed = this.#changed.concat(changed);
      this.#newFrom = Math.min(this.#newFrom, first);
      throw error;
    }
  }

  async #readSome(ids: readonly number[], slices: Slices): Promise<void> {
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

  async #readFrom(first: number, slices: Slices): Promise<void> {
    const last = this.#file.get<{ id: number | null }>('SELECT max(id) AS id FROM entry')?.id ?? 0;
    for (let id = first - (first % BLOCK); id <= last; id += BLOCK) {
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
}
