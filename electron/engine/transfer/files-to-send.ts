import { stat } from 'node:fs/promises';
import { Problem } from '../../../shared/model/problem.ts';
import { eachSendable, type Sendable } from '../library/sendable.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { walk } from '../scan/walk.ts';
import type { FileToSend } from './journal-sync.ts';

const folderFormats: readonly string[] = ['ome-zarr', 'zarr'];

/**
 * Every file that is to be sent, one by one; an OME-Zarr as its members, by the rules by which they were counted.
 * @throws Problem `folder-unreadable` when a part of an OME-Zarr cannot be read: half of one must not be sent
 */
export async function* filesToSend(file: SubmissionFile, signal?: AbortSignal): AsyncGenerator<FileToSend> {
  for (const entry of eachSendable(file)) {
    signal?.throwIfAborted();
    if (!(await isFolder(entry))) yield { ...place(entry), ...identity(entry) };
    else if (entry.state === 'vanished') yield* sentMembers(file, entry);
    else yield* foundMembers(entry, signal);
  }
}

/** Whether an entry is a folder with members. */
export async function isFolder(entry: Pick<Sendable, 'format' | 'members' | 'localPath'>): Promise<boolean> {
  if (!folderFormats.includes(entry.format)) return false;
  if (entry.members !== 1) return true;
  return await stat(entry.localPath).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function* foundMembers(entry: Sendable, signal?: AbortSignal): AsyncGenerator<FileToSend> {
  const options = { insideZarr: true, ...(signal ? { signal } : {}) };
  try {
    for await (const batch of walk(entry.localPath, options)) {
      for (const found of batch) {
        if (found.what === 'closed') throw unreadable(entry, `${found.path}: ${found.reason}`);
        if (found.what !== 'file') continue;
        yield {
          ...place(entry, found.path),
          size: found.size,
          modifiedMs: found.modifiedMs,
          inode: found.inode,
        };
      }
    }
  } catch (error) {
    if (error instanceof Problem || signal?.aborted) throw error;
    throw unreadable(entry, error instanceof Error ? error.message : String(error));
  }
}

/** Of an OME-Zarr that was deleted here after the archive had confirmed all of it. */
function* sentMembers(file: SubmissionFile, entry: Sendable): Generator<FileToSend> {
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

function place(entry: Sendable, member = '') {
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

function unreadable(entry: Sendable, cause: string): Problem {
  return new Problem('folder-unreadable', `${entry.name} cannot be read whole, so nothing was sent yet.`, {
    cause,
    advice:
      'Look whether its disk is connected and whether you may read it, look at the folder again, then send.',
  });
}
