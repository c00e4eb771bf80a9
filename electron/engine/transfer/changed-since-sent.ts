import { stat } from 'node:fs/promises';
import { Problem } from '../../../shared/model/problem.ts';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { identityOf, isSame } from './local-file.ts';

interface Sent {
  readonly id: number;
  readonly remote_path: string;
  readonly local_path: string;
  readonly size: number;
  readonly modified_ms: number;
}

/** Files asked of the disk at once: enough for a slow network drive, few enough to leave it to others as well. */
const AT_ONCE = 64;
const SHOWN = 3;

/**
 * Looks whether files that the archive confirmed are still as they were sent, because nothing else reads them again
 * before they are handed in. A file that is not there is no reason: the archive has it. Numbers on the disk are not
 * compared, since a network drive gives new ones when it is connected again.
 * @throws Problem `changed-since-sent` when size or time of any differ
 */
export async function refuseChangedSinceSent(file: SubmissionFile, signal: AbortSignal): Promise<void> {
  let changed = 0;
  const examples: string[] = [];
  for (let after = 0; ; ) {
    const rows = file.all<Sent>(
      `SELECT id, remote_path, local_path, size, modified_ms FROM transfer_file
       WHERE state = 'confirmed' AND wanted = 1 AND packed = 0 AND id > ? ORDER BY id LIMIT ${AT_ONCE}`,
      after,
    );
    signal.throwIfAborted();
    const differ = await Promise.all(rows.map(isChanged));
    for (const [at, row] of rows.entries()) {
      after = row.id;
      if (!differ[at]) continue;
      changed += 1;
      if (examples.length < SHOWN) examples.push(row.remote_path);
    }
    if (rows.length < AT_ONCE) break;
  }
  if (changed === 0) return;
  const more = changed > examples.length ? `, and ${changed - examples.length} more` : '';
  throw new Problem(
    'changed-since-sent',
    `${formatCounted(changed, 'file')} changed after the archive had them.`,
    {
      cause: `The archive has what they were before: ${examples.join(', ')}${more}.`,
      advice:
        'Look again at the folders in Files and check once more; then send: only what changed goes again.',
    },
  );
}

async function isChanged({ local_path, size, modified_ms }: Sent): Promise<boolean> {
  const facts = await stat(local_path, { bigint: true }).catch(() => null);
  if (facts === null) return false;
  return !isSame({ ...identityOf(facts), inode: '' }, { size, modifiedMs: modified_ms, inode: '' });
}
