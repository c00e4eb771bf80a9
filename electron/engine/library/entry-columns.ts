import { type EntryNotes, NoteTaker } from './entry-notes.ts';
import { isHiddenSql, itemFactSql, sendSql } from './entry-sql.ts';
import { EntryTexts } from './entry-texts.ts';
import { FolderPlaces } from './folder-places.ts';
import { Slices } from './in-slices.ts';
import { orderByFew, orderByNumber } from './number-order.ts';
import type { SubmissionFile } from './submission-file.ts';
import { profileOfFile } from './submission-row.ts';

/** Rows read at a time: a few milliseconds. */
const ROWS_AT_ONCE = 4000;
/** Rows read by id with all that hangs on them. */
const SOME_AT_ONCE = 500;

/** What a row is, one bit each; the two lowest are the place of its kind in {@link kindOrder}. */
export const bit = { kind: 3, send: 4, paired: 8, must: 16, should: 32, may: 64, present: 128 } as const;

/** Kinds as SQLite sorts them. */
export const kindOrder = ['image', 'mask', 'other', 'table'] as const;

export type OrderName = 'path' | 'size' | 'kind' | 'modified' | 'findings' | 'findings-descending';

const kindBits = `CASE e.kind ${kindOrder.map((kind, at) => `WHEN '${kind}' THEN ${at}`).join(' ')} END`;
const weightSql = "sum(CASE level WHEN 'must' THEN 1e12 WHEN 'should' THEN 1e6 ELSE 1 END)";
const levelBits = `max(level = 'must') * ${bit.must} + max(level = 'should') * ${bit.should} + max(level = 'may') * ${bit.may}`;
const isPaired = `(EXISTS (SELECT 1 FROM pair WHERE image_entry_id = e.id AND parted = 0)
  OR EXISTS (SELECT 1 FROM pair WHERE mask_entry_id = e.id AND parted = 0))`;

/** Files that another entry stands for are in no view. */
const presentBit = `iif(${isHiddenSql()}, 0, ${bit.present})`;

type Ids = Uint32Array<ArrayBuffer>;

/**
 * What the grid filters and sorts by, as numbers in memory: some 50 bytes an entry, where rows would be thousands. From
 * them any filter and any jump in a million rows is a matter of milliseconds, which no index in the file gives for
 * every combination. Read when somebody first looks, then kept up to date entry by entry.
 */
export class EntryColumns {
  readonly #file: SubmissionFile;
  readonly #notes: NoteTaker;
  readonly #orders = new Map<OrderName, Ids>();
  readonly #making = new Map<OrderName, Promise<void>>();
  #running: Promise<void> | null = null;
  #wantsPlaces = false;
  #hasPlaces = false;

  /** By entry id. */
  flags = new Uint8Array(0);
  sources = new Uint32Array(0);
  sizes = new Float64Array(0);
  modified = new Float64Array(0);
  /** Findings of each entry as one number in which any that must be fixed outweighs all that should. */
  #weights = new Float64Array(0);
  /** By flags: how many entries have just these, and their bytes. */
  readonly counts = new Float64Array(256);
  readonly bytes = new Float64Array(256);
  /** Another number whenever anything changed. */
  version = 0;
  /** Another number whenever pairs changed, or the order of the paths. */
  pairsVersion = 0;
  /** In which folder each entry lies; empty until a refresh was asked for it. */
  places: FolderPlaces;
  /** What was asked of texts, which are not held. */
  readonly texts: EntryTexts;

  private constructor(file: SubmissionFile) {
    this.#file = file;
    this.#notes = new NoteTaker(file);
    this.places = new FolderPlaces(file);
    this.texts = new EntryTexts(file);
  }

  static readonly #kept = new WeakMap<SubmissionFile, EntryColumns>();

  /** The one set of columns of an open file. */
  static of(file: SubmissionFile): EntryColumns {
    const columns = EntryColumns.#kept.get(file) ?? new EntryColumns(file);
    EntryColumns.#kept.set(file, columns);
    return columns;
  }

  /**
   * Brings everything up to what the file holds now. What is written while that goes on waits for the next time.
   * @param withPlaces also, from now on, in which folder each entry lies
   */
  async refresh(withPlaces = false): Promise<void> {
    this.#wantsPlaces ||= withPlaces;
    while (this.#running !== null) await this.#running;
    if (this.#notes.isEmpty(this.texts.isUsed) && this.#hasPlaces === this.#wantsPlaces) return;
    this.#running = this.#bring(this.#notes.take()).finally(() => {
      this.#running = null;
    });
    await this.#running;
  }

  /** Ids of all entries in an order, ascending; null when it has to be {@link makeOrder made} first. */
  order(name: OrderName): Ids | null {
    return this.#orders.get(name) ?? null;
  }

  /** Makes an order, some rows at a time; it is kept unless anything changed meanwhile. */
  async makeOrder(name: OrderName): Promise<void> {
    const making = this.#making.get(name) ?? this.#make(name).finally(() => this.#making.delete(name));
    this.#making.set(name, making);
    await making;
  }

  async #make(name: OrderName): Promise<void> {
    const { version } = this;
    const slices = new Slices();
    if (name !== 'path' && !this.#orders.has('path')) await this.makeOrder('path');
    const paths = this.#orders.get('path');
    if (name !== 'path' && paths === undefined) return;
    const made =
      paths === undefined || name === 'path'
        ? await this.#pathOrder(slices)
        : await this.#orderWith(name, paths, slices);
    if (this.version === version) this.#orders.set(name, made);
  }

  async #orderWith(name: Exclude<OrderName, 'path'>, paths: Ids, slices: Slices): Promise<Ids> {
    switch (name) {
      case 'size':
        return await orderByNumber(this.#idsAscending(paths.length), this.sizes, slices);
      case 'modified':
        return await orderByNumber(this.#idsAscending(paths.length), this.modified, slices);
      case 'kind':
        return orderByFew(paths, (id) => (this.flags[id] ?? 0) & bit.kind);
      case 'findings':
        return orderByFew(paths, (id) => this.#weights[id] ?? 0);
      case 'findings-descending':
        return orderByFew(paths, (id) => -(this.#weights[id] ?? 0));
    }
  }

  async #bring(notes: EntryNotes): Promise<void> {
    const slices = new Slices();
    // Before as well as after: what others found in between is found in columns half brought.
    this.version++;
    try {
      if (notes.all) await this.#readAll(slices);
      else if (notes.findings) await this.#readFindings(slices);
      if (!notes.all) {
        await this.#readRows(notes.newFrom, slices);
        await this.#readSome([...notes.ids], slices);
      }
      if (this.#wantsPlaces) await this.#bringPlaces(notes, slices);
      const paths = notes.all || notes.arrived || notes.left;
      if (paths) this.#orders.clear();
      if (paths || notes.paired) this.pairsVersion++;
      this.texts.note({
        ...{ all: notes.all || notes.allTexts, ids: [...notes.ids, ...notes.texts], newFrom: notes.newFrom },
        ...{ findings: notes.findings, paths, room: this.flags.length },
      });
    } catch (error) {
      this.#notes.lost();
      throw error;
    } finally {
      this.version++;
    }
  }

  async #bringPlaces(notes: EntryNotes, slices: Slices): Promise<void> {
    if (this.#hasPlaces && !notes.all) {
      await this.places.readAll(slices, notes.newFrom);
      await this.places.readSome([...notes.ids], slices);
      return;
    }
    const places = new FolderPlaces(this.#file);
    await places.readAll(slices);
    this.places = places;
    this.#hasPlaces = true;
  }

  #idsAscending(count: number): Ids {
    const ids = new Uint32Array(count);
    let at = 0;
    for (let id = 0; id < this.flags.length; id++) {
      if (((this.flags[id] ?? 0) & bit.present) !== 0) ids[at++] = id;
    }
    return ids.subarray(0, at);
  }

  #countAll(): void {
    this.counts.fill(0);
    this.bytes.fill(0);
    const { flags, sizes, counts, bytes } = this;
    for (let id = 0; id < flags.length; id++) {
      const value = flags[id] ?? 0;
      counts[value] = (counts[value] ?? 0) + 1;
      bytes[value] = (bytes[value] ?? 0) + (sizes[id] ?? 0);
    }
  }

  #makeRoom(id: number): void {
    if (id < this.flags.length) return;
    const room = Math.ceil((id + 1) * 1.25);
    this.flags = grown(this.flags, new Uint8Array(room));
    this.sources = grown(this.sources, new Uint32Array(room));
    this.sizes = grown(this.sizes, new Float64Array(room));
    this.modified = grown(this.modified, new Float64Array(room));
    this.#weights = grown(this.#weights, new Float64Array(room));
  }

  async #readAll(slices: Slices): Promise<void> {
    this.flags.fill(0);
    this.#makeRoom(this.#file.get<{ id: number | null }>('SELECT max(id) AS id FROM entry')?.id ?? 0);
    this.#countAll();
    await this.#readRows(0, slices);
    await this.#each(
      slices,
      'SELECT id, image_entry_id, mask_entry_id FROM pair WHERE id > ? AND parted = 0 ORDER BY id',
      ([, image = 0, mask = 0]) => {
        this.#mark(image, bit.paired);
        this.#mark(mask, bit.paired);
      },
    );
    await this.#readFindings(slices);
  }

  /** Reads new rows, from the one with this id on, without what hangs on them. */
  async #readRows(newFrom: number, slices: Slices): Promise<void> {
    if (newFrom === Number.POSITIVE_INFINITY) return;
    const send = sendSql(profileOfFile(this.#file));
    await this.#each(
      slices,
      `SELECT e.id, ${kindBits} + ${send} * ${bit.send} + ${presentBit}, e.source_id, ${itemFactSql('bytes')},
         ${itemFactSql('modified_ms')}
       FROM entry e WHERE e.id > ? ORDER BY e.id`,
      (row) => this.#put(row),
      newFrom - 1,
    );
  }

  async #readFindings(slices: Slices): Promise<void> {
    this.#weights.fill(0);
    const { flags } = this;
    for (let id = 0; id < flags.length; id++)
      flags[id] = (flags[id] ?? 0) & ~(bit.must | bit.should | bit.may);
    this.#orders.delete('findings');
    this.#orders.delete('findings-descending');
    await this.#each(
      slices,
      `SELECT entry_id, ${levelBits}, ${weightSql} FROM finding_row INDEXED BY finding_by_entry
       WHERE entry_id > ? AND +run = (SELECT findings_run FROM submission) GROUP BY entry_id ORDER BY entry_id`,
      ([id = 0, bits = 0, weight = 0]) => {
        this.#mark(id, bits);
        this.#weights[id] = weight;
      },
    );
    this.#countAll();
  }

  #mark(id: number, bits: number): void {
    this.flags[id] = (this.flags[id] ?? 0) | bits;
  }

  /** Rows by their first column, some at a time; the SQL takes the last one read. */
  async #each(slices: Slices, sql: string, visit: (row: number[]) => void, first = 0): Promise<void> {
    for (let after = first; ; ) {
      const rows = this.#file.tuples<number>(`${sql} LIMIT ${ROWS_AT_ONCE}`, after);
      for (const row of rows) visit(row);
      if (rows.length < ROWS_AT_ONCE) return;
      after = rows.at(-1)?.[0] ?? after;
      await slices.turn();
    }
  }

  async #readSome(ids: readonly number[], slices: Slices): Promise<void> {
    const findings = (what: string) => `coalesce((SELECT ${what} FROM finding WHERE entry_id = e.id), 0)`;
    const flags = `${kindBits} + ${sendSql(profileOfFile(this.#file))} * ${bit.send} + ${isPaired} * ${bit.paired}
      + ${findings(levelBits)} + ${presentBit}`;
    for (let from = 0; from < ids.length; from += SOME_AT_ONCE) {
      const rows = this.#file.tuples<number>(
        `SELECT asked.value, iif(e.id IS NULL, 0, ${flags}), coalesce(e.source_id, 0), coalesce(${itemFactSql('bytes')}, 0),
           coalesce(${itemFactSql('modified_ms')}, 0), ${findings(weightSql)}
         FROM json_each(?) asked LEFT JOIN entry e ON e.id = asked.value`,
        JSON.stringify(ids.slice(from, from + SOME_AT_ONCE)),
      );
      for (const row of rows) this.#put(row);
      await slices.turn();
    }
  }

  /** Takes over one row, and drops the orders that it no longer stands right in. */
  #put([id = 0, flags = 0, source = 0, size = 0, modified = 0, weight = 0]: readonly number[]): void {
    this.#makeRoom(id);
    if ((((this.flags[id] ?? 0) ^ flags) & bit.kind) !== 0) this.#orders.delete('kind');
    const comesOrGoes = (((this.flags[id] ?? 0) ^ flags) & bit.present) !== 0;
    if (comesOrGoes || this.sizes[id] !== size) this.#orders.delete('size');
    if (comesOrGoes || this.modified[id] !== modified) this.#orders.delete('modified');
    if (this.#weights[id] !== weight) {
      this.#orders.delete('findings');
      this.#orders.delete('findings-descending');
    }
    this.#count(id, -1);
    this.flags[id] = flags;
    this.sources[id] = source;
    this.sizes[id] = size;
    this.modified[id] = modified;
    this.#weights[id] = weight;
    this.#count(id, 1);
  }

  #count(id: number, by: 1 | -1): void {
    const flags = this.flags[id] ?? 0;
    this.counts[flags] = (this.counts[flags] ?? 0) + by;
    this.bytes[flags] = (this.bytes[flags] ?? 0) + by * (this.sizes[id] ?? 0);
  }

  async #pathOrder(slices: Slices): Promise<Ids> {
    const chunks: number[][] = [];
    for (let path = '', source = 0; ; ) {
      // One text of all ids is read several times faster than a row for each.
      const chunk = this.#file.get<{ ids: string }>(
        `SELECT json_group_array(id) AS ids FROM (
           SELECT id FROM entry WHERE (source_id, path) > (?, ?) ORDER BY source_id, path LIMIT ${ROWS_AT_ONCE})`,
        source,
        path,
      );
      const ids = JSON.parse(chunk?.ids ?? '[]') as number[];
      chunks.push(ids);
      if (ids.length < ROWS_AT_ONCE) break;
      const last = this.#file.get<{ source: number; path: string }>(
        'SELECT source_id AS source, path FROM entry WHERE id = ?',
        ids.at(-1) ?? 0,
      );
      if (last) ({ source, path } = last);
      await slices.turn();
    }
    const order = new Uint32Array(chunks.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const chunk of chunks) {
      order.set(chunk, at);
      at += chunk.length;
    }
    return order;
  }
}

function grown<T extends Uint8Array | Uint32Array | Float64Array>(old: T, room: T): T {
  room.set(old);
  return room;
}
