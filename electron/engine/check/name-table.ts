import type { Profile } from '../../../shared/destinations/profile.ts';
import type { TakenNames } from '../../../shared/rules/name-suggestion.ts';
import { remotePathSql } from '../library/entry-sql.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { wantedSql } from './checked-entries.ts';

/** Entries whose ids lie in a range of this width are put in at once. */
const PIECE = 20_000;

export interface Clash {
  /** `same`: another has this very path; `case`: it differs in capitals only; `folder`: others lie below this path. */
  readonly kind: 'same' | 'case' | 'folder';
  /** Path at the archive of one that it clashes with. */
  readonly other: string;
}

/**
 * The paths of everything that is wanted at the archive, in temporary tables: clashes are found and free names chosen
 * by index, whatever the number of files. Close it when done.
 */
export class NameTable implements TakenNames {
  readonly #file: SubmissionFile;
  readonly #names: string;
  readonly #clashes: string;
  /** Paths that belong to no entry have ids below zero. */
  #lastReserved = 0;

  constructor(file: SubmissionFile) {
    const mark = crypto.randomUUID().replaceAll('-', '');
    this.#file = file;
    this.#names = `name_${mark}`;
    this.#clashes = `clash_${mark}`;
    file.run(`CREATE TEMP TABLE ${this.#names} (id INTEGER PRIMARY KEY, path TEXT, lower TEXT)`);
    file.run(`CREATE TEMP TABLE ${this.#clashes} (entry_id INTEGER, kind TEXT, other TEXT)`);
  }

  /** Fills the table; stops between pieces so that others are served meanwhile. `reserved` come first. */
  *fill(profile: Profile, reserved: readonly string[] = []): Generator<void> {
    const last = this.#file.get<{ id: number | null }>('SELECT max(id) AS id FROM entry')?.id ?? -1;
    for (const path of reserved) this.reserve(path);
    for (let from = 0; from <= last; from += PIECE) {
      this.#file.run(
        `INSERT INTO temp.${this.#names} SELECT id, path, lower(path) FROM (
           SELECT e.id, ${remotePathSql()} AS path FROM entry e CROSS JOIN source s ON s.id = e.source_id
           WHERE e.id >= ? AND e.id < ? AND ${wantedSql(profile)})`,
        from,
        from + PIECE,
      );
      yield;
    }
    this.#file.run(`CREATE INDEX temp.${this.#names}_lower ON ${this.#names} (lower, id)`);
  }

  /**
   * Looks for clashes among what is there now. The one found first keeps its name. A file whose path is also a folder
   * is forgotten: it has to move, and what lies in the folder has not.
   */
  *findClashes(): Generator<void> {
    const names = `temp.${this.#names}`;
    this.#file.run(
      `INSERT INTO temp.${this.#clashes}
       SELECT n.id, iif(m.path = n.path, 'same', 'case'), m.path FROM (
         SELECT id, path, lower, min(id) OVER (PARTITION BY lower) AS first FROM ${names}
       ) n JOIN ${names} m ON m.id = n.first WHERE n.id >= 0 AND n.id <> n.first`,
    );
    yield;
    this.#file.run(
      `INSERT INTO temp.${this.#clashes}
       SELECT n.id, 'folder', (SELECT m.path FROM ${names} m WHERE m.lower > n.lower || '/' AND m.lower < n.lower || '0'
         ORDER BY m.lower LIMIT 1) AS other
       FROM ${names} n WHERE n.id >= 0 AND other IS NOT NULL`,
    );
    yield;
    this.#file.run(
      `DELETE FROM ${names} WHERE id IN (SELECT entry_id FROM temp.${this.#clashes} WHERE kind = 'folder')`,
    );
    this.#file.run(`CREATE INDEX temp.${this.#clashes}_entry ON ${this.#clashes} (entry_id)`);
  }

  /** The clashes of some entries, by entry id. */
  clashesOf(ids: readonly number[]): Map<number, Clash[]> {
    const rows = this.#file.all<Clash & { id: number }>(
      `SELECT entry_id AS id, kind, other FROM temp.${this.#clashes}
       WHERE entry_id IN (SELECT value FROM json_each(?)) ORDER BY rowid`,
      JSON.stringify(ids),
    );
    const byEntry = new Map<number, Clash[]>();
    for (const { id, kind, other } of rows) byEntry.set(id, [...(byEntry.get(id) ?? []), { kind, other }]);
    return byEntry;
  }

  isFile(lowerCasePath: string): boolean {
    const sql = `SELECT 1 FROM temp.${this.#names} WHERE lower = ? LIMIT 1`;
    return this.#file.get(sql, lowerCasePath) !== undefined;
  }

  isFolder(lowerCasePath: string): boolean {
    // '0' comes right after '/'.
    const sql = `SELECT 1 FROM temp.${this.#names} WHERE lower > ? AND lower < ? LIMIT 1`;
    return this.#file.get(sql, `${lowerCasePath}/`, `${lowerCasePath}0`) !== undefined;
  }

  /** Keeps a path, so that no other is given it. */
  reserve(path: string): void {
    this.#lastReserved -= 1;
    const sql = `INSERT INTO temp.${this.#names} VALUES (?, ?, ?)`;
    this.#file.run(sql, this.#lastReserved, path, path.toLowerCase());
  }

  /** Forgets the path of an entry: it is about to get another. */
  release(entryId: number): void {
    this.#file.run(`DELETE FROM temp.${this.#names} WHERE id = ?`, entryId);
  }

  close(): void {
    this.#file.run(`DROP TABLE temp.${this.#names}`);
    this.#file.run(`DROP TABLE temp.${this.#clashes}`);
  }
}
