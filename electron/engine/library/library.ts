import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Problem } from '../../../shared/model/problem.ts';
import type { ArchiveChoice, LibraryItem, SubmissionSummary } from '../../../shared/model/submission.ts';
import { Bin } from './bin.ts';
import { filledTemplate } from './description-fill.ts';
import { EXTENSION, fileNameOf, freePath } from './file-names.ts';
import { mendHistory } from './history-in-slices.ts';
import { giveOwnId, type Listed, lookAt, withDistinctIds } from './listing.ts';
import { metadataOf } from './metadata-document.ts';
import { beginCopy, beginSubmission, type NewSubmission } from './new-submission.ts';
import { Outside } from './outside.ts';
import { SubmissionFile } from './submission-file.ts';
import { profileOfFile, submissionRow } from './submission-row.ts';
import { submissionSummary, titleOf } from './summary.ts';

/**
 * The submissions of one person: the `*.slipway` files in a folder, and files elsewhere that were opened. A file is
 * opened when it is first asked for and stays open, and locked, until {@link closeAll}.
 */
export class Library {
  readonly folder: string;
  readonly #outside: Outside;
  readonly #bin: Bin;
  readonly #open = new Map<string, SubmissionFile>();
  /** Where the submissions not open were seen last, by id. */
  readonly #paths = new Map<string, string>();

  constructor(folder: string) {
    this.folder = resolve(folder);
    mkdirSync(this.folder, { recursive: true });
    this.#outside = new Outside(join(this.folder, 'library.json'));
    this.#bin = new Bin(this.folder);
  }

  /** Every submission, the one edited last first. A file that cannot be opened is in the list with the reason. */
  list(): LibraryItem[] {
    const items = this.#look();
    return items
      .map(({ item }) => item)
      .sort(
        (a, b) => (b.editedAt ?? '').localeCompare(a.editedAt ?? '') || a.fileName.localeCompare(b.fileName),
      );
  }

  /** Makes a submission in the library folder, its file named after the title. */
  create(options: NewSubmission): SubmissionSummary {
    return this.#begin(freePath(this.folder, fileNameOf(options.title)), options);
  }

  /** Makes a submission at a path of the person's own, which the list does not show. Refuses a path that is taken. */
  createAt(
    path: string,
    options: { title: string; destination: string; archive: ArchiveChoice },
  ): SubmissionSummary {
    return this.#begin(resolve(path), options);
  }

  #begin(path: string, options: NewSubmission): SubmissionSummary {
    const file = SubmissionFile.create(path);
    try {
      beginSubmission(file, options);
    } catch (error) {
      file.close();
      rmSync(path, { force: true });
      throw error;
    }
    return this.#keep(file);
  }

  /** Opens a file wherever it lies; one outside the library folder is on the list from now on. */
  open(path: string): SubmissionSummary {
    const summary = this.openAt(path);
    const full = resolve(path);
    if (!this.#isInside(full)) this.#outside.add(full);
    return summary;
  }

  /** Opens a file wherever it lies, without a place on the list. A copy of a submission that is here becomes one of its own. */
  openAt(path: string): SubmissionSummary {
    const full = resolve(path);
    for (const file of this.#open.values()) if (file.path === full) return submissionSummary(file);
    return this.#openFile(full, (file) => {
      if (this.#pathOf(submissionRow(file).id, full) !== null) giveOwnId(file);
    });
  }

  #openFile(path: string, prepare: (file: SubmissionFile) => void): SubmissionSummary {
    const file = SubmissionFile.open(path);
    try {
      prepare(file);
      return this.#keep(file);
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** The open file of a submission; opens it when it is not. A Problem for an id that is not in the library. */
  opened(id: string): SubmissionFile {
    const known = this.#open.get(id);
    if (known) return known;
    const path = this.#pathOf(id, null);
    if (path === null) {
      throw new Problem('unknown-submission', 'This submission is not in the library any more.', {
        cause: 'Its file was moved, renamed or removed.',
        advice: 'Open the file from where it is now.',
      });
    }
    this.#openFile(path, () => undefined);
    const file = this.#open.get(id);
    if (file) return file;
    throw new Problem('unknown-submission', `${basename(path)} holds another submission by now.`);
  }

  /**
   * Makes a submission of its own from all that is described and indexed in another; nothing that was sent. Others are
   * served while it is copied.
   */
  async duplicate(id: string): Promise<SubmissionSummary> {
    const file = this.opened(id);
    const part = join(this.folder, `.${crypto.randomUUID()}.part`);
    try {
      await file.copyTo(part);
      const copy = SubmissionFile.open(part);
      try {
        beginCopy(copy);
      } finally {
        copy.close();
      }
      const title = titleOf(metadataOf(file));
      const path = freePath(this.folder, fileNameOf(`${title || basename(file.path, EXTENSION)} (copy)`));
      renameSync(part, path);
      return this.#keep(SubmissionFile.open(path));
    } catch (error) {
      rmSync(part, { force: true });
      throw error;
    }
  }

  /**
   * Takes a submission off the list: a file of the library folder moves to the bin, one elsewhere stays where it is.
   * Returns what {@link restore} needs. Refuses a file that another Slipway has open.
   */
  remove(id: string): string {
    const open = this.#open.get(id);
    const path = open?.path ?? this.#pathOf(id, null);
    if (path === null)
      throw new Problem('unknown-submission', 'This submission is not in the library any more.');
    if (open) this.close(id);
    else refuseInUse(path);
    this.#paths.delete(id);
    const where = this.#isInside(path) ? 'library' : 'elsewhere';
    const token = this.#bin.take(path, where);
    if (where === 'elsewhere') this.#outside.remove(path);
    return token;
  }

  /** Brings back what {@link remove} took. */
  restore(token: string): void {
    const { path, where } = this.#bin.giveBack(token, this.folder);
    if (where === 'elsewhere') this.#outside.add(path);
  }

  /** Everything described in a submission, without files and ids, to start another one from. */
  template(id: string): unknown {
    const file = this.opened(id);
    return filledTemplate(profileOfFile(file), metadataOf(file));
  }

  /** Closes one file and gives its lock back. */
  close(id: string): void {
    this.#open.get(id)?.close();
    this.#open.delete(id);
  }

  closeAll(): void {
    for (const id of [...this.#open.keys()]) this.close(id);
  }

  #keep(file: SubmissionFile): SubmissionSummary {
    mendHistory(file);
    // A scan that the program did not survive is no longer under way.
    file.run(
      `UPDATE source SET state = iif(scanned_at IS NULL, 'new', 'scanned'),
         entries = (SELECT count(*) FROM entry WHERE source_id = source.id) WHERE state = 'scanning'`,
    );
    const summary = submissionSummary(file);
    this.#open.set(summary.id, file);
    this.#paths.set(summary.id, file.path);
    return summary;
  }

  #isInside(path: string): boolean {
    return dirname(path) === this.folder;
  }

  /** Where a submission lies that is not open; looks at the files when it is not where it was. */
  #pathOf(id: string, butNot: string | null): string | null {
    const open = this.#open.get(id);
    if (open && open.path !== butNot) return open.path;
    const last = this.#paths.get(id);
    if (last !== undefined && last !== butNot && lookAt(last).item.id === id) return last;
    this.#look(butNot);
    const now = this.#paths.get(id);
    return now === undefined || now === butNot ? null : now;
  }

  /** Looks at every file; files that share an id get one each, so that every item can be told from the others. */
  #look(butNot: string | null = null): Listed[] {
    const inside = readdirSync(this.folder)
      .filter((name) => name.endsWith(EXTENSION))
      .map((name) => join(this.folder, name));
    const paths = [...inside, ...this.#outside.paths().filter((path) => !inside.includes(path))];
    const open = new Map([...this.#open.values()].map((file) => [file.path, file]));
    const listed = paths
      .filter((path) => path !== butNot)
      .map((path): Listed => {
        const file = open.get(path);
        if (!file) return lookAt(path);
        return { path, item: { ...submissionSummary(file), problem: null }, problemCode: '' };
      });
    const distinct = withDistinctIds(listed, (path) => open.has(path));
    this.#paths.clear();
    for (const { path, item } of distinct) this.#paths.set(item.id, path);
    return distinct;
  }
}

function refuseInUse(path: string): void {
  const { problemCode } = lookAt(path);
  if (problemCode === 'in-use' && existsSync(path)) {
    throw new Problem('in-use', `${basename(path)} is open in another Slipway.`, {
      advice: 'Close it there first, then remove it here.',
    });
  }
}
