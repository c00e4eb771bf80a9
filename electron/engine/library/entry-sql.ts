import type { EntryFilter } from '../../../shared/contract/file-calls.ts';
import type { Profile } from '../../../shared/destinations/profile.ts';

/** SQL for what an entry comes to, given rows `e` of entry and `s` of its source. Two other letters may be asked for. */
export function remotePathSql(e = 'e', s = 's'): string {
  return `coalesce(${e}.remote_path_chosen, ${s}.name || CASE ${e}.path WHEN '' THEN '' ELSE '/' || ${e}.path END)`;
}

/** Where it lies on this computer. */
export const localPathSql = "s.path || CASE e.path WHEN '' THEN '' ELSE '/' || e.path END";

/** The `Source Image` cell: as chosen, else the path that the paired image has or would have at an archive. */
export const sourceImageSql = `coalesce(e.source_image_chosen, (
  SELECT ${remotePathSql('i', 'si')} FROM pair JOIN entry i ON i.id = image_entry_id JOIN source si ON si.id = i.source_id
  WHERE mask_entry_id = e.id AND parted = 0 ORDER BY pair.id LIMIT 1), '')`;

/** Gone from disk, but every byte of it is at the archive. */
const safeAtArchiveSql = `(e.state = 'vanished'
  AND EXISTS (SELECT 1 FROM transfer_file t WHERE t.entry_id = e.id)
  AND NOT EXISTS (SELECT 1 FROM transfer_file t WHERE t.entry_id = e.id AND t.state <> 'confirmed'))`;

/** Whether it can be sent, 1 or 0, whoever wants it. */
export const canSendSql = `(e.state = 'present' OR ${safeAtArchiveSql})`;

/** Whether it will be sent, 1 or 0. */
export function sendSql(profile: Profile): string {
  const kinds = profile.sendsKinds.map((kind) => `'${kind}'`).join(', ');
  return `(coalesce(e.send_chosen, e.kind IN (${kinds})) = 1 AND ${canSendSql})`;
}

export interface Condition {
  readonly where: string;
  readonly parameters: (string | number)[];
}

const isPairedSql = `(EXISTS (SELECT 1 FROM pair WHERE image_entry_id = e.id AND parted = 0)
  OR EXISTS (SELECT 1 FROM pair WHERE mask_entry_id = e.id AND parted = 0))`;

/** A filter as a condition on rows `e` of entry. */
export function filterSql(profile: Profile, filter: EntryFilter): Condition {
  const parts: string[] = [];
  const parameters: (string | number)[] = [];
  const add = (sql: string, ...values: (string | number)[]) => {
    parts.push(sql);
    parameters.push(...values);
  };
  if (filter.kind !== undefined) add('e.kind = ?', filter.kind);
  if (filter.sourceId !== undefined) add('e.source_id = ?', filter.sourceId);
  if (filter.folder !== undefined && filter.folder !== '') {
    // '0' is the character after '/': all paths that go on below the folder, and no other.
    add('e.path > ? AND e.path < ?', `${filter.folder}/`, `${filter.folder}0`);
  }
  if (filter.send !== undefined) add(`${filter.send ? '' : 'NOT '}${sendSql(profile)}`);
  if (filter.paired !== undefined) add(`${filter.paired ? '' : 'NOT '}${isPairedSql}`);
  if (filter.finding !== undefined) {
    add('EXISTS (SELECT 1 FROM finding WHERE entry_id = e.id AND level = ?)', filter.finding);
  }
  if (filter.text !== undefined && filter.text !== '') {
    add("e.path LIKE ? ESCAPE '\\'", likePattern(filter.text));
  }
  return { where: parts.length === 0 ? 'TRUE' : parts.join(' AND '), parameters };
}

/** A LIKE pattern for rows that contain the text. */
export function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
