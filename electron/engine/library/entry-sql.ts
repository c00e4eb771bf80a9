import type { Profile } from '../../../shared/destinations/profile.ts';

/** SQL for what an entry comes to, given rows `e` of entry and `s` of its source. Two other letters may be asked for. */
export function remotePathSql(e = 'e', s = 's'): string {
  const path = `coalesce(${e}.remote_path_chosen, ${s}.name || CASE ${e}.path WHEN '' THEN '' ELSE '/' || ${e}.path END)`;
  const isNamed = `(${e}.remote_path_chosen LIKE '%.zip' OR ${e}.remote_path_chosen LIKE '%.ozx')`;
  return `(${path} || CASE WHEN ${isZipSql(e)} AND ${isNamed} IS NOT TRUE THEN '.zip' ELSE '' END)`;
}

/** Whether an item of several files is sent as one ZIP, 1 or 0. */
export function isZipSql(e = 'e'): string {
  return `(${e}.members > 1 AND coalesce(${e}.send_as_chosen, (SELECT items_as FROM submission)) = 'zip')`;
}

/** Bytes a member of a ZIP adds besides its own, about: names of OME-Zarr chunks are short. */
const ABOUT_A_MEMBER = 200;

/** Files that an entry is at the archive. */
export const sentFilesSql = `iif(${isZipSql()}, 1, e.members)`;

/** Bytes that an entry is at the archive; of a ZIP exactly once its members are listed, about before. */
export const sentBytesSql = `iif(${isZipSql()}, coalesce((SELECT z.size FROM zip z WHERE z.entry_id = e.id
    AND z.purpose = 'send' AND z.digest <> '' AND z.members = e.members AND z.bytes = e.size
    AND z.modified_ms = e.modified_ms), e.size + e.members * ${ABOUT_A_MEMBER}), e.size)`;

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
