import { createHash } from 'node:crypto';
import { zarrMarkers } from '../../../shared/rules/file-kinds.ts';
import { Slices } from '../library/in-slices.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { endBytes, LAYOUT, memberBytes } from './zip-records.ts';
import type { PackMember } from './zip-stream.ts';

/** What a list is for: the ZIP that is sent, or one that is written to a disk. */
export type ZipPurpose = 'send' | 'save';

/** An item as the index has it: when it is still so, its list is too. */
export interface PackedItem {
  readonly id: number;
  readonly members: number;
  /** Bytes of all members. */
  readonly size: number;
  readonly modifiedMs: number;
}

/** A member as it was found: path below its item, size in bytes. */
export interface FoundMember {
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number;
  readonly inode: string;
}

/** The ZIP that an item will be. */
export interface ListedZip {
  readonly id: number;
  /** Bytes of the ZIP itself. */
  readonly size: number;
  /** Tells two states of the members apart, and two layouts of the ZIP. */
  readonly digest: string;
  /** CRC-32s of an earlier packing of these very members, by their order. */
  readonly crcs: Uint32Array | null;
}

/** Rows written or read between two turns of the event loop. */
const AT_ONCE = 1000;
/** Place of members that are no metadata: behind all that are. */
const DATA = 1_000_000;

/**
 * Lists the members of an item anew, and says what ZIP they make. Sorted by the index, whatever their number. What is
 * known of an earlier packing stays when nothing changed. An iteration that fails leaves no list.
 */
export async function listZip(
  file: SubmissionFile,
  item: PackedItem,
  purpose: ZipPurpose,
  found: AsyncIterable<FoundMember> | Iterable<FoundMember>,
  signal?: AbortSignal,
): Promise<ListedZip> {
  const before = listedZip(file, item.id, purpose);
  const id = await emptyList(file, item, purpose, signal);
  let batch: [place: number, path: string, size: number, modifiedMs: number, inode: string][] = [];
  const slices = new Slices();
  const flush = async () => {
    const rows = batch;
    batch = [];
    // One statement for all: SQLite takes them from a text, which costs a part of giving it row after row.
    file.run(
      `INSERT OR REPLACE INTO zip_member
       SELECT ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?)`,
      id,
      JSON.stringify(rows),
    );
    await slices.turn();
    signal?.throwIfAborted();
  };
  for await (const member of found) {
    const { path, size, modifiedMs, inode } = member;
    batch.push([placeOf(path), path, size, modifiedMs, inode]);
    if (batch.length >= AT_ONCE) await flush();
  }
  await flush();
  return await closeList(file, id, before, signal);
}

async function closeList(
  file: SubmissionFile,
  id: number,
  before: ListedZip | null,
  signal?: AbortSignal,
): Promise<ListedZip> {
  const hash = createHash('sha256').update(`layout ${LAYOUT}\n`);
  const slices = new Slices();
  let size = endBytes;
  let count = 0;
  for (const member of zipMembers(file, id, '')) {
    hash.update(JSON.stringify([member.name, member.size, member.modifiedMs, member.inode]));
    size += memberBytes(member);
    if (++count % AT_ONCE !== 0) continue;
    await slices.turn();
    signal?.throwIfAborted();
  }
  const digest = hash.digest('hex');
  const crcs = before?.digest === digest ? before.crcs : null;
  file.run('UPDATE zip SET size = ?, digest = ?, crcs = ? WHERE id = ?', size, digest, bytesOf(crcs), id);
  return { id, size, digest, crcs };
}

/** The list of an item as it was made last; null when there is none, or a broken-off one. */
export function listedZip(file: SubmissionFile, entryId: number, purpose: ZipPurpose): ListedZip | null {
  const row = file.get<{ id: number; size: number; digest: string; crcs: Uint8Array | null }>(
    "SELECT id, size, digest, crcs FROM zip WHERE entry_id = ? AND purpose = ? AND digest <> ''",
    entryId,
    purpose,
  );
  return row === undefined ? null : { ...row, crcs: row.crcs === null ? null : crcsOf(row.crcs) };
}

/** The members of a list in their order, a page of them in memory at a time. `root` is where the item lies. */
export function* zipMembers(file: SubmissionFile, zipId: number, root: string): Generator<PackMember> {
  for (let after: [number, string] = [-1, '']; ; ) {
    const rows = file.tuples<string | number>(
      `SELECT place, path, size, modified_ms, inode FROM zip_member
       WHERE zip_id = ? AND (place, path) > (?, ?) ORDER BY place, path LIMIT ${AT_ONCE}`,
      zipId,
      ...after,
    ) as [place: number, path: string, size: number, modifiedMs: number, inode: string][];
    for (const [, path, size, modifiedMs, inode] of rows) {
      yield { name: path, localPath: `${root}/${path}`, size, modifiedMs, inode };
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < AT_ONCE) return;
    after = [last[0], last[1]];
  }
}

/** Keeps the CRC-32s of a packing; null forgets them, so that the next packing is believed. */
export function keepCrcs(file: SubmissionFile, zipId: number, crcs: Uint32Array | null): void {
  file.run('UPDATE zip SET crcs = ? WHERE id = ?', bytesOf(crcs), zipId);
}

/** Removes the lists of entries that are no longer part of the submission: they may be long. */
export async function dropLostZips(file: SubmissionFile): Promise<void> {
  const lost = file.all<{ id: number }>('SELECT id FROM zip WHERE entry_id NOT IN (SELECT id FROM entry)');
  for (const { id } of lost) {
    await dropMembers(file, id);
    file.run('DELETE FROM zip WHERE id = ?', id);
  }
}

/** Removes a list. */
export async function dropZip(file: SubmissionFile, entryId: number, purpose: ZipPurpose): Promise<void> {
  const row = file.get<{ id: number }>(
    'SELECT id FROM zip WHERE entry_id = ? AND purpose = ?',
    entryId,
    purpose,
  );
  if (row === undefined) return;
  await dropMembers(file, row.id);
  file.run('DELETE FROM zip WHERE id = ?', row.id);
}

async function emptyList(
  file: SubmissionFile,
  item: PackedItem,
  purpose: ZipPurpose,
  signal?: AbortSignal,
): Promise<number> {
  const row = file.get<{ id: number }>(
    `INSERT INTO zip (entry_id, purpose, members, bytes, modified_ms, size, digest) VALUES (?, ?, ?, ?, ?, 0, '')
     ON CONFLICT DO UPDATE SET members = excluded.members, bytes = excluded.bytes,
       modified_ms = excluded.modified_ms, size = 0, digest = '', crcs = NULL RETURNING id`,
    ...[item.id, purpose, item.members, item.size, item.modifiedMs],
  );
  const id = row?.id ?? 0;
  await dropMembers(file, id, signal);
  return id;
}

async function dropMembers(file: SubmissionFile, zipId: number, signal?: AbortSignal): Promise<void> {
  const slices = new Slices();
  for (;;) {
    const { changes } = file.run(
      `DELETE FROM zip_member WHERE zip_id = ?1 AND (place, path) IN (
         SELECT place, path FROM zip_member WHERE zip_id = ?1 LIMIT ${AT_ONCE})`,
      zipId,
    );
    if (changes < AT_ONCE) return;
    await slices.turn();
    signal?.throwIfAborted();
  }
}

/**
 * Metadata first and from the root downwards, so that a reader finds them together (OME-Zarr RFC-9, "Zipped
 * OME-Zarr"); the rest in the order of their paths.
 */
function placeOf(path: string): number {
  const segments = path.split('/');
  const name = segments.at(-1) ?? '';
  return zarrMarkers.includes(name) || name === '.zmetadata' ? segments.length : DATA;
}

function crcsOf(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.byteLength / 4 }, (_, at) => view.getUint32(at * 4, true));
}

function bytesOf(crcs: Uint32Array | null): Uint8Array | null {
  if (crcs === null) return null;
  const view = new DataView(new ArrayBuffer(crcs.length * 4));
  for (const [at, crc] of crcs.entries()) view.setUint32(at * 4, crc, true);
  return new Uint8Array(view.buffer);
}
