import type { Profile } from '../../../shared/destinations/profile.ts';

/** SQL for what an entry comes to, given rows `e` of entry and `s` of its source. Two other letters may be asked for. */
export function remotePathSql(e = 'e', s = 's'): string {
  const chosen = `${e}.remote_path_chosen`;
  const own = `${s}.name || CASE ${e}.path WHEN '' THEN '' ELSE '/' || ${e}.path END`;
  const isNamed = `(${chosen} LIKE '%.zip' OR ${chosen} LIKE '%.ozx')`;
  const together = `(SELECT ${s}.name || '/' || iif(one.folder = '', '', one.folder || '/') || one.name
    FROM item one WHERE one.id = ${e}.id)`;
  // A name given to an item's ZIP is not the name of the file that stands for the item, nor the other way round.
  return `(CASE WHEN ${isZipSql(e)}
    THEN iif(${isNamed}, ${chosen}, iif(${isGroupSql(e)}, ${together}, coalesce(${chosen}, ${own})) || '.zip')
    ELSE coalesce(iif(${chosen} IS NULL OR (${isGroupSql(e)} AND ${isNamed}), NULL, ${chosen}), ${own}) END)`;
}

/** Whether an entry stands for files that were grouped as one item, 1; else 0 or null. */
export function isGroupSql(e = 'e'): string {
  return `(${e}.item_id = ${e}.id)`;
}

/** Whether an entry is one of an item's files that another entry stands for, 1; else 0 or null. */
export function isHiddenSql(e = 'e'): string {
  return `(${e}.item_id <> ${e}.id)`;
}

const asZipSql = (e: string) => `coalesce(${e}.send_as_chosen, (SELECT items_as FROM submission)) = 'zip'`;

/** Whether an item of several files is sent as one ZIP, 1; else 0 or null. */
export function isZipSql(e = 'e'): string {
  return `((${e}.members > 1 OR ${isGroupSql(e)}) AND ${asZipSql(e)})`;
}

/** Whether an entry is a file that goes inside another entry's ZIP, 1; else 0 or null. */
export const isInZipSql = `(${isHiddenSql()} AND EXISTS (SELECT 1 FROM entry lead WHERE lead.id = e.item_id AND ${asZipSql('lead')}))`;

/** A fact of the files that an entry stands for: members, bytes or the time of the last change. */
export function itemFactSql(fact: 'members' | 'bytes' | 'modified_ms', when = isGroupSql()): string {
  const own = fact === 'bytes' ? 'e.size' : `e.${fact}`;
  return `iif(${when}, (SELECT i.${fact} FROM item i WHERE i.id = e.id), ${own})`;
}

/** Bytes a member of a ZIP adds besides its own, about: names of OME-Zarr chunks are short. */
const ABOUT_A_MEMBER = 200;

/** Files that an entry is at the archive. */
export const sentFilesSql = `iif(${isZipSql()}, 1, e.members)`;

/** Bytes that an entry is at the archive; of a ZIP exactly once its members are listed, about before. */
export const sentBytesSql = `iif(${isZipSql()}, coalesce((SELECT z.size FROM zip z WHERE z.entry_id = e.id
    AND z.purpose = 'send' AND z.digest <> '' AND z.members = ${itemFactSql('members')}
    AND z.bytes = ${itemFactSql('bytes')} AND z.modified_ms = ${itemFactSql('modified_ms')}),
  ${itemFactSql('bytes')} + ${itemFactSql('members')} * ${ABOUT_A_MEMBER}), e.size)`;

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
  return `(coalesce(e.send_chosen, e.kind IN (${kinds})) = 1 AND ${canSendSql} AND ${isInZipSql} IS NOT TRUE)`;
}

export interface Condition {
  readonly where: string;
  readonly parameters: (string | number)[];
}

/** A LIKE pattern for rows that contain the text. */
export function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
