import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { EntryState } from '../../../shared/model/entry.ts';
import { kindByFolders } from '../../../shared/rules/file-kinds.ts';
import { formatDuration } from '../../../shared/rules/format-quantities.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { Classifier } from './classify.ts';
import { EntryRows, type IndexedSource, isSame, type Known, type Place, type Row } from './entry-rows.ts';
import { KnownFolders } from './known-folders.ts';
import { dropIfUntouched, leftOutBy } from './left-out.ts';
import { eachAtOnce, reasonOf } from './looks.ts';
import { followRenames } from './renames.ts';
import { Seen } from './seen.ts';
import { lookAtFile } from './walk.ts';
import type { FileFound, FolderFound, FolderJob, FreshRows, Noticed, WalkBatch } from './walk-messages.ts';
import { readZarr, unreadableZarr, type ZarrFacts } from './zarr.ts';

/** Rows compared between two turns of the event loop: some ten milliseconds of work. */
const ROWS_AT_ONCE = 256;
/** Pages that are folded at a time: ten megabytes, so that the engine waits seldom for the disk and never for long. */
const PAGES_A_FOLD = 2500;
/** Rows written before the log is folded the first time, and at most. */
const ROWS_A_FOLD = 8000;
const MOST_ROWS_A_FOLD = 64_000;
/** Ids looked through for files that are changing, between two turns. */
const IDS_AT_ONCE = 20_000;
/** How long a scan waits at most for files to rest; what must rest longer is looked at the next time. */
const MOST_WAIT_MS = 10_000;
/** Timers may ring a moment early. */
const AND_A_MOMENT_MS = 5;

export interface ScannedSource extends IndexedSource {
  /** Rows with a larger id are new since the last scan that came to its end. */
  readonly newAfter: number;
  /** True when none has come to its end. */
  readonly isFirst: boolean;
}

export interface IndexCounts {
  entries: number;
  files: number;
  bytes: number;
  added: number;
  changed: number;
  vanished: number;
  renamed: number;
  skipped: number;
  /** Files held back because they were just written to. */
  held: number;
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
    renamed: 0,
    skipped: 0,
    held: 0,
  };
  readonly #file: SubmissionFile;
  readonly #source: ScannedSource;
  readonly #settleMs: number;
  readonly #stillGrowing: string;
  readonly #rows: EntryRows;
  readonly #folders: KnownFolders;
  readonly #seen = new Seen();
  /** The largest id before this scan: what has a larger one was found by it. */
  readonly #lastBefore: number;
  #lastChanging = 0;
  #noted = false;
  /** Rows that had been written when the log was folded. */
  #folded = 0;
  /** After how many more it is folded again: how much they are tells the last time. */
  #rowsAFold = ROWS_A_FOLD;
  /** True when looking again: what is as it was the first time is at rest. */
  #again = false;

  constructor(file: SubmissionFile, source: ScannedSource, settleMs: number) {
    this.#file = file;
    this.#source = source;
    this.#settleMs = settleMs;
    this.#stillGrowing = `written to less than ${formatDuration(Math.ceil(settleMs / 1000))} before it was looked at`;
    this.#rows = new EntryRows(file, source);
    this.#folders = new KnownFolders(file, source.id);
    this.#lastBefore = file.get<{ n: number | null }>('SELECT max(id) AS n FROM entry')?.n ?? 0;
  }

  /** Folders that are to be walked, with what is known of them. */
  jobs(folders: readonly FolderFound[]): FolderJob[] {
    return this.#folders.jobs(folders);
  }

  /** Writes one batch, in small transactions; what a folder holds is kept with or after the last of its rows. */
  async take(batch: WalkBatch): Promise<void> {
    for (let from = 0; from < batch.files.length; from += ROWS_AT_ONCE) {
      const files = batch.files.slice(from, from + ROWS_AT_ONCE);
      this.#write(files.map((file) => this.#fileRow(file)));
      await setImmediate();
    }
    for (const folder of batch.closed) await this.#close(folder);
    this.#write(batch.zarrs.map((zarr) => this.#zarrRow(zarr)));
    this.#file.transaction(() => {
      this.#insertFresh(batch.fresh);
      for (const one of batch.skipped) this.#skip(one);
      for (const one of batch.noticed) this.#notice(one);
      for (const { same, files, bytes } of batch.walked) {
        if (!same) continue;
        this.counts.files += files;
        this.counts.bytes += bytes;
      }
      this.#folders.walked(batch.walked);
    });
    const written = this.counts.added + this.counts.changed;
    if (written - this.#folded >= this.#rowsAFold) {
      const pages = await this.#file.fold();
      const rows = ((written - this.#folded) * PAGES_A_FOLD) / Math.max(1, pages);
      this.#rowsAFold = Math.min(MOST_ROWS_A_FOLD, Math.max(ROWS_A_FOLD / 4, rows));
      this.#folded = written;
    }
    await setImmediate();
  }

  #insertFresh(groups: readonly FreshRows[]): void {
    const isYoung = ({ state }: FreshRows) => state === 'changing';
    for (const group of groups) {
      this.counts.files += group.count;
      this.counts.bytes += group.bytes;
      if (isYoung(group)) this.#held(group.count);
    }
    this.counts.added += this.#rows.insertFresh(groups, (group) =>
      isYoung(group) ? this.#stillGrowing : '',
    );
    this.#notePairs();
  }

  /** With the first row that is new or changed: pairs have to be found again, even if this scan is killed. */
  #notePairs(isSure = false): void {
    const { added, changed, vanished } = this.counts;
    if (this.#noted || (!isSure && added + changed + vanished === 0)) return;
    this.#noted = true;
    this.#file.run('UPDATE submission SET pairs_stale = 1');
  }

  #skip({ path, reason, cause }: WalkBatch['skipped'][number]): void {
    this.counts.skipped++;
    this.#file.run(
      'INSERT OR REPLACE INTO skipped (source_id, path, reason, cause) VALUES (?, ?, ?, ?)',
      this.#source.id,
      path,
      reason,
      cause,
    );
  }

  #held(files: number): void {
    this.counts.held += files;
    this.#lastChanging = Date.now();
  }

  #notice({ path, cause, target }: Noticed): void {
    this.#file.run(
      'INSERT OR REPLACE INTO noticed (source_id, path, cause, target) VALUES (?, ?, ?, ?)',
      this.#source.id,
      path,
      cause,
      target,
    );
  }

  #fileRow(found: FileFound): Row {
    const known = this.#rows.known(found.path);
    const same = known !== undefined && isSame(known, found) ? known : undefined;
    return {
      ...found,
      ...this.#stateOf(found, same),
      // What a folder's name says was weighed then; the file gives no reason to think again.
      format: same?.format ?? found.format,
      kind: same?.kind_guess ?? found.kind,
      members: 1,
      labels: '',
    };
  }

  #zarrRow(facts: ZarrFacts & { readonly path: string }): Row {
    const known = this.#rows.known(facts.path);
    const state = this.#stateOf(facts, known && isSame(known, facts) ? known : undefined);
    return { ...facts, ...state, labels: facts.labels.length === 0 ? '' : JSON.stringify(facts.labels) };
  }

  /** A file that was written just now may still be growing. */
  #stateOf(
    found: { readonly modifiedMs: number; readonly trouble: string },
    before: Known | undefined,
  ): { state: EntryState; reason: string } {
    if (found.trouble !== '') return { state: 'unreadable', reason: found.trouble };
    const age = Date.now() - found.modifiedMs;
    // A time in the future says nothing: there, what is as it was is at rest.
    const rested = age < 0 && before !== undefined && (this.#again || before.state !== 'changing');
    if (age >= this.#settleMs || rested || this.#settleMs === 0) return { state: 'present', reason: '' };
    return { state: 'changing', reason: this.#stillGrowing };
  }

  #write(rows: readonly Row[]): void {
    if (rows.length === 0) return;
    this.#file.transaction(() => {
      for (const row of rows) {
        this.counts.files += row.members;
        this.counts.bytes += row.size;
        this.#seen.add(this.#writeRow(row));
        if (row.state === 'changing') this.#held(1);
      }
    });
  }

  #writeRow(row: Row): number {
    const { id, was } = this.#rows.write(row);
    if (was !== 'same') this.counts[was]++;
    if (was === 'changed') this.#noteChange('changed', id);
    this.#notePairs();
    return id;
  }

  #noteChange(what: 'changed' | 'gone', id: number): void {
    // What the first scan finds is no change, nor is a new file that still grows.
    if (id > this.#source.newAfter) return;
    this.#file.run(
      'INSERT OR IGNORE INTO scan_change (source_id, what, entry_id) VALUES (?, ?, ?)',
      this.#source.id,
      what,
      id,
    );
  }

  /** What lies in a folder that cannot be read is not gone: its rows stay and say why. The folder gets a row too. */
  async #close(folder: WalkBatch['closed'][number]): Promise<void> {
    // The root is not there: nothing is known of what is in it.
    if (folder.path === '') {
      throw Object.assign(new Error(folder.reason), { code: folder.code, syscall: 'opendir' });
    }
    this.#folders.forgetBelow(folder.path);
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
   * Looks again at files that were being written, once they had time to rest: what rests is present now. `wait` is told
   * how many milliseconds that takes; null looks at what was held back before, at once.
   */
  async lookAgain(
    wait: ((milliseconds: number) => Promise<void>) | null,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    if (wait !== null) {
      if (this.#lastChanging === 0) return;
      const rest = Math.min(this.#settleMs, MOST_WAIT_MS);
      await wait(Math.max(0, this.#lastChanging + rest + AND_A_MOMENT_MS - Date.now()));
    }
    this.#again = true;
    this.counts.held = 0;
    const last = this.#file.get<{ n: number | null }>('SELECT max(id) AS n FROM entry')?.n ?? 0;
    for (let from = 0; from < last; from += IDS_AT_ONCE) {
      signal?.throwIfAborted();
      const rows = this.#file.all<Place>(
        `SELECT id, path, format, size FROM entry
         WHERE id > ? AND id <= ? AND source_id = ? AND state = 'changing'`,
        from,
        from + IDS_AT_ONCE,
        this.#source.id,
      );
      for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
        await this.#lookAgainAt(rows.slice(at, at + ROWS_AT_ONCE), signal);
      }
      await setImmediate();
    }
  }

  async #lookAgainAt(rows: readonly Place[], signal: AbortSignal | undefined): Promise<void> {
    const now = await eachAtOnce(rows, (row) => this.#nowOf(row, signal));
    this.#file.transaction(() => {
      for (const [at, row] of now.entries()) {
        if (row === null) continue;
        this.counts.bytes += row.size - (rows[at]?.size ?? row.size);
        if (row.state === 'changing') this.counts.held++;
        this.#writeRow(row);
      }
    });
  }

  async #nowOf(row: Place, signal: AbortSignal | undefined): Promise<Row | null> {
    const { path } = row;
    if (row.format === 'ome-zarr' || row.format === 'zarr') {
      const folder = path === '' ? this.#source.path : `${this.#source.path}/${path}`;
      const facts = await readZarr(folder, path === '' ? basename(this.#source.path) : path, signal).catch(
        (error: unknown) => {
          if (signal?.aborted) throw error;
          return unreadableZarr(reasonOf(error));
        },
      );
      return this.#zarrRow({ ...facts, path });
    }
    const found = await lookAtFile(this.#source.path, path);
    if (found === null) return null;
    const slash = path.lastIndexOf('/');
    const folder = path.slice(0, Math.max(slash, 0));
    const classifier = new Classifier(
      folder === '' ? this.#source.path : `${this.#source.path}/${folder}`,
      kindByFolders(folder),
    );
    const size = found.trouble === '' ? found.size : 0;
    return this.#fileRow({ ...found, ...classifier.classify(path.slice(slash + 1), size) });
  }

  /**
   * Marks what was not met, after a walk that came to its end, and counts the rows there are now. `before` is how many
   * there were after the last scan, null when that did not come to its end.
   */
  async finish(before: number | null, signal: AbortSignal | undefined): Promise<void> {
    if (this.#folders.isNew) {
      this.counts.entries = this.counts.added;
      return;
    }
    if (before !== null && this.#folders.isAllSame) {
      this.counts.entries = before;
      return;
    }
    await this.#folders.forgetUnmet();
    // A folder has a row only while it cannot be read.
    const closed = "source_id = ? AND state = 'unreadable' AND format = 'folder'";
    for (const { id } of this.#file.all<Place>(`SELECT id FROM entry WHERE ${closed}`, this.#source.id)) {
      if (!this.#seen.has(id)) this.#file.run('DELETE FROM entry WHERE id = ?', id);
    }
    const isSameFolder = this.#folders.sameByPath();
    const isMet = ({ id, path, format }: Place) => {
      if (id > this.#lastBefore || this.#seen.has(id)) return true;
      const isFolder = format === 'ome-zarr' || format === 'zarr';
      return isSameFolder(isFolder ? path : path.slice(0, Math.max(path.lastIndexOf('/'), 0)));
    };
    await this.#rows.eachPage('', null, async (page) => {
      signal?.throwIfAborted();
      this.counts.entries += page.length;
      const unmet = page.filter((place) => !isMet(place));
      for (let from = 0; from < unmet.length; from += ROWS_AT_ONCE) {
        this.#file.transaction(() => {
          for (const { id, path } of unmet.slice(from, from + ROWS_AT_ONCE)) this.#unmet(id, path);
        });
        await setImmediate();
        signal?.throwIfAborted();
      }
    });
    if (this.counts.vanished > 0 || !this.#source.isFirst) await this.#followRenames(signal);
  }

  /** A row that nothing was met for: it is gone, or left out now by a rule. */
  #unmet(id: number, path: string): void {
    const rule = leftOutBy(this.#file, this.#source.id, path);
    if (rule !== null) {
      if (dropIfUntouched(this.#file, id, rule)) this.counts.entries--;
      this.#notePairs(true);
      return;
    }
    const { changes } = this.#file.run(
      "UPDATE entry SET state = 'vanished', state_reason = '' WHERE id = ? AND state <> 'vanished'",
      id,
    );
    if (changes === 0) return;
    this.counts.vanished++;
    this.#noteChange('gone', id);
    this.#notePairs();
  }

  async #followRenames(signal: AbortSignal | undefined): Promise<void> {
    const { id, newAfter } = this.#source;
    const renamed = await followRenames(this.#file, id, newAfter, signal);
    const { counts } = this;
    counts.renamed += renamed;
    counts.entries -= renamed;
    // Those of a scan that was killed before were counted by it.
    counts.added = Math.max(0, counts.added - renamed);
    counts.vanished = Math.max(0, counts.vanished - renamed);
  }
}
