import { setImmediate as breathe } from 'node:timers/promises';
import { Problem } from '../../../shared/model/problem.ts';
import type { FileState } from '../../../shared/model/transfer.ts';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { isSame, type LocalFile } from './local-file.ts';

/** A file that is to be sent, as the index has it. `remotePath` is below the submission's remote folder. */
export interface FileToSend extends LocalFile {
  readonly entryId: number;
  /** Path inside an OME-Zarr, else ''. */
  readonly member: string;
  readonly remotePath: string;
  /** Number of the layout of an item that is packed into one ZIP on the way; left out for files as they are. */
  readonly packed?: number;
}

export interface SyncResult {
  readonly files: number;
  readonly added: number;
  /** Files that look different from when they were sent and are queued again. */
  readonly changed: number;
  /** Files at the archive that are no longer part of the submission. */
  readonly leftAtArchive: number;
}

interface Known {
  readonly id: number;
  readonly entry_id: number;
  readonly member: string;
  readonly local_path: string;
  readonly size: number;
  readonly modified_ms: number;
  readonly inode: string;
  readonly state: FileState;
  readonly attempts: number;
  readonly sha256: string | null;
  readonly synced: number;
}

const BATCH = 1000;

/**
 * Brings the journal in step with what is to be sent. What is as it was when it was sent keeps its state; what
 * looks different is queued again; what is no longer sent is dropped, but remembered when any of it may be at the
 * archive. Reads `files` one by one and gives way between batches.
 * @throws Problem `same-remote-path` when two files would overwrite each other at the archive
 */
export async function syncJournal(
  file: SubmissionFile,
  remoteFolder: string,
  files: AsyncIterable<FileToSend> | Iterable<FileToSend>,
  signal: AbortSignal,
  onFiles: (files: number) => void = () => {},
): Promise<SyncResult> {
  const { changes } = file.run('UPDATE transfer SET synced = synced + 1');
  if (changes === 0) throw new Error('The journal was not opened for an archive.');
  const run = file.get<{ synced: number }>('SELECT synced FROM transfer')?.synced ?? 0;
  const counts = { files: 0, added: 0, changed: 0 };
  let batch: FileToSend[] = [];
  const flush = async () => {
    const rows = batch;
    batch = [];
    file.transaction(() => {
      for (const one of rows) syncOne(file, run, `${remoteFolder}/${one.remotePath}`, one, counts);
    });
    onFiles(counts.files);
    await breathe();
    signal.throwIfAborted();
  };
  for await (const one of files) {
    batch.push(one);
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  return { ...counts, leftAtArchive: dropOthers(file, run) };
}

function syncOne(
  file: SubmissionFile,
  run: number,
  remotePath: string,
  one: FileToSend,
  counts: { files: number; added: number; changed: number },
): void {
  counts.files += 1;
  const known = file.get<Known>('SELECT * FROM transfer_file WHERE remote_path = ?', remotePath);
  if (!known) {
    counts.added += 1;
    file.run(
      `INSERT INTO transfer_file (entry_id, member, remote_path, local_path, size, modified_ms, inode, packed, synced)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      one.entryId,
      one.member,
      remotePath,
      one.localPath,
      one.size,
      one.modifiedMs,
      one.inode,
      one.packed ?? 0,
      run,
    );
    return;
  }
  if (known.synced === run) throw samePath(remotePath, known.local_path, one.localPath);
  const same = isSame(
    { size: known.size, modifiedMs: known.modified_ms, inode: known.inode },
    { size: one.size, modifiedMs: one.modifiedMs, inode: one.inode },
  );
  if (!same) {
    if (known.attempts > 0) counts.changed += 1;
    requeueChanged(file, known, one);
  }
  file.run(
    'UPDATE transfer_file SET synced = ?, wanted = 1, entry_id = ?, member = ?, local_path = ?, packed = ? WHERE id = ?',
    run,
    one.entryId,
    one.member,
    one.localPath,
    one.packed ?? 0,
    known.id,
  );
}

/**
 * A file whose size, time or place on disk differ from when it was sent. When only its looks changed (it was copied
 * to another disk, say) the hash of what the archive confirmed will tell; otherwise what the archive holds is an
 * earlier version.
 */
function requeueChanged(file: SubmissionFile, known: Known, one: FileToSend): void {
  file.run('DELETE FROM transfer_part WHERE file_id = ?', known.id);
  const held = known.state === 'confirmed' && known.size === one.size ? known.sha256 : null;
  file.run(
    `UPDATE transfer_file SET state = 'queued', size = ?, modified_ms = ?, inode = ?, sha256 = NULL,
       confirmed_at = NULL, remote_proof = NULL, problem = NULL, held_sha256 = ?,
       older_copy = CASE WHEN attempts > 0 THEN 1 ELSE older_copy END
     WHERE id = ?`,
    one.size,
    one.modifiedMs,
    one.inode,
    held,
    known.id,
  );
}

function dropOthers(file: SubmissionFile, run: number): number {
  return file.transaction(() => {
    file.run('DELETE FROM transfer_file WHERE synced <> ? AND attempts = 0 AND confirmed_at IS NULL', run);
    file.run('UPDATE transfer_file SET wanted = 0 WHERE synced <> ? AND wanted = 1', run);
    const left = file.get<{ n: number }>(
      "SELECT count(*) AS n FROM transfer_file WHERE wanted = 0 AND state = 'confirmed'",
    );
    return left?.n ?? 0;
  });
}

/** Says what stays at the archive though it no longer belongs to the submission; '' when nothing does. */
export function leftOverWords(result: SyncResult): string {
  if (result.leftAtArchive === 0) return '';
  const stay =
    result.leftAtArchive === 1 ? 'is no longer part of it and stays' : 'are no longer part of it and stay';
  return `${formatCounted(result.leftAtArchive, 'file')} sent earlier ${stay} in your upload folder, outside the submission.`;
}

function samePath(remotePath: string, first: string, second: string): Problem {
  return new Problem('same-remote-path', `Two files would be called ${remotePath} at the archive.`, {
    cause: `${first} and ${second}: the second would overwrite the first.`,
    advice: 'Give one of them another remote name in Files, then send again.',
  });
}
