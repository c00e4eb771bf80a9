import { setImmediate } from 'node:timers/promises';
import { KEPT } from '../../../shared/model/pair.ts';
import type { SubmissionFile } from '../library/submission-file.ts';

/** Rows looked at between two turns of the event loop. */
const ROWS_AT_ONCE = 2000;
/** Rows rewritten in one transaction. */
const MOVED_AT_ONCE = 200;

interface Moved {
  readonly inode: string;
  readonly size: number;
  readonly time: number;
  readonly id: number;
  readonly newId: number;
}

/**
 * Finds files of a source that went from one path to another: the one that is gone and the one that is new have the
 * same number on their disk, size and time, and no other does. (Numbers alone are given again as soon as a file is
 * deleted; with the time of the last change to the millisecond they are not taken for each other.) The row that was
 * there before keeps all that was chosen for it, its pairs and its journal, and takes the new path; what was sent
 * already keeps its path at the archive. Returns how many.
 * @param newAfter rows with a larger id are new
 */
export async function followRenames(
  file: SubmissionFile,
  sourceId: number,
  newAfter: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  file.run('DROP TABLE IF EXISTS temp.gone_now');
  file.run(
    `CREATE TEMP TABLE gone_now (inode TEXT, size INTEGER, modified_ms REAL, id INTEGER, times INTEGER,
       new_id INTEGER, new_times INTEGER, PRIMARY KEY (inode, size, modified_ms)) WITHOUT ROWID`,
  );
  try {
    await gatherGone(file, sourceId, signal);
    await findNew(file, sourceId, newAfter, signal);
    let renamed = 0;
    for (let after: Pick<Moved, 'inode' | 'size' | 'time'> = { inode: '', size: 0, time: 0 }; ; ) {
      signal?.throwIfAborted();
      const some: Moved[] = file.all<Moved>(
        `SELECT inode, size, modified_ms AS time, id, new_id AS newId FROM temp.gone_now
         WHERE (inode, size, modified_ms) > (?, ?, ?) AND times = 1 AND new_times = 1
         ORDER BY inode, size, modified_ms LIMIT ${MOVED_AT_ONCE}`,
        after.inode,
        after.size,
        after.time,
      );
      const last = some.at(-1);
      if (last === undefined) return renamed;
      after = last;
      file.transaction(() => {
        for (const moved of some) move(file, sourceId, moved);
      });
      renamed += some.length;
      await setImmediate();
    }
  } finally {
    file.run('DROP TABLE temp.gone_now');
  }
}

async function gatherGone(
  file: SubmissionFile,
  sourceId: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let after = -1; ; ) {
    signal?.throwIfAborted();
    const page = file.all<{ id: number }>(
      `SELECT entry_id AS id FROM scan_change
       WHERE source_id = ? AND what = 'gone' AND entry_id > ? ORDER BY entry_id LIMIT ${ROWS_AT_ONCE}`,
      sourceId,
      after,
    );
    const last = page.at(-1)?.id;
    if (last === undefined) return;
    file.run(
      `INSERT INTO temp.gone_now SELECT e.inode, e.size, e.modified_ms, e.id, 1, NULL, 0
       FROM scan_change c CROSS JOIN entry e ON e.id = c.entry_id
       WHERE c.source_id = ? AND c.what = 'gone' AND c.entry_id > ? AND c.entry_id <= ?
         AND e.state = 'vanished' AND e.inode NOT IN ('', '0')
       ON CONFLICT DO UPDATE SET times = times + 1`,
      sourceId,
      after,
      last,
    );
    after = last;
    await setImmediate();
  }
}

async function findNew(
  file: SubmissionFile,
  sourceId: number,
  newAfter: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const last = file.get<{ n: number | null }>('SELECT max(id) AS n FROM entry')?.n ?? 0;
  for (let from = newAfter; from < last; from += ROWS_AT_ONCE) {
    signal?.throwIfAborted();
    file.run(
      `UPDATE temp.gone_now SET new_id = found.id, new_times = new_times + found.times
       FROM (SELECT min(id) AS id, count(*) AS times, inode, size, modified_ms FROM entry
             WHERE id > ? AND id <= ? AND source_id = ? AND state <> 'vanished'
             GROUP BY inode, size, modified_ms) AS found
       WHERE gone_now.inode = found.inode AND gone_now.size = found.size
         AND gone_now.modified_ms = found.modified_ms`,
      from,
      from + ROWS_AT_ONCE,
      sourceId,
    );
    await setImmediate();
  }
}

/** Columns that the file system and the scan say, and a person does not. */
const said = ['path', 'name', 'format', 'kind_guess', 'members', 'state', 'state_reason', 'labels'];

function move(file: SubmissionFile, sourceId: number, { id, newId }: Moved): void {
  file.run(
    `INSERT OR REPLACE INTO scan_change (source_id, what, entry_id, was)
     SELECT source_id, 'renamed', id, path FROM entry WHERE id = ?`,
    id,
  );
  // What was sent keeps its name there: the archive has it, and sending it again under another would leave both.
  file.run(
    `UPDATE entry SET remote_path_chosen =
       (SELECT s.name || iif(entry.path = '', '', '/' || entry.path) FROM source s WHERE s.id = entry.source_id)
     WHERE id = ? AND remote_path_chosen IS NULL
       AND EXISTS (SELECT 1 FROM transfer_file t WHERE t.entry_id = entry.id AND t.attempts > 0)`,
    id,
  );
  const found = file.get<Record<string, string | number>>(
    `SELECT ${said.join(', ')} FROM entry WHERE id = ?`,
    newId,
  );
  file.run('DELETE FROM entry WHERE id = ?', newId);
  if (found === undefined) return;
  file.run(
    `UPDATE entry SET ${said.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`,
    ...said.map((column) => found[column] ?? ''),
    id,
  );
  // Pairs stay with their files; a rule that fits the new names says it anew.
  file.run(
    `UPDATE pair SET by = '${KEPT}' WHERE parted = 0 AND by NOT IN ('manual', 'labels')
       AND (image_entry_id = ?1 OR mask_entry_id = ?1)`,
    id,
  );
  file.run("DELETE FROM scan_change WHERE source_id = ? AND what = 'gone' AND entry_id = ?", sourceId, id);
  file.run('UPDATE submission SET pairs_stale = 1');
}
