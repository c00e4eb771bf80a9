import type { Profile } from '../../../shared/destinations/profile.ts';
import type { EntryKind, EntryState } from '../../../shared/model/entry.ts';
import {
  isInZipSql,
  isZipSql,
  localPathSql,
  remotePathSql,
  sendSql,
  sourceImageSql,
} from '../library/entry-sql.ts';
import type { SubmissionFile } from '../library/submission-file.ts';

/** An entry with everything that the checks look at. */
export interface CheckedEntry {
  readonly id: number;
  readonly path: string;
  readonly name: string;
  readonly localPath: string;
  readonly kind: EntryKind;
  readonly format: string;
  readonly size: number;
  readonly members: number;
  readonly modifiedMs: number;
  readonly state: EntryState;
  readonly stateReason: string;
  /** A person or the profile wants it sent. */
  readonly wanted: boolean;
  /** It will be sent: wanted, and it can be. */
  readonly send: boolean;
  readonly remotePath: string;
  readonly annotationType: string;
  readonly sourceImage: string;
  readonly annotationBlock: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly paired: boolean;
  /** Its members go as one ZIP. */
  readonly isZip: boolean;
}

type Row = Omit<CheckedEntry, 'wanted' | 'send' | 'columns' | 'paired' | 'isZip'> & {
  readonly isZip: number | null;
  readonly wanted: number;
  readonly send: number;
  readonly columns: string;
  readonly paired: number;
};

const PAGE = 1000;

/** Whether a person or the profile wants an entry sent, 1 or 0, be it there or not; not inside another one's ZIP. */
export function wantedSql(profile: Profile): string {
  const kinds = profile.sendsKinds.map((kind) => `'${kind}'`).join(', ');
  return `(coalesce(e.send_chosen, e.kind IN (${kinds})) = 1 AND ${isInZipSql} IS NOT TRUE)`;
}

/**
 * The entries in pages, in the order in which they were found. Each page is read whole before it is given: a check
 * may pause between pages, and people go on editing meanwhile.
 */
export function* entryPages(
  file: SubmissionFile,
  profile: Profile,
  only: 'all' | 'sent' = 'all',
): Generator<CheckedEntry[]> {
  const paired =
    'EXISTS (SELECT 1 FROM pair WHERE parted = 0 AND (mask_entry_id = e.id OR image_entry_id = e.id))';
  for (let last = -1; ; ) {
    const rows = file.all<Row>(
      `SELECT e.id, e.path, e.name, ${localPathSql} AS localPath, e.kind, e.format, e.size, e.members,
         e.modified_ms AS modifiedMs, e.state, e.state_reason AS stateReason, ${wantedSql(profile)} AS wanted,
         ${sendSql(profile)} AS send, ${remotePathSql()} AS remotePath, e.annotation_type AS annotationType,
         ${sourceImageSql} AS sourceImage, e.annotation_block AS annotationBlock, e.columns, ${paired} AS paired,
         ${isZipSql()} AS isZip
       FROM entry e CROSS JOIN source s ON s.id = e.source_id
       WHERE e.id > ? ${only === 'sent' ? `AND ${sendSql(profile)}` : ''} ORDER BY e.id LIMIT ${PAGE}`,
      last,
    );
    const end = rows.at(-1);
    if (!end) return;
    last = end.id;
    yield rows.map((row) => ({
      ...row,
      wanted: row.wanted === 1,
      send: row.send === 1,
      paired: row.paired === 1,
      isZip: row.isZip === 1,
      columns: JSON.parse(row.columns) as Record<string, string>,
    }));
  }
}
