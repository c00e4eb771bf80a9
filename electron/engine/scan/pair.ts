import type { CountedProgress } from '../../../shared/contract/call.ts';
import type { PairingRule } from '../../../shared/model/pair.ts';
import { Slices } from '../library/in-slices.ts';
import { keepPairingRules, pairCount, pairingRules } from '../library/pairs.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { decidedPages } from './decided-pages.ts';
import { forgetTables } from './kept-tables.ts';
import { writeDecided } from './write-decided.ts';

/** Numbers of pairs or entries written over at a time. */
const ROWS_AT_ONCE = 5000;

export interface PairOptions {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((progress: CountedProgress) => void) | undefined;
}

/**
 * Finds the image of every mask by the submission's rules, and the label images inside OME-Zarrs. Pairs made by hand
 * stay, and a mask that was parted by hand is left alone. What the rules leave open is kept as choices. Pairing that
 * was stopped or killed goes on where it was, if nothing changed since. Returns the number of pairs there are then.
 */
export async function pairEntries(
  file: SubmissionFile,
  options: PairOptions = {},
): Promise<{ pairs: number }> {
  file.run('UPDATE submission SET pairs_after = iif(pairs_stale = 2, pairs_after, 0), pairs_stale = 2');
  forgetTables(file);
  await dropLostPairs(file);
  const after = file.get<{ n: number }>('SELECT pairs_after AS n FROM submission')?.n ?? 0;
  for await (const { decided, upTo } of decidedPages(file, pairingRules(file), { ...options, after })) {
    file.transaction(() => {
      writeDecided(file, decided);
      file.run('UPDATE submission SET pairs_after = ?', upTo);
    });
  }
  await writeLabelPairs(file);
  file.run('UPDATE submission SET pairs_stale = 0, pairs_after = 0 WHERE pairs_stale = 2');
  return { pairs: pairCount(file) };
}

/** Pairs anew if kinds, rules or sources changed since the last time; true when it did. Call after edits and undo. */
export async function pairIfStale(file: SubmissionFile, options: PairOptions = {}): Promise<boolean> {
  const stale = file.get<{ n: number }>('SELECT pairs_stale AS n FROM submission')?.n ?? 0;
  if (stale === 0) return false;
  await pairEntries(file, options);
  return true;
}

/** Keeps new rules, as one step that can be undone, and pairs by them; returns the number of pairs. */
export async function setPairingRules(
  file: SubmissionFile,
  rules: readonly PairingRule[],
  options: PairOptions = {},
): Promise<number> {
  keepPairingRules(file, rules);
  return (await pairEntries(file, options)).pairs;
}

/** Pairs made by rules, and choices, whose image is no image or whose mask is no mask any more. */
async function dropLostPairs(file: SubmissionFile): Promise<void> {
  const slices = new Slices();
  const isLost = `(SELECT kind FROM entry WHERE id = image_entry_id) <> 'image'
    OR (SELECT kind FROM entry WHERE id = mask_entry_id) <> 'mask'`;
  const most = file.get<{ n: number | null }>('SELECT max(id) AS n FROM pair')?.n ?? 0;
  for (let from = 0; from <= most; from += ROWS_AT_ONCE) {
    file.run(
      `DELETE FROM pair WHERE id > ? AND id <= ? AND parted = 0 AND by NOT IN ('manual', 'labels') AND (${isLost})`,
      ...[from, from + ROWS_AT_ONCE],
    );
    await slices.turn();
  }
  const last = file.get<{ n: number | null }>('SELECT max(mask_entry_id) AS n FROM pair_choice')?.n ?? -1;
  for (let from = 0; from <= last; from += ROWS_AT_ONCE) {
    file.run(
      `DELETE FROM pair_choice WHERE mask_entry_id > ? AND mask_entry_id <= ? AND (${isLost})`,
      ...[from, from + ROWS_AT_ONCE],
    );
    await slices.turn();
  }
}

/** A label image inside an OME-Zarr belongs to the image around it. */
async function writeLabelPairs(file: SubmissionFile): Promise<void> {
  const slices = new Slices();
  const most = file.get<{ n: number | null }>('SELECT max(id) AS n FROM entry')?.n ?? 0;
  for (let from = 0; from <= most; from += ROWS_AT_ONCE) {
    file.transaction(() => {
      file.run(
        `DELETE FROM pair WHERE by = 'labels' AND parted = 0 AND image_entry_id > ? AND image_entry_id <= ?
           AND mask_part NOT IN (SELECT value FROM entry e, json_each(iif(e.labels = '', '[]', e.labels)) WHERE e.id = image_entry_id)`,
        ...[from, from + ROWS_AT_ONCE],
      );
      file.run(
        `INSERT OR IGNORE INTO pair (image_entry_id, mask_entry_id, mask_part, by)
         SELECT e.id, e.id, value, 'labels' FROM entry e, json_each(e.labels)
         WHERE e.labels <> '' AND e.id > ? AND e.id <= ?`,
        ...[from, from + ROWS_AT_ONCE],
      );
    });
    await slices.turn();
  }
}
