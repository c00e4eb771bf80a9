import { stat } from 'node:fs/promises';
import { Problem } from '../../../shared/model/problem.ts';
import { groupMembers } from '../library/items.ts';
import { eachSendable, type Sendable, zippedItems } from '../library/sendable.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { dropLostZips, type FoundMember, listZip } from '../packing/zip-list.ts';
import { LAYOUT } from '../packing/zip-records.ts';
import { walk } from '../scan/walk.ts';
import type { FileToSend } from './journal-sync.ts';
import { packedIdentity } from './packed-file.ts';

const folderFormats: readonly string[] = ['ome-zarr', 'zarr'];

/**
 * Every file that is to be sent, one by one; an OME-Zarr as its members, by the rules by which they were counted.
 * @param onTrouble told of an OME-Zarr that cannot be read whole, Problem `folder-unreadable`; the rest goes on then.
 * Left out, the Problem is thrown
 */
export async function* filesToSend(
  file: SubmissionFile,
  signal?: AbortSignal,
  onTrouble: (problem: Problem) => void = (problem) => {
    throw problem;
  },
): AsyncGenerator<FileToSend> {
  for (const entry of eachSendable(file)) {
    signal?.throwIfAborted();
    if (entry.isZip) yield* zipToSend(file, entry, onTrouble, signal);
    else if (!(await isFolder(entry))) yield { ...place(entry), ...identity(entry) };
    else yield* membersToSend(file, entry, onTrouble, signal);
  }
}

/** An item as one ZIP, once its members are listed; as the archive holds it when it is gone here. */
async function* zipToSend(
  file: SubmissionFile,
  entry: Zipped,
  onTrouble: (problem: Problem) => void,
  signal?: AbortSignal,
): AsyncGenerator<FileToSend> {
  if (entry.state === 'vanished') {
    for (const sent of sentMembers(file, entry)) yield { ...sent, packed: LAYOUT };
    return;
  }
  const zip = await listZip(file, entry, 'send', wholeItem(file, entry, signal), signal).catch(
    (error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      onTrouble(error);
      return null;
    },
  );
  if (zip === null) return;
  const { size, digest } = zip;
  const { modifiedMs } = entry;
  yield { ...place(entry), size, modifiedMs, inode: packedIdentity(digest), packed: LAYOUT };
}

/**
 * Lists the members of every item that is sent as one ZIP and was not listed since it changed, so that the lengths of
 * the ZIPs are known. What cannot be read whole stays as it is: sending tells of it.
 */
export async function listZips(file: SubmissionFile, signal?: AbortSignal): Promise<void> {
  await dropLostZips(file);
  for (const entry of zippedItems(file)) {
    if (entry.state === 'vanished' || isListed(file, entry)) continue;
    await listZip(file, entry, 'send', wholeItem(file, entry, signal), signal).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
    });
  }
}

/** The members of an item below its own path. Throws Problem `folder-unreadable` for one that cannot be read whole, `member-not-there` for
 * a group of which a file is missing. */
export function wholeItem(
  file: SubmissionFile,
  entry: Folder & Pick<Sendable, 'isGroup'>,
  signal?: AbortSignal,
): AsyncIterable<FoundMember> | Iterable<FoundMember> {
  if (entry.isGroup) return groupMembers(file, entry.id);
  const trouble = (problem: Problem) => {
    throw problem;
  };
  return belowItem(foundMembers(entry, trouble, signal));
}

async function* belowItem(members: AsyncIterable<FileToSend>): AsyncGenerator<FoundMember> {
  for await (const { member, size, modifiedMs, inode } of members) {
    yield { path: member, size, modifiedMs, inode };
  }
}

function isListed(file: SubmissionFile, { id, members, size, modifiedMs }: Zipped): boolean {
  const sql = `SELECT 1 AS one FROM zip WHERE entry_id = ? AND purpose = 'send' AND digest <> ''
    AND members = ? AND bytes = ? AND modified_ms = ?`;
  return file.get(sql, id, members, size, modifiedMs) !== undefined;
}

type Zipped = Folder & Pick<Sendable, 'members' | 'size' | 'modifiedMs' | 'isGroup'>;

/** What of an entry says where its members are. */
type Folder = Pick<Sendable, 'id' | 'name' | 'state' | 'localPath' | 'remotePath'>;

/** The members of an entry that is a folder: those on the disk, or those the archive holds when it is gone here. */
export async function* membersToSend(
  file: SubmissionFile,
  entry: Folder,
  onTrouble: (problem: Problem) => void,
  signal?: AbortSignal,
): AsyncGenerator<FileToSend> {
  if (entry.state === 'vanished') yield* sentMembers(file, entry);
  else yield* foundMembers(entry, onTrouble, signal);
}

/** Whether an entry can be a folder with members; for all others {@link isFolder} need not be asked. */
export function mayBeFolder(entry: Pick<Sendable, 'format'>): boolean {
  return folderFormats.includes(entry.format);
}

/** Whether an entry is a folder with members. */
export async function isFolder(entry: Pick<Sendable, 'format' | 'members' | 'localPath'>): Promise<boolean> {
  if (!mayBeFolder(entry)) return false;
  if (entry.members !== 1) return true;
  return await stat(entry.localPath).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function* foundMembers(
  entry: Folder,
  onTrouble: (problem: Problem) => void,
  signal?: AbortSignal,
): AsyncGenerator<FileToSend> {
  const options = { insideZarr: true, ...(signal ? { signal } : {}) };
  const walking = walk(entry.localPath, options);
  for (;;) {
    const batch = await walking.next().catch((error: unknown) => {
      signal?.throwIfAborted();
      onTrouble(unreadable(entry, error instanceof Error ? error.message : String(error)));
      return null;
    });
    if (batch === null || batch.done) return;
    for (const found of batch.value) {
      if (found.what === 'closed') onTrouble(unreadable(entry, `${found.path}: ${found.reason}`));
      if (found.what !== 'file') continue;
      const { size, modifiedMs, inode } = found;
      yield { ...place(entry, found.path), size, modifiedMs, inode };
    }
  }
}

/** Of an OME-Zarr that was deleted here after the archive had confirmed all of it. */
function* sentMembers(file: SubmissionFile, entry: Folder): Generator<FileToSend> {
  for (let after = ''; ; ) {
    const rows = file.all<{ member: string; size: number; modified_ms: number; inode: string }>(
      `SELECT member, size, modified_ms, inode FROM transfer_file
       WHERE entry_id = ? AND member > ? ORDER BY member LIMIT 500`,
      entry.id,
      after,
    );
    if (rows.length === 0) return;
    after = rows.at(-1)?.member ?? after;
    for (const { member, size, modified_ms, inode } of rows) {
      yield { ...place(entry, member), size, modifiedMs: modified_ms, inode };
    }
  }
}

function place(entry: Folder, member = '') {
  const below = member === '' ? '' : `/${member}`;
  return {
    entryId: entry.id,
    member,
    remotePath: entry.remotePath + below,
    localPath: entry.localPath + below,
  };
}

function identity(entry: Sendable) {
  return { size: entry.size, modifiedMs: entry.modifiedMs, inode: entry.inode };
}

function unreadable(entry: Folder, cause: string): Problem {
  return new Problem('folder-unreadable', `${entry.name} cannot be read whole.`, {
    cause: `${cause}. Half of it must not go to the archive as if it were all.`,
    advice:
      'Look whether its disk is connected and whether you may read it, look at the folder again, then send.',
  });
}
