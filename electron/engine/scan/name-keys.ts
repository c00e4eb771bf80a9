import type { CountedProgress } from '../../../shared/contract/call.ts';
import { commonFolders } from '../../../shared/rules/pairing-decision.ts';
import { coreOf, folderOf } from '../../../shared/rules/pairing-proposals.ts';
import { Slices } from '../library/in-slices.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { ENTRIES_AT_ONCE, fullPath } from './image-keys.ts';
import { KeptTables, type Lent } from './kept-tables.ts';

export interface Named {
  readonly id: number;
  readonly path: string;
  readonly full: string;
}

/** Files looked at for one that seeks a partner. */
const MOST_ALIKE = 40;
/** Files before and after in the order of their names. */
const NEIGHBOURS = 6;
/** Folders kept in memory; in more of them, numbers are only looked for in the same folder. */
const MOST_FOLDERS = 5000;
const NEAR_FOLDERS = 3;

export interface NameKeysOptions {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((progress: CountedProgress) => void) | undefined;
}

let tables = 0;
const kept = new KeptTables<NameKeys>();

/** Images or masks by the core of their names, in a temporary table, for finding files whose names are alike. */
export class NameKeys {
  readonly #file: SubmissionFile;
  readonly #table = `name_key_${++tables}`;
  readonly #folders = new Map<string, number>();

  private constructor(file: SubmissionFile) {
    this.#file = file;
  }

  /** Lends the table, which is made when the one of before is old. */
  static lend(
    file: SubmissionFile,
    kind: 'image' | 'mask',
    options: NameKeysOptions,
  ): Promise<Lent<NameKeys>> {
    return kept.lend(file, kind, async () => {
      const keys = new NameKeys(file);
      file.run(
        `CREATE TEMP TABLE ${keys.#table} (key TEXT, entry_id INTEGER, PRIMARY KEY (key, entry_id)) WITHOUT ROWID`,
      );
      try {
        await keys.#fill(kind, options);
      } catch (error) {
        keys.close();
        throw error;
      }
      return keys;
    });
  }

  close(): void {
    this.#file.run(`DROP TABLE IF EXISTS temp.${this.#table}`);
  }

  async #fill(kind: string, { signal, progress }: NameKeysOptions): Promise<void> {
    const slices = new Slices();
    const most = this.#file.get<{ n: number | null }>('SELECT max(id) AS n FROM entry')?.n ?? 0;
    for (let from = 0; from < most; from += ENTRIES_AT_ONCE) {
      signal?.throwIfAborted();
      const rows = this.#file.tuples<number | string>(
        `SELECT e.id, s.name, e.path FROM entry e CROSS JOIN source s ON s.id = e.source_id
         WHERE e.id > ? AND e.id <= ? AND e.kind = ? AND e.state <> 'vanished'`,
        ...[from, from + ENTRIES_AT_ONCE, kind],
      );
      const keys = rows.flatMap(([id, source, path]) => {
        const full = fullPath(String(source), String(path));
        const folder = folderOf(full);
        if (this.#folders.size < MOST_FOLDERS || this.#folders.has(folder)) {
          this.#folders.set(folder, (this.#folders.get(folder) ?? 0) + 1);
        }
        return keysOf(full).map((key) => [key, id]);
      });
      if (keys.length > 0) {
        this.#file.run(
          `INSERT OR IGNORE INTO temp.${this.#table} SELECT value ->> 0, value ->> 1 FROM json_each(?)`,
          JSON.stringify(keys),
        );
      }
      progress?.({ done: from, total: most, now: 'Comparing names' });
      await slices.turn();
    }
  }

  /** Files whose names are alike: of the same core, near in the order of cores, or of the same number in a near folder. */
  near(full: string): Named[] {
    const { words, number } = coreOf(full);
    const ids = new Set<number>();
    const add = (rows: readonly number[][]) => {
      for (const [id = 0] of rows) ids.add(id);
    };
    const from = `FROM temp.${this.#table}`;
    if (words.length > 0) {
      const core = `c:${words.join(' ')}`;
      add(this.#file.tuples<number>(`SELECT entry_id ${from} WHERE key = ? LIMIT ${MOST_ALIKE}`, core));
      if (ids.size < MOST_ALIKE) {
        add(
          this.#file.tuples<number>(
            `SELECT entry_id ${from} WHERE key > ? AND key < 'd' ORDER BY key LIMIT ${NEIGHBOURS}`,
            core,
          ),
        );
        add(
          this.#file.tuples<number>(
            `SELECT entry_id ${from} WHERE key < ? AND key > 'c' ORDER BY key DESC LIMIT ${NEIGHBOURS}`,
            core,
          ),
        );
      }
    }
    if (number !== null) {
      for (const folder of this.nearFolders(folderOf(full), NEAR_FOLDERS)) {
        const key = `n:${folder}/#${number}`;
        add(this.#file.tuples<number>(`SELECT entry_id ${from} WHERE key = ? LIMIT ${NEIGHBOURS}`, key));
      }
    }
    return this.named([...ids]);
  }

  /** The folders that hold such files, those with the longest way in common first. */
  nearFolders(folder: string, most: number): string[] {
    const all = [...this.#folders.keys()].map((one) => ({
      one,
      common: commonFolders(`${one}/`, `${folder}/`),
    }));
    return all
      .sort((a, b) => b.common - a.common || (a.one < b.one ? -1 : 1))
      .slice(0, most)
      .map(({ one }) => one);
  }

  named(ids: readonly number[]): Named[] {
    return this.#file
      .tuples<number | string>(
        `SELECT e.id, e.path, s.name FROM json_each(?) asked CROSS JOIN entry e ON e.id = asked.value
         JOIN source s ON s.id = e.source_id ORDER BY asked.key`,
        JSON.stringify(ids),
      )
      .map(([id, path, source]) => ({
        id: Number(id),
        path: String(path),
        full: fullPath(String(source), String(path)),
      }));
  }

  /** Some files of a folder, in the order of their numbers. */
  inFolder(folder: string, most: number): Named[] {
    const rows = this.#file.tuples<number>(
      `SELECT entry_id FROM temp.${this.#table} WHERE key >= ? AND key < ? LIMIT ${most}`,
      ...[`n:${folder}/#`, `n:${folder}/$`],
    );
    return this.named(rows.map(([id = 0]) => id));
  }
}

/** `c:` is the core of a name, `n:` its folder and last number. */
function keysOf(full: string): string[] {
  const { words, number } = coreOf(full);
  return [`c:${words.join(' ')}`, `n:${folderOf(full)}/#${number ?? ''}`];
}
