import type { EntryKind, EntryState } from '../../../shared/model/entry.ts';
import { localPathSql, remotePathSql, sendSql, sourceImageSql } from './entry-sql.ts';
import { metadataOf } from './metadata-document.ts';
import type { SubmissionFile } from './submission-file.ts';
import { profileOfFile } from './submission-row.ts';

/** An entry that is to be sent, with everything as it comes to. */
export interface Sendable {
  readonly id: number;
  readonly sourceId: number;
  /** Below the source's folder; '' when the source's folder itself is the item. */
  readonly path: string;
  /** Where it lies on this computer. */
  readonly localPath: string;
  readonly name: string;
  readonly kind: EntryKind;
  readonly format: string;
  readonly size: number;
  readonly members: number;
  readonly modifiedMs: number;
  readonly inode: string;
  /** `present`, or `vanished` when the archive confirmed every byte of it and it was deleted here since. */
  readonly state: EntryState;
  readonly remotePath: string;
  /** Empty when it follows the annotation block. */
  readonly annotationType: string;
  readonly sourceImage: string;
  /** Id of a block that exists; '' only when there is no block at all. */
  readonly annotationBlock: string;
  readonly columns: Record<string, string>;
  /** Label images inside an OME-Zarr, such as `labels/nuclei`. */
  readonly labels: string[];
}

type Row = Omit<Sendable, 'columns' | 'labels'> & { readonly columns: string; readonly labels: string };

/**
 * What will be sent, in path order, one by one: bounded memory whatever the number. Do not change entries or pairs
 * while reading; the journal and findings may be written.
 */
export function* eachSendable(file: SubmissionFile): Generator<Sendable> {
  const profile = profileOfFile(file);
  const blocks = (metadataOf(file)[profile.fileList.perBlockOf] ?? []).map(({ id }) => id);
  const rows = file.each<Row>(
    `SELECT e.id, e.source_id AS sourceId, e.path, ${localPathSql} AS localPath, e.name, e.kind, e.format, e.size,
       e.members, e.modified_ms AS modifiedMs, e.inode, e.state, ${remotePathSql()} AS remotePath,
       e.annotation_type AS annotationType, ${sourceImageSql} AS sourceImage,
       e.annotation_block AS annotationBlock, e.columns, e.labels
     FROM entry e CROSS JOIN source s ON s.id = e.source_id
     WHERE ${sendSql(profile)} ORDER BY e.path, e.id`,
  );
  for (const row of rows) {
    yield {
      ...row,
      annotationBlock: blocks.includes(row.annotationBlock) ? row.annotationBlock : (blocks[0] ?? ''),
      columns: JSON.parse(row.columns) as Record<string, string>,
      labels: row.labels === '' ? [] : (JSON.parse(row.labels) as string[]),
    };
  }
}

/** How much will be sent: `files` counts the members of OME-Zarrs, `bytes` is decimal. */
export interface SendTotals {
  readonly entries: number;
  readonly files: number;
  readonly bytes: number;
  readonly largest: { readonly path: string; readonly bytes: number } | null;
}

/** Sums up what {@link eachSendable} gives. The largest is one entry; of an OME-Zarr, all members together. */
export function sendTotals(file: SubmissionFile): SendTotals {
  const send = sendSql(profileOfFile(file));
  const totals = file.get<{ entries: number; files: number; bytes: number }>(
    `SELECT count(*) AS entries, coalesce(sum(e.members), 0) AS files, coalesce(sum(e.size), 0) AS bytes
     FROM entry e WHERE ${send}`,
  ) ?? { entries: 0, files: 0, bytes: 0 };
  const largest = file.get<{ path: string; bytes: number }>(
    `SELECT ${remotePathSql()} AS path, e.size AS bytes FROM entry e CROSS JOIN source s ON s.id = e.source_id
     WHERE ${send} ORDER BY e.size DESC, e.id DESC LIMIT 1`,
  );
  return { ...totals, largest: largest ?? null };
}
