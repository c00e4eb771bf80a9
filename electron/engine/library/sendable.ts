import type { EntryKind, EntryState } from '../../../shared/model/entry.ts';
import {
  isGroupSql,
  isZipSql,
  itemFactSql,
  localPathSql,
  remotePathSql,
  sendSql,
  sourceImageSql,
} from './entry-sql.ts';
import { Slices } from './in-slices.ts';
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
  /** Its members go as one ZIP. */
  readonly isZip: boolean;
  /** It stands for files that were grouped; they lie in the folder that is its local path when it goes as a ZIP. */
  readonly isGroup: boolean;
}

/** Where the files of an item lie: the folder that holds a group, else the item itself. */
const rootPathSql = (when: string) =>
  `iif(${when}, (SELECT s.path || iif(i.folder = '', '', '/' || i.folder) FROM item i WHERE i.id = e.id), ${localPathSql})`;
const isZippedGroup = `(${isGroupSql()} AND ${isZipSql()})`;

type Row = Omit<Sendable, 'columns' | 'labels' | 'isZip' | 'isGroup'> & {
  readonly isGroup: number | null;
  readonly columns: string;
  readonly labels: string;
  readonly isZip: number;
};

/**
 * What will be sent, source by source in path order, one by one: bounded memory whatever the number. Do not change entries or pairs
 * while reading; the journal and findings may be written.
 */
export function* eachSendable(file: SubmissionFile): Generator<Sendable> {
  const profile = profileOfFile(file);
  const blocks = blockIds(file);
  const rows = file.each<Row>(
    `SELECT e.id, e.source_id AS sourceId, e.path, ${rootPathSql(isZippedGroup)} AS localPath, e.name, e.kind, e.format,
       ${itemFactSql('bytes', isZippedGroup)} AS size, ${itemFactSql('members', isZippedGroup)} AS members,
       ${itemFactSql('modified_ms', isZippedGroup)} AS modifiedMs, ${isGroupSql()} AS isGroup, e.inode, e.state, ${remotePathSql()} AS remotePath,
       e.annotation_type AS annotationType, ${sourceImageSql} AS sourceImage,
       e.annotation_block AS annotationBlock, e.columns, e.labels, ${isZipSql()} AS isZip
     FROM entry e CROSS JOIN source s ON s.id = e.source_id
     WHERE ${sendSql(profile)} ORDER BY e.source_id, e.path`,
  );
  for (const row of rows) {
    yield {
      ...row,
      annotationBlock: blocks.includes(row.annotationBlock) ? row.annotationBlock : (blocks[0] ?? ''),
      columns: JSON.parse(row.columns) as Record<string, string>,
      labels: row.labels === '' ? [] : (JSON.parse(row.labels) as string[]),
      isZip: row.isZip === 1,
      isGroup: row.isGroup === 1,
    };
  }
}

/** An entry as the file list of its block names it. Few columns: each costs as much as the list's own text. */
export type Listed = Pick<
  Sendable,
  'id' | 'format' | 'remotePath' | 'annotationType' | 'sourceImage' | 'columns'
>;

/** What more is asked of an entry that may be a folder. */
export type ListedFolder = Pick<
  Sendable,
  'id' | 'name' | 'format' | 'members' | 'state' | 'localPath' | 'remotePath' | 'isZip'
>;

/** One entry with what is asked of folders; undefined when it is gone. */
export function listedFolder(file: SubmissionFile, id: number): ListedFolder | undefined {
  const row = file.get<Omit<ListedFolder, 'isZip'> & { isZip: number }>(
    `SELECT e.id, e.name, e.format, e.members, e.state, ${localPathSql} AS localPath, ${remotePathSql()} AS remotePath,
       ${isZipSql()} AS isZip FROM entry e JOIN source s ON s.id = e.source_id WHERE e.id = ?`,
    id,
  );
  return row && { ...row, isZip: row.isZip === 1 };
}

/** An item of several files, with what says where they are and whether they changed. */
export type ListedItem = Pick<
  Sendable,
  'id' | 'name' | 'state' | 'localPath' | 'remotePath' | 'members' | 'size' | 'modifiedMs' | 'isGroup'
>;

type ListedItemRow = Omit<ListedItem, 'isGroup'> & { readonly isGroup: number | null };

const listedItemSql = `SELECT e.id, e.state, ${itemFactSql('members')} AS members, ${itemFactSql('bytes')} AS size,
    iif(${isGroupSql()}, (SELECT i.name FROM item i WHERE i.id = e.id), e.name) AS name,
    ${itemFactSql('modified_ms')} AS modifiedMs, ${rootPathSql(isGroupSql())} AS localPath,
    ${remotePathSql()} AS remotePath, ${isGroupSql()} AS isGroup
  FROM entry e CROSS JOIN source s ON s.id = e.source_id`;

/** One entry as an item; undefined when it is gone. */
export function listedItem(file: SubmissionFile, id: number): ListedItem | undefined {
  const row = file.get<ListedItemRow>(`${listedItemSql} WHERE e.id = ?`, id);
  return row && { ...row, isGroup: row.isGroup === 1 };
}

/** The items of several files that are sent as one ZIP each, a page of them in memory at a time. */
export function* zippedItems(file: SubmissionFile): Generator<ListedItem> {
  for (let after = -1; ; ) {
    const rows = file.all<ListedItemRow>(
      `${listedItemSql}
       WHERE e.id > ? AND ${isZipSql()} AND ${sendSql(profileOfFile(file))} ORDER BY e.id LIMIT 100`,
      after,
    );
    yield* rows.map((row) => ({ ...row, isGroup: row.isGroup === 1 }));
    if (rows.length < 100) return;
    after = rows.at(-1)?.id ?? after;
  }
}

/** Entries read at a time: some ten milliseconds. */
const LISTED_AT_ONCE = 1000;

/**
 * The entries of one block that will be sent, source by source in path order, some at a time: bounded memory whatever the number, and
 * between two batches anything may be written.
 */
export function* listedEntries(file: SubmissionFile, block: string): Generator<Listed[]> {
  const { where, parameters } = ofBlock(file, block);
  for (let after = { source: 0, path: '' }; ; ) {
    const rows = file.tuples<string | number>(
      `SELECT e.source_id, e.path, e.id, e.format, ${remotePathSql()}, e.annotation_type, ${sourceImageSql}, e.columns
       FROM entry e CROSS JOIN source s ON s.id = e.source_id
       WHERE (e.source_id, e.path) > (?, ?) AND ${where} ORDER BY e.source_id, e.path LIMIT ${LISTED_AT_ONCE}`,
      after.source,
      after.path,
      ...parameters,
    ) as ListedRow[];
    if (rows.length > 0) yield rows.map(toListed);
    const last = rows.at(-1);
    if (last === undefined || rows.length < LISTED_AT_ONCE) return;
    after = { source: last[0], path: last[1] };
  }
}

type ListedRow = [
  source: number,
  path: string,
  id: number,
  format: string,
  remotePath: string,
  annotationType: string,
  sourceImage: string,
  columns: string,
];

const noColumns: Readonly<Record<string, string>> = Object.freeze({});

function toListed([, , id, format, remotePath, annotationType, sourceImage, json]: ListedRow): Listed {
  const columns = json === '{}' ? noColumns : (JSON.parse(json) as Record<string, string>);
  return { id, format, remotePath, annotationType, sourceImage, columns };
}

/** What String.prototype.trim takes off (ECMAScript, WhiteSpace and LineTerminator). */
const blanks = `\t\n\v\f\r \u00a0\u1680${String.fromCodePoint(
  ...Array.from({ length: 11 }, (_, at) => 0x2000 + at),
)}\u2028\u2029\u202f\u205f\u3000\ufeff`;

/** Entries looked through at a time for headers. */
const LOOKED_AT_ONCE = 20_000;

/** Headers of further columns that some entry of a block has a value for, in no order. */
export async function headersOfBlock(file: SubmissionFile, block: string): Promise<Set<string>> {
  const { where, parameters } = ofBlock(file, block);
  const last = file.get<{ id: number | null }>('SELECT max(id) AS id FROM entry')?.id ?? 0;
  const headers = new Set<string>();
  const slices = new Slices();
  for (let from = 0; from <= last; from += LOOKED_AT_ONCE) {
    const found = file.all<{ header: string }>(
      `SELECT DISTINCT cell.key AS header FROM entry e, json_each(e.columns) cell
       WHERE e.id >= ? AND e.id < ? AND e.columns <> '{}' AND trim(cell.value, ?) <> '' AND ${where}`,
      from,
      from + LOOKED_AT_ONCE,
      blanks,
      ...parameters,
    );
    for (const { header } of found) headers.add(header);
    await slices.turn();
  }
  return headers;
}

/** Entries that are sent and belong to a block; an entry of no block, or of one that was removed, is of the first. */
function ofBlock(file: SubmissionFile, block: string): { where: string; parameters: string[] } {
  const send = sendSql(profileOfFile(file));
  const blocks = blockIds(file);
  if (block !== (blocks[0] ?? ''))
    return { where: `e.annotation_block = ? AND ${send}`, parameters: [block] };
  const others = 'SELECT value FROM json_each(?)';
  return {
    where: `e.annotation_block NOT IN (${others}) AND ${send}`,
    parameters: [JSON.stringify(blocks.slice(1))],
  };
}

function blockIds(file: SubmissionFile): string[] {
  return (metadataOf(file)[profileOfFile(file).fileList.perBlockOf] ?? []).map(({ id }) => id);
}
