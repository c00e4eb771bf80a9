import { profileOf } from '../../../shared/destinations/index.ts';
import type { ArchiveChoice } from '../../../shared/model/submission.ts';
import { defaultPairingRules } from '../../../shared/rules/default-pairing-rules.ts';
import { fillMetadata } from './description-fill.ts';
import { blankMetadata, metadataOf } from './metadata-document.ts';
import { insertRules } from './pairs.ts';
import type { SubmissionFile } from './submission-file.ts';
import { titleOf } from './summary.ts';

export interface NewSubmission {
  readonly title: string;
  readonly destination: string;
  readonly archive: ArchiveChoice;
  /** A description to start from, as the blank template has it. */
  readonly template?: unknown;
}

/** Writes the beginning of a submission into a file just made. Throws a Problem for a template that does not fit. */
export function beginSubmission(file: SubmissionFile, options: NewSubmission): void {
  const profile = profileOf(options.destination);
  const metadata = blankMetadata(profile);
  if (options.template !== undefined) fillMetadata(profile, metadata, options.template);
  const study = metadata.study?.[0];
  if (study && options.title !== '') study.values.title = options.title;
  const now = new Date().toISOString();
  file.transaction(() => {
    file.run(
      'INSERT INTO submission (one, id, destination, archive, created_at, edited_at) VALUES (1, ?, ?, ?, ?, ?)',
      crypto.randomUUID(),
      profile.id,
      options.archive,
      now,
      now,
    );
    file.run('INSERT INTO metadata (one, document) VALUES (1, ?)', JSON.stringify(metadata));
    insertRules(file, defaultPairingRules);
  });
}

/** Makes a copied file a submission of its own: another id, no journal, no accession, nothing to undo. */
export function beginCopy(file: SubmissionFile): void {
  const metadata = metadataOf(file);
  const study = metadata.study?.[0];
  if (study) study.values.title = `${titleOf(metadata) || 'Untitled'} (copy)`;
  const now = new Date().toISOString();
  file.transaction(() => {
    // Steps before their changes: emptied as a whole, a table of a million rows is gone at once.
    for (const table of ['transfer', 'transfer_file', 'deposit_step', 'change_step', 'change'])
      file.run(`DELETE FROM ${table}`);
    file.run(
      `UPDATE submission SET id = ?, state = 'draft', remote_folder = '', accession = NULL, created_at = ?,
         edited_at = ?`,
      crypto.randomUUID(),
      now,
      now,
    );
    file.run('UPDATE metadata SET document = ?', JSON.stringify(metadata));
    // Vanished files that were safe at the archive are not there for the copy.
    file.run("UPDATE source SET state = iif(scanned_at IS NULL, 'new', state)");
  });
}
