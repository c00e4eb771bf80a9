import type { FileState } from '../../../shared/model/transfer.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { loadTotals, type StateTotals, type Totals } from './journal-totals.ts';
import type { OutgoingFile } from './method.ts';
import { openPacked } from './packed-file.ts';
import type { PartLog } from './part-log.ts';

/** One file of the journal. `remotePath` is below the account's root, `size` bytes. */
export interface JournalFile extends OutgoingFile {
  readonly id: number;
  readonly entryId: number;
  readonly member: string;
  readonly state: FileState;
  readonly attempts: number;
  readonly sha256: string | null;
  /** The archive may hold an earlier version at this path: a listing alone proves nothing about this one. */
  readonly olderCopy: boolean;
  /** Size in the archive's last listing, null when not listed. */
  readonly remoteSize: number | null;
  /** Hash of the version that the archive confirmed before the file here changed in looks. */
  readonly heldSha256: string | null;
}

interface Row {
  readonly id: number;
  readonly entry_id: number;
  readonly member: string;
  readonly remote_path: string;
  readonly local_path: string;
  readonly size: number;
  readonly modified_ms: number;
  readonly inode: string;
  readonly state: FileState;
  readonly attempts: number;
  readonly sha256: string | null;
  readonly older_copy: number;
  readonly remote_size: number | null;
  readonly held_sha256: string | null;
  readonly packed: number;
}

/**
 * What has happened to each file, kept in the submission file. Every change is committed before its method returns,
 * so a caller that then goes to the network can be killed at any instant. The only ways between states are the
 * methods below; a call in a state it does not start from throws.
 *
 *     queued → sending → sent → confirmed       lost, wrong, or gone from the archive: back to queued
 *                 ↘ failed → queued
 */
export class Journal {
  readonly #file: SubmissionFile;
  readonly #now: () => Date;
  #totals: StateTotals;

  constructor(file: SubmissionFile, now: () => Date = () => new Date()) {
    this.#file = file;
    this.#now = now;
    this.#totals = loadTotals(file);
  }

  /** Counts and bytes by state of the files that belong to the submission. */
  get totals(): Totals {
    return this.#totals;
  }

  /** Reads the totals again, after the table was changed by other ways than the methods below. */
  recount(): void {
    this.#totals = loadTotals(this.#file);
  }

  /** Takes the next queued file and marks it as being sent, or returns null when none is queued. */
  takeNext(method: string): JournalFile | null {
    const row = this.#file.get<Row>(
      "SELECT * FROM transfer_file WHERE state = 'queued' AND wanted = 1 ORDER BY id LIMIT 1",
    );
    return row ? this.begin(row.id, method) : null;
  }

  /** queued → sending, counting the attempt. */
  begin(id: number, method: string): JournalFile {
    this.#move(id, ['queued'], 'sending', {
      sql: `attempts = attempts + 1, method = ?, started_at = ?, confirmed_at = NULL, remote_proof = NULL,
            problem = NULL, held_sha256 = NULL,
            older_copy = CASE WHEN remote_size IS NOT NULL AND attempts = 0 THEN 1 ELSE older_copy END`,
      values: [method, this.#now().toISOString()],
    });
    return this.read(id);
  }

  /** Keeps the hash of what went out, while it is not known yet whether it arrived. */
  hashed(id: number, sha256: string): void {
    this.#file.run("UPDATE transfer_file SET sha256 = ? WHERE id = ? AND state = 'sending'", sha256, id);
  }

  /** sending → sent: the archive answered that it took it. */
  sent(id: number, sha256: string): void {
    this.#file.transaction(() => {
      this.#move(id, ['sending'], 'sent', { sql: 'sha256 = ?', values: [sha256] });
      this.#file.run(
        `INSERT OR REPLACE INTO checksum (path, size, modified_ms, inode, sha256)
         SELECT local_path, size, modified_ms, inode, sha256 FROM transfer_file WHERE id = ?`,
        id,
      );
    });
  }

  /** Any state → confirmed: the archive lists it with the right size. `proof` says what was asked and answered. */
  confirmed(id: number, sha256: string, proof: string): void {
    const { state } = this.read(id);
    this.#move(id, [state], 'confirmed', {
      sql: `sha256 = ?, remote_proof = ?, confirmed_at = ?, started_at = coalesce(started_at, ?),
            remote_size = size, older_copy = 0, held_sha256 = NULL, problem = NULL`,
      values: [sha256, proof, this.#now().toISOString(), this.#now().toISOString()],
    });
    this.parts(id).clear();
  }

  /** Anything but queued → queued: to be sent (again), with the reason in words. */
  requeue(id: number, reason: string | null): void {
    this.#move(id, ['sending', 'sent', 'confirmed', 'failed'], 'queued', {
      sql: 'problem = ?, confirmed_at = NULL, remote_proof = NULL',
      values: [reason],
    });
  }

  /** queued, sending, sent → failed: given up until a person sends again. */
  failed(id: number, reason: string): void {
    this.#move(id, ['queued', 'sending', 'sent'], 'failed', { sql: 'problem = ?', values: [reason] });
  }

  /** Takes note that the content differs from what the archive holds at this path. */
  differs(id: number): void {
    this.#file.run(
      'UPDATE transfer_file SET held_sha256 = NULL, sha256 = NULL, older_copy = 1 WHERE id = ?',
      id,
    );
  }

  /** The parts of a file that the archive has; forgotten when it is confirmed or changed. */
  parts(id: number): PartLog {
    const file = this.#file;
    return {
      done: () =>
        new Set(
          file
            .all<{ part: number }>('SELECT part FROM transfer_part WHERE file_id = ?', id)
            .map(({ part }) => part),
        ),
      add: (part) =>
        void file.run('INSERT OR IGNORE INTO transfer_part (file_id, part) VALUES (?, ?)', id, part),
      clear: () => void file.run('DELETE FROM transfer_part WHERE file_id = ?', id),
    };
  }

  read(id: number): JournalFile {
    const row = this.#file.get<Row>('SELECT * FROM transfer_file WHERE id = ?', id);
    if (!row) throw new Error(`The journal has no file ${id}.`);
    return this.#fromRow(row);
  }

  /** Files in a state with an id above `after`, by id, a page at a time: the state may be changed meanwhile. */
  *eachIn(state: FileState, only: 'all' | 'listed' = 'all'): IterableIterator<JournalFile> {
    const listed = only === 'listed' ? 'AND remote_size IS NOT NULL' : '';
    for (let after = 0; ; ) {
      const rows = this.#file.all<Row>(
        `SELECT * FROM transfer_file WHERE state = ? AND id > ? AND wanted = 1 ${listed} ORDER BY id LIMIT 500`,
        state,
        after,
      );
      if (rows.length === 0) return;
      after = rows.at(-1)?.id ?? after;
      yield* rows.map((row) => this.#fromRow(row));
    }
  }

  #fromRow(row: Row): JournalFile {
    const known = fromRow(row);
    return row.packed === 0
      ? known
      : { ...known, open: async () => openPacked(this.#file, known, row.packed) };
  }

  #move(
    id: number,
    from: readonly FileState[],
    to: FileState,
    set: { sql: string; values: (string | null)[] },
  ): void {
    this.#file.transaction(() => {
      const row = this.#file.get<{ state: FileState; size: number; wanted: number }>(
        'SELECT state, size, wanted FROM transfer_file WHERE id = ?',
        id,
      );
      if (!row || !from.includes(row.state)) {
        throw new Error(`File ${id} of the journal is ${row?.state ?? 'not there'} and cannot become ${to}.`);
      }
      this.#file.run(`UPDATE transfer_file SET state = ?, ${set.sql} WHERE id = ?`, to, ...set.values, id);
      if (row.wanted === 1) this.#totals.move(row.state, to, row.size);
    });
  }
}

function fromRow(row: Row): JournalFile {
  return {
    id: row.id,
    entryId: row.entry_id,
    member: row.member,
    remotePath: row.remote_path,
    localPath: row.local_path,
    size: row.size,
    modifiedMs: row.modified_ms,
    inode: row.inode,
    state: row.state,
    attempts: row.attempts,
    sha256: row.sha256,
    olderCopy: row.older_copy === 1,
    remoteSize: row.remote_size,
    heldSha256: row.held_sha256,
  };
}
