import { Slices } from './in-slices.ts';
import type { SubmissionFile } from './submission-file.ts';

const ROWS_AT_ONCE = 2000;

/**
 * Keeps an item standing after its files changed on the disk: a file that was moved out of the item's folder is a file
 * of its own again, and when the one that stands for all is gone, the first of those that are there stands in its
 * place. Nothing changes while all of them are gone. Returns the entry that stands for the item now.
 */
export async function settleLead(file: SubmissionFile, itemId: number): Promise<number> {
  const folder = file.get<{ folder: string }>('SELECT folder FROM item WHERE id = ?', itemId)?.folder ?? '';
  if (folder !== '') {
    // '0' comes right after '/': everything below the folder lies between the two.
    file.run(
      'UPDATE entry SET item_id = NULL WHERE item_id = ? AND (path < ? OR path >= ?)',
      ...[itemId, `${folder}/`, `${folder}0`],
    );
  }
  const lead = file.get(
    "SELECT 1 AS one FROM entry WHERE id = ?1 AND item_id = ?1 AND state <> 'vanished'",
    itemId,
  );
  if (lead) return itemId;
  const next = file.get<{ id: number }>(
    `SELECT id FROM entry WHERE item_id = ? AND state <> 'vanished'
     ORDER BY (format = 'ome-xml') || path LIMIT 1`,
    itemId,
  );
  if (!next) return itemId;
  file.run('UPDATE OR REPLACE item SET id = ? WHERE id = ?', next.id, itemId);
  const slices = new Slices();
  for (;;) {
    const { changes } = file.run(
      `UPDATE entry SET item_id = ? WHERE id IN (SELECT id FROM entry WHERE item_id = ? LIMIT ${ROWS_AT_ONCE})`,
      next.id,
      itemId,
    );
    if (changes < ROWS_AT_ONCE) return next.id;
    await slices.turn();
  }
}
