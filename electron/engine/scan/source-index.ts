import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { EntryState } from '../../../shared/model/entry.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { Classifier } from './classify.ts';
import { EntryRows, type IndexedSource, isSame, type Known, type Place, type Row } from './entry-rows.ts';
import { eachAtOnce, reasonOf } from './looks.ts';
import { Seen } from './seen.ts';
import { type ClosedFolder, type Found, type FoundFile, type FoundZarr, lookAtFile } from './walk.ts';
import { readZarr, type ZarrFacts } from './zarr.ts';

/** Rows written between two turns of the event loop: some ten milliseconds of work. */
const ROWS_AT_ONCE = 256;

export interface IndexCounts {
  entries: number;
  files: number;
  bytes: number;
  added: number;
  changed: number;
  vanished: number;
  skipped: number;
}

/** Writes what a walk finds into the index of one source. Rows that are as they were are not touched. */
export class SourceIndex {
  readonly counts: IndexCounts = {
    entries: 0,
    files: 0,
    bytes: 0,
    added: 0,
    changed: 0,
    vanished: 0,
    skipped: 0,
  };
  readonly #file: SubmissionFile;
  readonly #source: IndexedSource;
  readonly #settleMs: number;
  readonly #classifier: Classifier;
  readonly #rows: EntryRows;
  readonly #seen = new Seen();
  readonly #changing = new Seen();
  #lastChanging = 0;
  #noted = false;
  /** True when looking again: what is as it was the first time is at rest. */
  #again = false;

  constructor(file: SubmissionFile, source: IndexedSource, settleMs: number) {
    this.#file = file;
    this.#source = source;
    this.#settleMs = settleMs;
    this.#classifier = new Classifier(source.path);
    this.#rows = new EntryRows(file, source);
  }

  async take(batch: readonly Found[], signal: AbortSignal | undefined): Promise<void> {
    const files: FoundFile[] = [];
    for (const found of batch) {
      if (found.what === 'file') files.push(found);
      else if (found.what === 'skipped') this.#skip(found.path, found.reason);
      else if (found.what === 'closed') await this.#close(found);
      else this.#write([await this.#zarrRow(found, signal)]);
    }
    for (let from = 0; from < files.length; from += ROWS_AT_ONCE) {
      const rows = await eachAtOnce(files.slice(from, from + ROWS_AT_ONCE), (file) => this.#fileRow(file));
      this.#write(rows);
      await setImmediate();
    }
  }

  /** With the first row that is new or changed: pairs have to be found again, even if this scan is killed. */
  #notePairs(): void {
    if (this.#noted || this.counts.added + this.counts.changed + this.counts.vanished === 0) return;
    this.#noted = true;
    this.#file.run('UPDATE submission SET pairs_stale = 1');
  }

  #skip(path: string, reason: string): void {
    this.counts.skipped++;
    this.#file.run(
      'INSERT OR REPLACE INTO skipped (source_id, path, reason) VALUES (?, ?, ?)',
      this.#source.id,
      path,
      reason,
    );
  }

  async #fileRow(found: FoundFile): Promise<Row> {
    const known = this.#rows.known(found.path);
    const same = known !== undefined && isSame(known, found);
    const { format, kind } = same
      ? { format: known.format, kind: known.kind_guess }
      : await this.#classifier.classify(found.path, found.trouble === '' ? found.size : 0);
    return {
      ...found,
      ...this.#stateOf(found, same ? known : undefined),
      format,
      kind,
      members: 1,
      labels: '',
    };
  }

  async #zarrRow(found: FoundZarr, signal: AbortSignal | undefined): Promise<Row> {
    const folder = found.path === '' ? this.#source.path : `${this.#source.path}/${found.path}`;
    const path = found.path === '' ? basename(this.#source.path) : found.path;
    const facts = await readZarr(folder, path, signal).catch((error: unknown) => {
      if (signal?.aborted) throw error;
      return unreadableZarr(reasonOf(error));
    });
    const known = this.#rows.known(found.path);
    const state = this.#stateOf(facts, known && isSame(known, facts) ? known : undefined);
    const labels = facts.labels.length === 0 ? '' : JSON.stringify(facts.labels);
    return { ...facts, ...state, path: found.path, labels };
  }

  /** A file that was written just now may still be growing; one that rested since the last scan is not. */
  #stateOf(
    found: { readonly modifiedMs: number; readonly trouble: string },
    before: Known | undefined,
  ): { state: EntryState; reason: string } {
    if (found.trouble !== '') return { state: 'unreadable', reason: found.trouble };
    const rested = before !== undefined && (this.#again || before.state !== 'changing');
    if (!rested && found.modifiedMs > Date.now() - this.#settleMs) {
      return { state: 'changing', reason: 'it was written to a moment ago' };
    }
    return { state: 'present', reason: '' };
  }

  #write(rows: readonly Row[]): void {
    this.#file.transaction(() => {
      for (const row of rows) {
        this.counts.files += row.members;
        this.counts.bytes += row.size;
        const id = this.#writeRow(row);
        this.#seen.add(id);
        if (row.state !== 'changing') continue;
        this.#changing.add(id);
        this.#lastChanging = Date.now();
      }
    });
  }

  #writeRow(row: Row): number {
    const { id, was } = this.#rows.write(row);
    if (was !== 'same') this.counts[was]++;
    this.#notePairs();
    return id;
  }

  /** What lies in a folder that cannot be read is not gone: its rows stay and say why. The folder gets a row too. */
  async #close(folder: ClosedFolder): Promise<void> {
    this.#write([
      {
        ...{ path: folder.path, state: 'unreadable', reason: folder.reason },
        ...{ format: 'folder', kind: 'other', size: 0, members: 0, modifiedMs: 0, inode: '', labels: '' },
      },
    ]);
    const reason = `its folder cannot be read: ${folder.reason}`;
    // '0' is the character after '/': everything below the folder lies between the two.
    await this.#rows.each(`${folder.path}/`, `${folder.path}0`, ({ id }) => {
      this.#seen.add(id);
      this.#file.run(
        "UPDATE entry SET state = 'unreadable', state_reason = ? WHERE id = ? AND state <> 'vanished'",
        reason,
        id,
      );
    });
  }

  /**
   * Looks again at files that were being written, once they had time to rest: what is as it was is present now.
   * `wait` is told how many milliseconds that takes.
   */
  async lookAgain(
    wait: (milliseconds: number) => Promise<void>,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    if (this.#lastChanging === 0) return;
    await wait(Math.max(0, this.#lastChanging + this.#settleMs - Date.now()));
    this.#again = true;
    await this.#rows.eachPage('', null, async (page) => {
      signal?.throwIfAborted();
      const rows = page.filter(({ id }) => this.#changing.has(id));
      const now = await eachAtOnce(rows, (row) => this.#nowOf(row, signal));
      this.#file.transaction(() => {
        for (const [at, row] of now.entries()) {
          if (row === null) continue;
          this.counts.bytes += row.size - (rows[at]?.size ?? row.size);
          this.#writeRow(row);
        }
      });
    });
  }

  async #nowOf(row: Place, signal: AbortSignal | undefined): Promise<Row | null> {
    if (row.format === 'ome-zarr' || row.format === 'zarr') {
      return this.#zarrRow({ what: 'zarr', path: row.path }, signal);
    }
    const found = await lookAtFile(this.#source.path, row.path);
    return found === null ? null : this.#fileRow(found);
  }

  /** Marks what was not met, after a walk that came to its end, and counts the rows there are now. */
  async finish(): Promise<void> {
    // A folder has a row only while it cannot be read.
    const closed = "source_id = ? AND state = 'unreadable' AND format = 'folder'";
    for (const { id } of this.#file.all<Place>(`SELECT id FROM entry WHERE ${closed}`, this.#source.id)) {
      if (!this.#seen.has(id)) this.#file.run('DELETE FROM entry WHERE id = ?', id);
    }
    await this.#rows.each('', null, ({ id }) => {
      this.counts.entries++;
      if (this.#seen.has(id)) return;
      this.counts.vanished += this.#file.run(
        "UPDATE entry SET state = 'vanished', state_reason = '' WHERE id = ? AND state <> 'vanished'",
        id,
      ).changes;
      this.#notePairs();
    });
  }
}

function unreadableZarr(trouble: string): ZarrFacts {
  const nothing = { size: 0, members: 0, modifiedMs: 0, inode: '', labels: [] };
  return { ...nothing, format: 'zarr', kind: 'image', trouble };
}
