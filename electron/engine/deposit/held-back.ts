import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../../../shared/model/problem.ts';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import { wantedSql } from '../check/checked-entries.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { profileOfFile } from '../library/submission-row.ts';
import { settleSeconds } from '../library/walk-settings.ts';
import { lookAtHeld } from '../scan/held-files.ts';
import { identityOf, isSame } from '../transfer/local-file.ts';
import type { Run } from './run.ts';

/** How long an upload waits at most for files that changed under it to rest, and how often. */
const MOST_WAIT_MS = 10_000;
const MOST_ROUNDS = 3;
const ROWS_AT_ONCE = 200;

/**
 * Sends, and when files changed between being looked at and being sent, holds them back, looks at them again once they
 * could rest, and sends what does. What is written to on and on stays held back.
 * @param send sends what there is to be sent now
 */
export async function sendWithSecondLook(run: Run, send: () => Promise<void>): Promise<void> {
  const { file, view, signal } = run;
  await lookAtHeld(file, { signal });
  await send();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const changed = await holdBackChanged(file, signal);
    if (changed === 0) return;
    const rest = Math.min(settleSeconds(file) * 1000, MOST_WAIT_MS);
    view.say(`Waiting for ${formatCounted(changed, 'file')} that changed to rest`);
    await sleep(rest, undefined, { signal });
    const before = heldCount(file);
    await lookAtHeld(file, { signal });
    if (heldCount(file) >= before) return;
    await send();
  }
}

/** Throws when files that are to be sent are held back: the submission is not whole without them. */
export function refuseHeld(file: SubmissionFile): void {
  const held = heldCount(file);
  if (held === 0) return;
  const some = file.all<{ path: string }>(
    `SELECT path FROM entry e WHERE state = 'changing' AND ${wantedSql(profileOfFile(file))} ORDER BY path LIMIT 3`,
  );
  const paths = some.map(({ path }) => path);
  if (held > paths.length) paths.push(`And ${held - paths.length} more.`);
  const [are, them] = held === 1 ? ['is', 'it'] : ['are', 'them'];
  throw new Problem(
    'files-held-back',
    `${formatCounted(held, 'file')} ${are} held back, because something still writes to ${them}.`,
    {
      cause: paths.join('\n'),
      advice: `Wait until nothing writes to ${them} any more, then send again: what is at the archive is not sent twice.`,
    },
  );
}

function heldCount(file: SubmissionFile): number {
  // Without a source that holds something back no row need be looked at.
  if (!file.get('SELECT 1 FROM source WHERE held > 0 LIMIT 1')) return 0;
  return (
    file.get<{ n: number }>(
      `SELECT count(*) AS n FROM entry e WHERE state = 'changing' AND ${wantedSql(profileOfFile(file))}`,
    )?.n ?? 0
  );
}

interface Failed {
  readonly id: number;
  readonly entryId: number;
  readonly localPath: string;
  readonly size: number;
  readonly modifiedMs: number;
  readonly inode: string;
}

/** Notes of the files that could not be sent which of them are not as they were; returns how many entries that are. */
async function holdBackChanged(file: SubmissionFile, signal: AbortSignal): Promise<number> {
  let held = 0;
  for (let after = -1; ; ) {
    signal.throwIfAborted();
    const rows = file.all<Failed>(
      `SELECT id, entry_id AS entryId, local_path AS localPath, size, modified_ms AS modifiedMs, inode
       FROM transfer_file WHERE state = 'failed' AND wanted = 1 AND id > ? ORDER BY id LIMIT ${ROWS_AT_ONCE}`,
      after,
    );
    const last = rows.at(-1);
    if (last === undefined) return held;
    after = last.id;
    for (const row of rows) if (await hasChanged(row)) held += holdBack(file, row.entryId);
  }
}

async function hasChanged(row: Failed): Promise<boolean> {
  const now = await stat(row.localPath, { bigint: true }).catch(() => null);
  return now?.isFile() === true && !isSame(row, identityOf(now));
}

function holdBack(file: SubmissionFile, entryId: number): number {
  return file.transaction(() => {
    const { changes } = file.run(
      `UPDATE entry SET state = 'changing', state_reason = 'written to while it was to be sent'
       WHERE id = ? AND state = 'present'`,
      entryId,
    );
    file.run(
      'UPDATE source SET held = held + ? WHERE id = (SELECT source_id FROM entry WHERE id = ?)',
      changes,
      entryId,
    );
    return changes;
  });
}
