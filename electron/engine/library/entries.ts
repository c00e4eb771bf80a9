import type { EntryFilter, EntrySort } from '../../../shared/contract/file-calls.ts';
import type { Profile } from '../../../shared/destinations/profile.ts';
import type { Entry, EntryKind, EntryState } from '../../../shared/model/entry.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { canSendSql, filterSql, localPathSql, remotePathSql, sendSql, sourceImageSql } from './entry-sql.ts';
import type { SubmissionFile } from './submission-file.ts';
import { profileOfFile } from './submission-row.ts';

export { editEachEntry, editEntries } from './entry-edit.ts';

export interface EntryQuery {
  readonly offset: number;
  readonly limit: number;
  readonly filter?: EntryFilter;
  readonly sort?: EntrySort | undefined;
}

/** Columns as the indexes have them, so that a page is read off an index and not sorted. */
const orders: Record<Exclude<EntrySort['by'], 'findings'>, readonly string[]> = {
  path: ['e.path', 'e.id'],
  size: ['e.size', 'e.id'],
  kind: ['e.kind', 'e.path', 'e.id'],
  modified: ['e.modified_ms', 'e.id'],
};

/** Findings of each entry as one number in which any that must be fixed outweighs all that should. */
const weighed = `LEFT JOIN (
  SELECT entry_id, sum(CASE level WHEN 'must' THEN 1e12 WHEN 'should' THEN 1e6 ELSE 1 END) AS weight
  FROM finding WHERE entry_id IS NOT NULL GROUP BY entry_id
) ON entry_id = e.id`;

/** Rows to choose from and what they are sorted by, all of it in one direction. No two rows have the same keys. */
interface Order {
  readonly from: string;
  readonly keys: readonly string[];
  readonly descending: boolean;
}

function orderOf({ by, descending }: EntrySort = { by: 'path', descending: false }): Order {
  if (by !== 'findings') return { from: 'entry e', keys: orders[by], descending };
  // Rows with the same findings stay in the order of their paths whichever way the findings go.
  const weight = `${descending ? '-' : ''}coalesce(weight, 0)`;
  return { from: `entry e ${weighed}`, keys: [weight, 'e.path', 'e.id'], descending: false };
}

/** One page of the index with the count and bytes of all rows that match. Sorted by path unless asked otherwise. */
export function entryPage(
  file: SubmissionFile,
  query: EntryQuery,
): { total: number; bytes: number; rows: Entry[] } {
  const profile = profileOfFile(file);
  const filter = query.filter ?? {};
  const { where, parameters } = filterSql(profile, filter);
  const { from, keys, descending } = orderOf(query.sort);
  const order = keys.map((key) => (descending ? `${key} DESC` : key)).join(', ');
  const ids = file
    .all<{ id: number }>(
      `SELECT e.id FROM ${from} WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?`,
      ...parameters,
      query.limit,
      query.offset,
    )
    .map(({ id }) => id);
  return { ...totalsOf(file, profile, filter), rows: rowsOf(file, profile, ids) };
}

/** How many rows come before an entry in the pages of a filter and order; null when it is in none of them. */
export function entryPlace(
  file: SubmissionFile,
  query: { readonly entryId: number } & Pick<EntryQuery, 'filter' | 'sort'>,
): number | null {
  const { where, parameters } = filterSql(profileOfFile(file), query.filter ?? {});
  if (!file.get(`SELECT 1 FROM entry e WHERE e.id = ? AND ${where}`, query.entryId, ...parameters))
    return null;
  const { from, keys, descending } = orderOf(query.sort);
  const list = keys.join(', ');
  const before = file.get<{ n: number }>(
    `SELECT count(*) AS n FROM ${from}
     WHERE (${list}) ${descending ? '>' : '<'} (SELECT ${list} FROM ${from} WHERE e.id = ?) AND ${where}`,
    query.entryId,
    ...parameters,
  );
  return before?.n ?? null;
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
  return new Problem('unknown-entry', `There is no file with number ${id} in this submission.`, {
    cause: 'Its folder was removed from the submission.',
  });
}

interface Totals {
  readonly total: number;
  readonly bytes: number;
}

/** Totals of filters asked lately, good as long as nothing was written. */
const remembered = new WeakMap<SubmissionFile, { at: number; totals: Map<string, Totals> }>();

function totalsOf(file: SubmissionFile, profile: Profile, filter: EntryFilter): Totals {
  const at = file.get<{ n: number }>('SELECT total_changes() AS n')?.n ?? -1;
  let memory = remembered.get(file);
  if (memory?.at !== at) {
    memory = { at, totals: new Map() };
    remembered.set(file, memory);
  }
  const key = JSON.stringify(filter);
  const known = memory.totals.get(key);
  if (known) return known;
  const { where, parameters } = filterSql(profile, filter);
  const totals = file.get<Totals>(
    `SELECT count(*) AS total, coalesce(sum(e.size), 0) AS bytes FROM entry e WHERE ${where}`,
    ...parameters,
  ) ?? { total: 0, bytes: 0 };
  memory.totals.set(key, totals);
  return totals;
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
  readonly remotePath: string;
  readonly annotationType: string;
  readonly sourceImage: string;
  readonly annotationBlock: string;
  readonly columns: string;
  readonly pairedWith: string;
  readonly must: number;
  readonly should: number;
  readonly may: number;
}

/** Entries by id, in the order of the ids; ids that are not there are left out. One query, whatever the number. */
function rowsOf(file: SubmissionFile, profile: Profile, ids: readonly number[]): Entry[] {
  const findings = (level: string) =>
    `(SELECT count(*) FROM finding WHERE entry_id = e.id AND level = '${level}') AS ${level}`;
  const rows = file.all<Row>(
    `SELECT e.id, e.source_id AS sourceId, e.path, e.name, e.kind, e.format, e.size, e.members,
       e.modified_ms AS modifiedMs, e.state, e.state_reason AS stateReason, e.send_chosen AS sendChosen,
       ${canSendSql} AS canSend, ${sendSql(profile)} AS send, ${remotePathSql()} AS remotePath,
       e.annotation_type AS annotationType, ${sourceImageSql} AS sourceImage,
       e.annotation_block AS annotationBlock, e.columns, ${pairedNames} AS pairedWith,
       ${findings('must')}, ${findings('should')}, ${findings('may')}
     FROM json_each(?) asked CROSS JOIN entry e ON e.id = asked.value JOIN source s ON s.id = e.source_id
     ORDER BY asked.key`,
    JSON.stringify(ids),
  );
  return rows.map((row) => toEntry(profile, row));
}

/** Names of what it is paired with; a label image inside is named by its place. */
const pairedNames = `(SELECT json_group_array(name) FROM (
  SELECT CASE WHEN mask_entry_id = e.id AND image_entry_id = e.id THEN mask_part ELSE other.name END AS name
  FROM pair JOIN entry other ON other.id = iif(image_entry_id = e.id, mask_entry_id, image_entry_id)
  WHERE parted = 0 AND (image_entry_id = e.id OR mask_entry_id = e.id) ORDER BY pair.id LIMIT 3))`;

function toEntry(profile: Profile, row: Row): Entry {
  const { stateReason, sendChosen, canSend, columns, pairedWith, must, should, may, ...rest } = row;
  return {
    ...rest,
    send: row.send === 1,
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
      return 'No longer on disk.';
    case 'unreadable':
      return `Not readable: ${row.stateReason}.`;
    default:
      return 'Held back: still being written when looked at.';
  }
}
