import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { EntryKind, EntryState } from '../../../shared/model/entry.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { freshRowSql } from './fresh-rows.ts';
import type { FreshRows } from './walk-messages.ts';

/** Rows only read between two turns of the event loop. */
const ROWS_A_PAGE = 5000;

export interface IndexedSource {
  readonly id: number;
  readonly path: string;
}

/** A row of the index as the file system has it now. */
export interface Row {
  readonly path: string;
  readonly format: string;
  readonly kind: EntryKind;
  readonly size: number;
  readonly members: number;
  readonly modifiedMs: number;
  readonly inode: string;
  readonly state: EntryState;
  readonly reason: string;
  readonly labels: string;
}

/** A row of the index as the last scan left it. */
export interface Known {
  readonly id: number;
  readonly size: number;
  readonly members: number;
  readonly modified_ms: number;
  readonly state: EntryState;
  readonly state_reason: string;
  readonly format: string;
  readonly kind_guess: EntryKind;
  readonly labels: string;
}

export interface Place {
  readonly id: number;
  readonly path: string;
  readonly format: string;
  readonly size: number;
}

/** The rows of one source, as a scan reads and writes them. What a person chose is in other columns. */
export class EntryRows {
  readonly #file: SubmissionFile;
  readonly #source: IndexedSource;

  constructor(file: SubmissionFile, source: IndexedSource) {
    this.#file = file;
    this.#source = source;
  }

  known(path: string): Known | undefined {
    return this.#file.get<Known>(
      `SELECT id, size, members, modified_ms, state, state_reason, format, kind_guess, labels
       FROM entry WHERE source_id = ? AND path = ?`,
      this.#source.id,
      path,
    );
  }

  /** Writes a row if it is new or not as it was; says which. A file that came back counts as changed. */
  write(found: Row): { id: number; was: 'added' | 'changed' | 'same' } {
    const known = this.known(found.path);
    if (!known) return { id: this.#insert(found), was: 'added' };
    // The labels of a zipped OME-Zarr are noted after the scan, and are known as long as it is as it was.
    const row =
      found.format === 'ome-zarr-zip' && isSame(known, found) ? { ...found, labels: known.labels } : found;
    const same = isSame(known, row) && known.format === row.format && known.labels === row.labels;
    if (!same || known.state !== row.state || known.state_reason !== row.reason) this.#update(known.id, row);
    return { id: known.id, was: same && known.state !== 'vanished' ? 'same' : 'changed' };
  }

  /**
   * Writes rows of files that have none yet; returns how many. `reasonOf` gives the words for their state. One
   * statement for all of a kind: SQLite takes them from a text, which costs a third of giving it row after row.
   */
  insertFresh(groups: readonly FreshRows[], reasonOf: (group: FreshRows) => string): number {
    if (groups.length === 0) return 0;
    const { path, name, size, modifiedMs, inode } = freshRowSql;
    let added = 0;
    // Kinds and states come from the types of this program; checking each again takes a third of the time.
    this.#file.run('PRAGMA ignore_check_constraints = ON');
    try {
      for (const group of groups) {
        // A folder that changes while it is read may name a file twice.
        added += this.#file.run(
          `INSERT INTO entry (source_id, path, name, format, kind_guess, size, modified_ms, inode, state, state_reason)
           SELECT ?, ${path}, ${name}, ?, ?, ${size}, ${modifiedMs}, ${inode}, ?, ?
           FROM json_each(CAST(? AS TEXT)) WHERE TRUE ON CONFLICT (source_id, path) DO NOTHING`,
          this.#source.id,
          group.format,
          group.kind,
          group.state,
          reasonOf(group),
          group.rows,
        ).changes;
        // Given back at once: the collector of garbage lets tens of megabytes of these come together.
        group.rows.buffer.transfer(0);
      }
    } finally {
      this.#file.run('PRAGMA ignore_check_constraints = OFF');
    }
    return added;
  }

  #insert(row: Row): number {
    return this.#file.run(
      `INSERT INTO entry (source_id, path, name, format, kind_guess, size, members, modified_ms, inode, state,
         state_reason, labels) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      this.#source.id,
      row.path,
      basename(row.path === '' ? this.#source.path : row.path),
      row.format,
      row.kind,
      row.size,
      row.members,
      row.modifiedMs,
      row.inode,
      row.state,
      row.reason,
      row.labels,
    ).lastId;
  }

  #update(id: number, row: Row): void {
    this.#file.run(
      `UPDATE entry SET format = ?, kind_guess = ?, size = ?, members = ?, modified_ms = ?, inode = ?, state = ?,
         state_reason = ?, labels = ? WHERE id = ?`,
      row.format,
      row.kind,
      row.size,
      row.members,
      row.modifiedMs,
      row.inode,
      row.state,
      row.reason,
      row.labels,
      id,
    );
  }

  /** Visits rows by path, a page of them in each transaction and turn of the event loop. */
  each(from: string, before: string | null, visit: (place: Place) => void): Promise<void> {
    return this.eachPage(from, before, (page) => {
      this.#file.transaction(() => {
        for (const place of page) visit(place);
      });
    });
  }

  /** Visits pages of rows by path; `from` is the first path, `before` the first one no more, null for none. */
  async eachPage(
    from: string,
    before: string | null,
    visit: (page: Place[]) => void | Promise<void>,
  ): Promise<void> {
    let after: string | null = null;
    for (;;) {
      const page: Place[] = this.#file.all<Place>(
        `SELECT id, path, format, size FROM entry
         WHERE source_id = ? AND path >= ? AND (?3 IS NULL OR path > ?3) AND (?4 IS NULL OR path < ?4)
         ORDER BY path LIMIT ${ROWS_A_PAGE}`,
        this.#source.id,
        after ?? from,
        after,
        before,
      );
      await visit(page);
      after = page.at(-1)?.path ?? null;
      if (page.length < ROWS_A_PAGE) return;
      await setImmediate();
    }
  }
}

/** True when a file is as the last scan left it, by size and time. */
export function isSame(
  known: Known,
  found: { readonly size: number; readonly modifiedMs: number; readonly members?: number },
): boolean {
  return (
    known.size === found.size &&
    known.modified_ms === found.modifiedMs &&
    known.members === (found.members ?? 1)
  );
}
