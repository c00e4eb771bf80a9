import { profileOf } from '../../../shared/destinations/index.ts';
import type { Profile } from '../../../shared/destinations/profile.ts';
import type { SendAs } from '../../../shared/model/entry.ts';
import type { ArchiveChoice, SubmissionSummary } from '../../../shared/model/submission.ts';
import { change } from './history.ts';
import type { SubmissionFile } from './submission-file.ts';

/** The one row of table `submission`, as it is stored. */
export interface SubmissionRow {
  readonly id: string;
  readonly destination: string;
  readonly archive: ArchiveChoice;
  readonly method: string;
  readonly items_as: SendAs;
  readonly state: SubmissionSummary['state'];
  readonly remote_folder: string;
  readonly accession: string | null;
  readonly created_at: string;
  readonly edited_at: string;
  readonly checked_at: string | null;
}

export function submissionRow(file: SubmissionFile): SubmissionRow {
  const row = file.get<SubmissionRow>('SELECT * FROM submission');
  if (!row) throw new Error(`${file.path} holds no submission.`);
  return row;
}

/** The profile of the submission's destination; a Problem when this Slipway does not know it. */
export function profileOfFile(file: SubmissionFile): Profile {
  return profileOf(submissionRow(file).destination);
}

/** Says how items are sent that nobody said it of one by one; one step that can be undone. */
export function setItemsAs(file: SubmissionFile, sendAs: SendAs): void {
  change(file, sendAs === 'zip' ? 'Send items as one ZIP each' : 'Send items file by file', (recorder) => {
    recorder.cells('submission', ['items_as'], 'one = 1');
    file.run('UPDATE submission SET items_as = ?', sendAs);
  });
}

/** Chooses the archive; one step that can be undone. Whether it may still change is for the transfer to say. */
export function setArchive(file: SubmissionFile, archive: ArchiveChoice): void {
  change(file, 'Choose the archive', (recorder) => {
    recorder.cells('submission', ['archive'], 'one = 1');
    file.run('UPDATE submission SET archive = ?', archive);
  });
}
