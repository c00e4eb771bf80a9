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

/** A LIKE pattern for rows that contain the text. */
export function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
