import type { EntryEdit } from '../../../shared/model/entry.ts';
import { nextItem, passedOn } from './bulk-edit.ts';
import type { ChangeRecorder } from './history.ts';
import { changeEntriesInSlices, type Watched } from './history-in-slices.ts';
import { Slices } from './in-slices.ts';
import { memberIdPages } from './items.ts';
import type { SubmissionFile } from './submission-file.ts';

/** Columns of entry by the part of an edit that writes them, with the value that goes back to following. */
const columnsOf = {
  kind: 'kind_chosen',
  send: 'send_chosen',
  remotePath: 'remote_path_chosen',
  annotationType: 'annotation_type',
  sourceImage: 'source_image_chosen',
  annotationBlock: 'annotation_block',
  columns: 'columns',
} as const;
type Part = keyof typeof columnsOf;
const parts = Object.keys(columnsOf) as Part[];

const IDS_AT_ONCE = 20_000;

/**
 * Changes gathered before they are written, each entry in its own way: in a temporary table, which SQLite keeps on the
 * disk when it is large, so that memory does not grow with them. One of a name at a time in an open file.
 */
export class CellChanges {
  readonly #file: SubmissionFile;
  readonly #table: string;
  readonly #parts = new Set<Part>();
  #count = 0;

  /** @param name tells it from others that are gathered at the same time */
  constructor(file: SubmissionFile, name: 'paste' | 'import') {
    this.#file = file;
    this.#table = `temp.${name}_change`;
    file.run(
      `CREATE TEMP TABLE IF NOT EXISTS ${name}_change (entry_id INTEGER PRIMARY KEY, edit TEXT NOT NULL)`,
    );
    file.run(`DELETE FROM ${this.#table}`);
  }

  /** Entries that will be changed. */
  get count(): number {
    return this.#count;
  }

  /** Adds edits of different entries that have none yet, as they come out of one look. */
  add(edits: readonly { readonly entryId: number; readonly edit: EntryEdit }[]): void {
    if (edits.length === 0) return;
    for (const { edit } of edits) {
      for (const part of parts) if (edit[part] !== undefined) this.#parts.add(part);
    }
    const rows = edits.map(({ entryId, edit }) => [entryId, JSON.stringify(stored(edit))]);
    this.#count += this.#file.run(
      `INSERT INTO ${this.#table} SELECT value ->> 0, value ->> 1 FROM json_each(?)`,
      JSON.stringify(rows),
    ).changes;
  }

  /**
   * Writes everything as one step that can be undone; to be called in turn with other long changes. Nothing is left
   * to write afterwards. False when everything was so already: then there is no step.
   */
  async apply(
    title: string,
    watched: Watched = {},
    besides?: (recorder: ChangeRecorder) => void,
  ): Promise<boolean> {
    await this.#passOn(watched.signal);
    const columns = [...this.#parts].map((part) => columnsOf[part]);
    const set = [...this.#parts].map(
      (part) => `${columnsOf[part]} = iif(json_type(staged.edit, '$.${part}') IS NULL,
        ${columnsOf[part]}, ${valueSql(part)})`,
    );
    const sql = `UPDATE entry SET ${set.join(', ')} FROM ${this.#table} staged
      WHERE staged.entry_id = entry.id AND entry.`;
    const changed = await changeEntriesInSlices(
      this.#file,
      title,
      await this.#ids(),
      columns,
      (where, some) => void this.#file.run(`${sql}${where}`, some),
      { ...watched, besides },
    );
    this.forget();
    return changed;
  }

  /** What is said of an item holds for all its files, but for those of which something is said themselves. */
  async #passOn(signal: AbortSignal | undefined): Promise<void> {
    if (!passedOn.some((part) => this.#parts.has(part))) return;
    const file = this.#file;
    const others = parts
      .filter((part) => !passedOn.some((passed) => passed === part))
      .map((part) => `'$.${part}'`);
    const slices = new Slices();
    for (let item = nextItem(file, -1); item !== null; item = nextItem(file, item)) {
      signal?.throwIfAborted();
      await slices.turn();
      if (!file.get(`SELECT 1 FROM ${this.#table} WHERE entry_id = ?`, item)) continue;
      for (const page of memberIdPages(file, item)) {
        this.#count += file.run(
          `INSERT OR IGNORE INTO ${this.#table}
           SELECT value, json_remove((SELECT edit FROM ${this.#table} WHERE entry_id = ?), ${others.join(', ')})
           FROM json_each(?)`,
          ...[item, JSON.stringify(page)],
        ).changes;
        await slices.turn();
      }
    }
  }

  forget(): void {
    this.#file.run(`DELETE FROM ${this.#table}`);
    this.#parts.clear();
    this.#count = 0;
  }

  async #ids(): Promise<Uint32Array> {
    const ids = new Uint32Array(this.#count);
    const slices = new Slices();
    for (let at = 0; at < this.#count; ) {
      const found = this.#file.tuples<number>(
        `SELECT entry_id FROM ${this.#table} WHERE entry_id > ? ORDER BY entry_id LIMIT ${IDS_AT_ONCE}`,
        ids[at - 1] ?? -1,
      );
      if (found.length === 0) break;
      for (const [id = 0] of found) ids[at++] = id;
      await slices.turn();
    }
    return ids;
  }
}

function valueSql(part: Part): string {
  if (part === 'columns') return "json_patch(entry.columns, staged.edit -> '$.columns')";
  return `staged.edit ->> '$.${part}'`;
}

/** An edit as the columns of entry have it: null goes back to following, and takes a cell away. */
function stored({ columns, ...edit }: EntryEdit): Record<string, unknown> {
  const orNull = (text: string) => (text === '' ? null : text);
  return {
    ...edit,
    ...(edit.send === undefined ? {} : { send: edit.send ? 1 : 0 }),
    ...(edit.remotePath === undefined ? {} : { remotePath: orNull(edit.remotePath) }),
    ...(edit.sourceImage === undefined ? {} : { sourceImage: orNull(edit.sourceImage) }),
    ...(columns === undefined
      ? {}
      : { columns: Object.fromEntries(Object.entries(columns).map(([key, cell]) => [key, orNull(cell)])) }),
  };
}
