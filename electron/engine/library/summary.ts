import { basename } from 'node:path';
import type { SubmissionSummary } from '../../../shared/model/submission.ts';
import { missingFields } from '../../../shared/rules/missing-fields.ts';
import { findingCounts } from './findings.ts';
import { metadataOf } from './metadata-document.ts';
import type { SubmissionFile } from './submission-file.ts';
import { profileOfFile, submissionRow } from './submission-row.ts';

/** What the library and the tabs show of a submission. Counts come from small tables and indexes. */
export function submissionSummary(file: SubmissionFile): SubmissionSummary {
  const row = submissionRow(file);
  const metadata = metadataOf(file);
  const totals = file.get<{ entries: number; bytes: number; pairs: number }>(
    `SELECT coalesce(sum(entries), 0) - (SELECT count(*) FROM entry WHERE item_id <> id) AS entries,
       coalesce(sum(bytes), 0) AS bytes,
       (SELECT count(*) FROM pair WHERE parted = 0) AS pairs FROM source`,
  );
  return {
    id: row.id,
    title: titleOf(metadata),
    fileName: basename(file.path),
    destination: row.destination,
    archive: row.archive,
    state: row.state,
    accession: row.accession,
    createdAt: row.created_at,
    editedAt: row.edited_at,
    entries: totals?.entries ?? 0,
    bytes: totals?.bytes ?? 0,
    pairs: totals?.pairs ?? 0,
    missing: missingFields(profileOfFile(file), metadata).length,
    findings: findingCounts(file),
    checkedAt: row.checked_at,
  };
}

/** The title as typed in the study; '' when nothing was typed. */
export function titleOf(metadata: ReturnType<typeof metadataOf>): string {
  const title = metadata.study?.[0]?.values.title;
  return typeof title === 'string' ? title.trim() : '';
}
