import type { EntryFilter, EntrySort } from '../../../shared/contract/file-calls.ts';
import type { Profile } from '../../../shared/destinations/profile.ts';
import type { Entry, EntryKind, EntryState } from '../../../shared/model/entry.ts';
import { Problem } from '../../../shared/model/problem.ts';
import {
  canSendSql,
  isGroupSql,
  isZipSql,
  itemFactSql,
  localPathSql,
  remotePathSql,
  sendSql,
  sourceImageSql,
} from './entry-sql.ts';
import { EntryViews } from './entry-views.ts';
import { isOpenSql } from './pair-open.ts';
import type { SubmissionFile } from './submission-file.ts';
import { profileOfFile } from './submission-row.ts';

export { editAnyEntries } from './bulk-edit.ts';
export { editEachEntry, editEntries } from './entry-edit.ts';

export interface EntryQuery {
  readonly offset: number;
  readonly limit: number;
  readonly filter?: EntryFilter;
  readonly sort?: EntrySort | undefined;
  /** Answer as soon as the rows are known, though it may not be known yet how many there are. */
  readonly soon?: boolean;
}

export interface EntryPage {
  readonly total: number;
  readonly bytes: number;
  readonly totalIsFinal: boolean;
  readonly rows: Entry[];
}

const byPath: EntrySort = { by: 'path', descending: false };

/** One page of the index with the count and bytes of all rows that match. Sorted by path unless asked otherwise. */
export async function entryPage(file: SubmissionFile, query: EntryQuery): Promise<EntryPage> {
  const { filter = {}, sort = byPath, soon = false } = query;
  const { ids, ...totals } = await EntryViews.of(file).ids(filter, sort, query, soon);
  return { ...totals, rows: rowsOf(file, profileOfFile(file), ids) };
}

/** How many rows come before an entry in the pages of a filter and order; null when it is in none of them. */
export async function entryPlace(
  file: SubmissionFile,
  query: { readonly entryId: number } & Pick<EntryQuery, 'filter' | 'sort'>,
): Promise<number | null> {
  const view = await EntryViews.of(file).view(query.filter ?? {}, query.sort ?? byPath);
  return view.place(standInFor(file, query.entryId));
}

/** The row in which an entry is seen: its own, or that of the item it is a file of. */
function standInFor(file: SubmissionFile, id: number): number {
  return file.get<{ id: number | null }>('SELECT item_id AS id FROM entry WHERE id = ?', id)?.id ?? id;
}

/** One entry; a Problem when there is none with that id. */
export function entry(file: SubmissionFile, id: number): Entry {
  const [found] = rowsOf(file, profileOfFile(file), [id]);
  if (found) return found;
  throw unknownEntry(id);
}

/** Where the file or folder of an entry lies on this computer. */
export function localPath(file: SubmissionFile, id: number): string {
  const found = file.get<{ path: string }>(
    `SELECT ${localPathSql} AS path FROM entry e JOIN source s ON s.id = e.source_id WHERE e.id = ?`,
    id,
  );
  if (found) return found.path;
  throw unknownEntry(id);
}

function unknownEntry(id: number): Problem {
  return new Problem('unknown-entry', `File number ${id} is not in the list any more.`, {
    cause: 'Its folder was removed from the submission, or no file ever had this number.',
    advice:
      'Look for it by name under Files. A folder that was removed comes back with Undo, or when it is added again.',
  });
}

interface Row {
  readonly id: number;
  readonly sourceId: number;
  readonly path: string;
  readonly name: string;
  readonly kind: EntryKind;
  readonly format: string;
  readonly size: number;
  readonly members: number;
  readonly modifiedMs: number;
  readonly state: EntryState;
  readonly stateReason: string;
  readonly sendChosen: number | null;
  readonly canSend: number;
  readonly send: number;
  readonly isZip: number;
  readonly itemKind: Entry['itemKind'] | null;
  readonly remotePath: string;
  readonly annotationType: string;
  readonly sourceImage: string;
  readonly annotationBlock: string;
  readonly columns: string;
  readonly pairedWith: string;
  readonly candidates: number;
  readonly must: number;
  readonly should: number;
  readonly may: number;
}

/** Entries by id, in the order of the ids; ids that are not there are left out. One query, whatever the number. */
function rowsOf(file: SubmissionFile, profile: Profile, ids: readonly number[]): Entry[] {
  const findings = (level: string) =>
    `(SELECT count(*) FROM finding WHERE entry_id = e.id AND level = '${level}') AS ${level}`;
  const rows = file.all<Row>(
    `SELECT e.id, e.source_id AS sourceId, e.path, ${shownName} AS name, e.kind, e.format,
       ${itemFactSql('bytes')} AS size, ${itemFactSql('members')} AS members,
       ${itemFactSql('modified_ms')} AS modifiedMs, (SELECT i.kind FROM item i WHERE i.id = e.id AND ${isGroupSql()}) AS itemKind, e.state, e.state_reason AS stateReason, e.send_chosen AS sendChosen,
       ${canSendSql} AS canSend, ${sendSql(profile)} AS send, ${isZipSql()} AS isZip, ${remotePathSql()} AS remotePath,
       e.annotation_type AS annotationType, ${sourceImageSql} AS sourceImage,
       e.annotation_block AS annotationBlock, e.columns, ${pairedNames} AS pairedWith,
       (SELECT count(*) FROM pair_choice WHERE mask_entry_id = e.id AND ${isOpenSql}) AS candidates,
       ${findings('must')}, ${findings('should')}, ${findings('may')}
     FROM json_each(?) asked CROSS JOIN entry e ON e.id = asked.value JOIN source s ON s.id = e.source_id
     ORDER BY asked.key`,
    JSON.stringify(ids),
  );
  return rows.map((row) => toEntry(profile, row));
}

/** Of grouped files what tells them, such as cells_{t}.tif. */
const shownName = `iif(${isGroupSql()}, (SELECT coalesce(nullif(i.pattern, ''), i.name) FROM item i WHERE i.id = e.id), e.name)`;

/** Names of what it is paired with; a label image inside is named by its place. */
const pairedNames = `(SELECT json_group_array(name) FROM (
  SELECT CASE WHEN mask_entry_id = e.id AND image_entry_id = e.id THEN mask_part ELSE other.name END AS name
  FROM pair JOIN entry other ON other.id = iif(image_entry_id = e.id, mask_entry_id, image_entry_id)
  WHERE parted = 0 AND (image_entry_id = e.id OR mask_entry_id = e.id) ORDER BY pair.id LIMIT 3))`;

function toEntry(profile: Profile, row: Row): Entry {
  const {
    stateReason,
    sendChosen,
    canSend,
    isZip,
    itemKind,
    columns,
    pairedWith,
    must,
    should,
    may,
    ...rest
  } = row;
  return {
    ...rest,
    send: row.send === 1,
    ...(itemKind == null ? {} : { itemKind }),
    sendAs: row.members === 1 ? null : isZip === 1 ? 'zip' : 'files',
    sendReason: sendReason(profile, row),
    columns: JSON.parse(columns) as Entry['columns'],
    pairedWith: JSON.parse(pairedWith) as string[],
    findings: { must, should, may },
  };
}

/** Why it is sent or not, in a few words. */
function sendReason(profile: Profile, row: Row): string {
  if (row.sendChosen === 0) return 'Left out by you.';
  if (row.sendChosen === null && !profile.sendsKinds.includes(row.kind)) {
    return profile.notSentReason[row.kind] ?? `${profile.archiveName} is not sent files of this kind.`;
  }
  if (row.canSend === 0) return cannotSend(row);
  if (row.state === 'vanished') return 'No longer on disk, but safe at the archive.';
  return row.sendChosen === 1 ? 'Added by you.' : '';
}

function cannotSend(row: Row): string {
  switch (row.state) {
    case 'vanished':
      return row.stateReason === '' ? 'No longer on disk.' : `Skipped now, ${row.stateReason}.`;
    case 'unreadable':
      return `Not readable: ${row.stateReason}.`;
    default:
      return `Held back: ${row.stateReason || 'still being written when looked at'}.`;
  }
}
