import { createHash } from 'node:crypto';
import type { Profile } from '../../../shared/destinations/profile.ts';
import { type MethodId, methodIdSchema, type Plan } from '../../../shared/model/plan.ts';
import { fileListName } from '../../../shared/rules/file-list-names.ts';
import { formatBytes } from '../../../shared/rules/format-quantities.ts';
import { chooseMethod } from '../../../shared/rules/method-choice.ts';
import { suggestName } from '../../../shared/rules/name-suggestion.ts';
import {
  isZipSql,
  itemFactSql,
  remotePathSql,
  sendSql,
  sentBytesSql,
  sentFilesSql,
} from '../library/entry-sql.ts';
import { metadataOf } from '../library/metadata-document.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { profileOfFile, submissionRow } from '../library/submission-row.ts';

/** A way to send that this version has, with the largest file it takes; null: no limit known. */
export interface ReadyMethod {
  readonly id: MethodId;
  readonly largestFile: number | null;
}

/** One file list to be: its name below the remote folder, its block, and how many rows it will have. */
export interface PlannedList {
  readonly name: string;
  readonly block: string;
  readonly rows: number;
}

/** What will be sent, where, how, and why that way; from queries only, however many files there are. */
export function makePlan(file: SubmissionFile, ready: readonly ReadyMethod[]): Plan {
  const profile = profileOfFile(file);
  const submission = submissionRow(file);
  const totals = totalsToSend(file, profile);
  const largest = largestFile(file, profile);
  const chosen = methodIdSchema.safeParse(submission.method).data ?? 'auto';
  const choice = chooseMethod(profile, { ...totals, largest: largest?.bytes ?? 0 }, chosen);
  const method = ready.find(({ id }) => id === choice.method);
  const tooLarge =
    method?.largestFile != null && largest !== null && largest.bytes > method.largestFile
      ? ` The largest file, ${formatBytes(largest.bytes)}, is more than it takes.`
      : '';
  const remoteFolder = remoteFolderOf(file);
  return {
    ...totals,
    largest,
    method: choice.method,
    methodReady: method !== undefined && tooLarge === '',
    methodReason: choice.reason + tooLarge,
    archive: archiveTitle(profile, submission.archive),
    remoteFolder,
    fileLists: plannedLists(file).map(({ name, block, rows }) => ({
      path: `${remoteFolder}/${name}`,
      block,
      rows,
    })),
    zips: zipsToSend(file, profile),
    must: file.get<{ n: number }>("SELECT count(*) AS n FROM finding WHERE level = 'must'")?.n ?? 0,
  };
}

/** What people call the archive that was chosen. */
export function archiveTitle(profile: Profile, archive: string): string {
  return profile.archives.find(({ id }) => id === archive)?.title ?? archive;
}

/** The title as described: the first field of the form that names the whole. '' while there is none. */
export function titleOf(file: SubmissionFile): string {
  const [section] = profileOfFile(file).sections;
  const title = section && metadataOf(file)[section.id]?.[0]?.values[section.titleField];
  return typeof title === 'string' ? title.trim() : '';
}

/**
 * The folder at the archive that everything goes into: as it was fixed with the first byte, else as it would be
 * now: a few words of the title, and eight digits that no other submission has.
 */
export function remoteFolderOf(file: SubmissionFile): string {
  const { id, remote_folder } = submissionRow(file);
  if (remote_folder !== '') return remote_folder;
  const words = suggestName(titleOf(file).replaceAll('/', '-'))
    .toLowerCase()
    .replace(/[^0-9a-z]+/g, '-')
    .slice(0, 48)
    .replace(/^-+|-+$/g, '');
  const digits = createHash('sha256').update(id).digest('hex').slice(0, 8);
  return `${words === '' ? 'submission' : words}-${digits}`;
}

/** The file lists to be: one for each block that has files, in the order of the form. */
export function plannedLists(file: SubmissionFile): PlannedList[] {
  const profile = profileOfFile(file);
  const section = profile.sections.find(({ id }) => id === profile.fileList.perBlockOf);
  const blocks = metadataOf(file)[profile.fileList.perBlockOf] ?? [];
  const counted = file.all<{ block: string; rows: number }>(
    `SELECT e.annotation_block AS block, sum(${sentFilesSql}) AS rows FROM entry e WHERE ${sendSql(profile)} GROUP BY 1`,
  );
  return blocks
    .map((block, at) => {
      const title = section && block.values[section.titleField];
      const rows = counted
        .filter((one) => (blocks.some(({ id }) => id === one.block) ? one.block === block.id : at === 0))
        .reduce((sum, one) => sum + one.rows, 0);
      return { name: fileListName(at + 1, typeof title === 'string' ? title : ''), block: block.id, rows };
    })
    .filter(({ rows }) => rows > 0);
}

function totalsToSend(file: SubmissionFile, profile: Profile): { files: number; bytes: number } {
  return (
    file.get<{ files: number; bytes: number }>(
      `SELECT coalesce(sum(${sentFilesSql}), 0) AS files, coalesce(sum(${sentBytesSql}), 0) AS bytes
       FROM entry e WHERE ${sendSql(profile)}`,
    ) ?? { files: 0, bytes: 0 }
  );
}

function zipsToSend(file: SubmissionFile, profile: Profile): Plan['zips'] {
  return (
    file.get<Plan['zips']>(
      `SELECT count(*) AS items, coalesce(sum(${itemFactSql('members')}), 0) AS files, coalesce(sum(${sentBytesSql}), 0) AS bytes
       FROM entry e WHERE ${isZipSql()} AND ${sendSql(profile)}`,
    ) ?? { items: 0, files: 0, bytes: 0 }
  );
}

/** An item whose members are sent one by one is left out: none of them is large. */
function largestFile(file: SubmissionFile, profile: Profile): { path: string; bytes: number } | null {
  return (
    file.get<{ path: string; bytes: number }>(
      `SELECT ${remotePathSql()} AS path, ${sentBytesSql} AS bytes FROM entry e CROSS JOIN source s ON s.id = e.source_id
       WHERE ${sendSql(profile)} AND (e.members = 1 OR ${isZipSql()}) ORDER BY bytes DESC, e.id LIMIT 1`,
    ) ?? null
  );
}
