import { setImmediate } from 'node:timers/promises';
import type { SubmissionFile } from '../library/submission-file.ts';
import { Seen } from './seen.ts';
import type { FolderFound, FolderJob, FolderWalked } from './walk-messages.ts';

const FOLDERS_A_PAGE = 2000;

/** What the folders of one source held when their rows were written, and which of them a scan met again. */
export class KnownFolders {
  readonly #file: SubmissionFile;
  readonly #sourceId: number;
  /** False when the source has no row yet: then nothing need be asked. */
  readonly #hasRows: boolean;
  /** How many folders were known before, and the largest of their ids. */
  readonly #before: number;
  readonly #last: number;
  readonly #met = new Seen();
  readonly #same = new Seen();
  #sameCount = 0;
  /** True once a folder was met that is new, changed, or cannot be read. */
  #isAnyOther = false;
  /** Ids of the known folders that are being walked. */
  readonly #walking = new Map<string, number>();

  constructor(file: SubmissionFile, sourceId: number) {
    this.#file = file;
    this.#sourceId = sourceId;
    const known = file.get<{ n: number; last: number | null }>(
      'SELECT count(*) AS n, (SELECT max(id) FROM folder) AS last FROM folder WHERE source_id = ?',
      sourceId,
    );
    this.#before = known?.n ?? 0;
    this.#last = known?.last ?? 0;
    this.#hasRows = file.get('SELECT 1 FROM entry WHERE source_id = ? LIMIT 1', sourceId) !== undefined;
  }

  /** True when every folder that was known was met and holds what it held. */
  get isAllSame(): boolean {
    return !this.#isAnyOther && this.#sameCount === this.#before;
  }

  /** True when the source had no row before this scan. */
  get isNew(): boolean {
    return !this.#hasRows;
  }

  /** Folders with what is known of them, in the order given. */
  jobs(folders: readonly FolderFound[]): FolderJob[] {
    if (!this.#hasRows) return folders.map((folder) => ({ ...folder, digest: '', fresh: true }));
    const rows = this.#file.all<{ at: number; id: number | null; digest: string | null; fresh: number }>(
      // '0' is the character after '/': everything below a folder lies between the two.
      `SELECT asked.key AS at, f.id, f.digest, f.id IS NULL AND NOT EXISTS (SELECT 1 FROM entry
         WHERE source_id = ?1 AND path >= iif(value = '', '', value || '/') AND (value = '' OR path < value || '0')) AS fresh
       FROM json_each(?2) asked LEFT JOIN folder f ON f.source_id = ?1 AND f.path = value`,
      this.#sourceId,
      JSON.stringify(folders.map(({ path }) => path)),
    );
    const jobs: FolderJob[] = folders.map((folder) => ({ ...folder, digest: '', fresh: false }));
    for (const { at, id, digest, fresh } of rows) {
      const folder = folders[at];
      if (!folder) continue;
      if (id !== null) this.#walking.set(folder.path, id);
      jobs[at] = { ...folder, digest: digest ?? '', fresh: fresh === 1 };
    }
    return jobs;
  }

  /** Keeps what folders hold now. Call in the transaction of the last of their rows, or after it. */
  walked(folders: readonly FolderWalked[]): void {
    const keep: [string, string][] = [];
    for (const { path, digest, same } of folders) {
      const id = this.#walking.get(path);
      this.#walking.delete(path);
      if (id !== undefined) this.#met.add(id);
      if (same && id !== undefined) {
        this.#same.add(id);
        this.#sameCount++;
        continue;
      }
      this.#isAnyOther = true;
      if (digest !== null) keep.push([path, digest]);
      else if (id !== undefined) this.#file.run('DELETE FROM folder WHERE id = ?', id);
    }
    if (keep.length === 0) return;
    this.#file.run(
      `INSERT INTO folder (source_id, path, digest) SELECT ?, value ->> 0, value ->> 1 FROM json_each(?) WHERE TRUE
       ON CONFLICT (source_id, path) DO UPDATE SET digest = excluded.digest`,
      this.#sourceId,
      JSON.stringify(keep),
    );
  }

  /** A folder cannot be read: what it and the ones below it held says nothing for the next scan. */
  forgetBelow(path: string): void {
    this.#isAnyOther = true;
    this.#walking.delete(path);
    this.#file.run(
      "DELETE FROM folder WHERE source_id = ?1 AND (path = ?2 OR (path > ?2 || '/' AND path < ?2 || '0'))",
      this.#sourceId,
      path,
    );
  }

  /** Forgets folders that were not met: they are gone, and if they come back their rows are to be compared. */
  async forgetUnmet(): Promise<void> {
    for (let after = 0; ; ) {
      const page = this.#file.all<{ id: number }>(
        `SELECT id FROM folder WHERE source_id = ? AND id > ? AND id <= ? ORDER BY id LIMIT ${FOLDERS_A_PAGE}`,
        this.#sourceId,
        after,
        this.#last,
      );
      this.#file.transaction(() => {
        for (const { id } of page) {
          if (!this.#met.has(id)) this.#file.run('DELETE FROM folder WHERE id = ?', id);
        }
      });
      after = page.at(-1)?.id ?? after;
      if (page.length < FOLDERS_A_PAGE) return;
      await setImmediate();
    }
  }

  /** A question by path whether a folder was met and holds what it held; quick for rows that come in order. */
  sameByPath(): (path: string) => boolean {
    let last: string | null = null;
    let answer = false;
    return (path) => {
      if (path === last) return answer;
      const found = this.#file.get<{ id: number }>(
        'SELECT id FROM folder WHERE source_id = ? AND path = ?',
        this.#sourceId,
        path,
      );
      last = path;
      answer = found !== undefined && this.#same.has(found.id);
      return answer;
    };
  }
}
