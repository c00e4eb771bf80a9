import { Problem, type ProblemData, problemSchema } from '../../../shared/model/problem.ts';
import type { SubmissionFile } from '../library/submission-file.ts';

/** Which archive a journal is about, and what stopped the last attempt. */
export interface JournalOwner {
  /** The choice of archive, not its address: the practice archive's port changes from run to run. */
  readonly archive: string;
  readonly practice: boolean;
  readonly problem: ProblemData | null;
}

/** Null when nothing was sent yet. */
export function journalOwner(file: SubmissionFile): JournalOwner | null {
  const row = file.get<{ archive: string; practice: number; problem: string | null }>(
    'SELECT * FROM transfer',
  );
  if (!row) return null;
  const problem = row.problem === null ? null : problemSchema.safeParse(JSON.parse(row.problem));
  return { archive: row.archive, practice: row.practice === 1, problem: problem?.data ?? null };
}

/**
 * Makes sure that the journal is about this archive: one made for another must not be believed, so it is forgotten.
 * @throws Problem `already-sent` when that would lose the record of a real deposit
 */
export function claimJournal(file: SubmissionFile, archive: string, practice: boolean): void {
  const owner = journalOwner(file);
  if (owner?.archive === archive) return;
  file.transaction(() => {
    if (owner) forgetJournal(file);
    file.run('INSERT INTO transfer (one, archive, practice) VALUES (1, ?, ?)', archive, practice ? 1 : 0);
  });
}

/**
 * Forgets everything sent and every step of the deposit. What the archive holds stays there; hashes stay known.
 * @throws Problem `already-sent` when that would lose the record of a real deposit
 */
export function forgetJournal(file: SubmissionFile): void {
  const submission = file.get<{ accession: string | null }>('SELECT accession FROM submission');
  const accession = submission?.accession ?? null;
  if (accession !== null && journalOwner(file)?.practice === false) {
    throw new Problem('already-sent', `This submission was deposited as ${accession}.`, {
      cause: 'Its receipt and its accession would be lost if it were sent to another archive.',
      advice: 'Duplicate it in the library and send the copy.',
    });
  }
  file.transaction(() => {
    file.run('DELETE FROM transfer_file');
    file.run('DELETE FROM deposit_step');
    file.run('DELETE FROM transfer');
    file.run("UPDATE submission SET remote_folder = '', state = 'draft', accession = NULL");
  });
}

/** Keeps, or with null forgets, what stopped the last attempt. */
export function keepProblem(file: SubmissionFile, problem: ProblemData | null): void {
  file.run('UPDATE transfer SET problem = ?', problem === null ? null : JSON.stringify(problem));
}
