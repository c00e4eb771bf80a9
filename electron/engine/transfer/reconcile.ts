import { Problem } from '../../../shared/model/problem.ts';
import { formatBytes, formatCounted } from '../../../shared/rules/format-quantities.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import type { Journal, JournalFile } from './journal.ts';
import { hashLocalFile } from './local-file.ts';
import type { RemoteItem } from './method.ts';
import { describeTrouble, Trouble } from './trouble.ts';

/** What to do with files at the archive that this journal did not send. */
export type ExistingChoice = 'ask' | 'replace' | 'keep';

/** What the journal and the archive together say of a file. */
export type Verdict = 'leave' | 'send' | 'confirm' | 'hash-and-confirm' | 'compare-hash' | 'ask';

type Evidence = Pick<
  JournalFile,
  'state' | 'attempts' | 'size' | 'sha256' | 'olderCopy' | 'remoteSize' | 'heldSha256'
>;

/**
 * What follows for a file from the journal of an attempt that ended, perhaps by a kill, and from what the archive
 * lists now. A listing proves an arrival only where no earlier version can be meant by it.
 */
export function judge(file: Evidence): Verdict {
  const listed = file.remoteSize === file.size;
  if (file.state === 'confirmed') return listed ? 'leave' : 'send';
  if (file.remoteSize === null) return 'send';
  if (file.attempts === 0) return file.heldSha256 !== null && listed ? 'compare-hash' : 'ask';
  if (!listed) return 'send';
  if (file.heldSha256 !== null) return 'compare-hash';
  if (file.olderCopy) return 'send';
  return file.sha256 === null ? 'hash-and-confirm' : 'confirm';
}

export interface Reconciliation {
  readonly file: SubmissionFile;
  readonly journal: Journal;
  readonly remoteFolder: string;
  /** A listing with patience of its own. */
  readonly list: (folder: string, signal: AbortSignal) => AsyncIterable<RemoteItem>;
  readonly existing: ExistingChoice;
  readonly signal: AbortSignal;
  readonly say: (now: string) => void;
}

/**
 * Asks the archive what it holds and brings the journal in step with it, before anything is sent.
 * @throws Problem `already-there` when the archive holds files that this journal did not send and nobody said what
 * is to be done with them
 */
export async function reconcile(work: Reconciliation): Promise<void> {
  const { file, journal, signal, say } = work;
  say('Asking the archive what it holds');
  file.run('UPDATE transfer_file SET remote_size = NULL WHERE remote_size IS NOT NULL');
  await listWanted(work);
  for (const row of journal.eachIn('confirmed')) {
    if (judge(row) === 'send') journal.requeue(row.id, goneWords(row));
  }
  for (const state of ['sending', 'sent', 'failed', 'queued'] as const) {
    for (const row of journal.eachIn(state)) {
      if (state === 'queued' && row.remoteSize === null) continue;
      signal.throwIfAborted();
      await settle(work, row);
    }
  }
  await settleStrangers(work);
}

async function settle(work: Reconciliation, row: JournalFile): Promise<void> {
  const { journal, signal, say } = work;
  const verdict = judge(row);
  if (verdict === 'confirm' && row.sha256 !== null) {
    return journal.confirmed(row.id, row.sha256, proof(row));
  }
  if (verdict === 'hash-and-confirm' || verdict === 'compare-hash') {
    say(`Reading ${row.remotePath} again to compare it with what the archive has`);
    try {
      const sha256 = await hashLocalFile(row, signal);
      if (verdict === 'hash-and-confirm') return journal.confirmed(row.id, sha256, proof(row));
      if (sha256 === row.heldSha256) return journal.confirmed(row.id, sha256, unchangedProof(row));
      journal.differs(row.id);
    } catch (error) {
      if (!(error instanceof Trouble) || error.kind !== 'file') throw error;
      if (row.state === 'failed') journal.requeue(row.id, null);
      return journal.failed(row.id, describeTrouble(error));
    }
  }
  if (row.state !== 'queued' && row.state !== 'confirmed') journal.requeue(row.id, null);
}

/**
 * Walks the archive's folders below the submission's, but only those in which the journal has files, and notes the
 * sizes. Folders that do not exist are not asked for, so that a first upload costs one listing.
 */
async function listWanted(work: Reconciliation): Promise<void> {
  const { file, list, signal, say } = work;
  const folders = [work.remoteFolder];
  let listed = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for await (const item of list(folder, signal)) {
      const path = `${folder}/${item.name}`;
      if (item.kind === 'file') {
        file.run('UPDATE transfer_file SET remote_size = ? WHERE remote_path = ?', item.size, path);
      } else if (hasFilesBelow(file, path)) folders.push(path);
    }
    listed += 1;
    if (listed % 20 === 0) {
      say(`Asking the archive what it holds: ${formatCounted(listed, 'folder')} so far`);
    }
  }
}

function hasFilesBelow(file: SubmissionFile, folder: string): boolean {
  // '0' follows '/' in ASCII, so the range is exactly the paths below the folder.
  const below = 'SELECT 1 AS one FROM transfer_file WHERE remote_path > ? AND remote_path < ? LIMIT 1';
  return file.get(below, `${folder}/`, `${folder}0`) !== undefined;
}

const STRANGERS =
  "state = 'queued' AND attempts = 0 AND held_sha256 IS NULL AND wanted = 1 AND remote_size IS NOT NULL";

async function settleStrangers(work: Reconciliation): Promise<void> {
  const { file, journal, existing, signal } = work;
  const strangers =
    file.get<{ n: number }>(`SELECT count(*) AS n FROM transfer_file WHERE ${STRANGERS}`)?.n ?? 0;
  if (strangers === 0 || existing === 'replace') return;
  if (existing === 'ask') throw alreadyThere(file, strangers);
  for (const row of journal.eachIn('queued', 'listed')) {
    if (judge(row) === 'ask') await keepStranger(journal, row, signal);
  }
}

/** A file of the same size is taken for this one, and the receipt says so; any other cannot be. */
async function keepStranger(journal: Journal, row: JournalFile, signal: AbortSignal): Promise<void> {
  if (row.remoteSize !== row.size) {
    return journal.failed(
      row.id,
      `The archive already has a file of this name with ${row.remoteSize} bytes, not ${row.size}, which was kept, as you chose. ` +
        'Give this one another remote name, or send again and choose to replace.',
    );
  }
  try {
    const sha256 = await hashLocalFile(row, signal);
    journal.confirmed(row.id, sha256, `already at the archive with ${row.size} bytes and kept; not compared`);
  } catch (error) {
    if (!(error instanceof Trouble) || error.kind !== 'file') throw error;
    journal.failed(row.id, describeTrouble(error));
  }
}

function alreadyThere(file: SubmissionFile, count: number): Problem {
  const example = file.get<{ remote_path: string; remote_size: number; size: number }>(
    `SELECT remote_path, remote_size, size FROM transfer_file WHERE ${STRANGERS} ORDER BY id LIMIT 1`,
  );
  const sizes =
    example === undefined
      ? ''
      : `For example ${example.remote_path}: ${formatBytes(example.remote_size)} there, ${formatBytes(example.size)} here. `;
  return new Problem(
    'already-there',
    `The archive already has ${formatCounted(count, 'file')} of the same name that this submission did not send.`,
    {
      cause: `${sizes}Sending would overwrite what is there.`,
      advice:
        'Choose to replace the files at the archive or to keep them, or give the files other remote names.',
    },
  );
}

function proof(row: JournalFile): string {
  return `found in the listing after a restart: ${row.size} bytes`;
}

function unchangedProof(row: JournalFile): string {
  return `same SHA-256 as when it was sent and confirmed; still listed with ${row.size} bytes`;
}

function goneWords(row: JournalFile): string {
  return row.remoteSize === null
    ? 'The archive confirmed it once but no longer lists it, so it is sent again.'
    : `The archive confirmed it once but now lists ${row.remoteSize} bytes, so it is sent again.`;
}
