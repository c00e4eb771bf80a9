import { KEPT } from '../../../shared/model/pair.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import type { Decided } from './image-finder.ts';

interface Standing {
  readonly id: number;
  readonly image: number;
  readonly by: string;
}

/**
 * Brings pairs and choices of some masks to what was decided, in one transaction of the caller's. Rows that are right
 * already are not touched, nor is a mask that a person joined or parted while it was decided about.
 */
export function writeDecided(file: SubmissionFile, decided: readonly Decided[]): void {
  const masks = JSON.stringify(decided.map(({ mask }) => mask.id));
  const { standing, byHand } = standingPairs(file, masks);
  const wrong: number[] = [];
  const missing: (readonly [mask: number, image: number, rule: string])[] = [];
  for (const { mask, rule, imageIds, choices } of decided) {
    if (byHand.has(mask.id)) continue;
    const wanted = new Set(imageIds);
    const isOpen = imageIds.length === 0 && choices.length === 0;
    for (const { id, image, by } of standing.get(mask.id) ?? []) {
      // They belonged together before a folder was renamed, and no rule knows better now.
      if (by === KEPT && isOpen) continue;
      if (by !== rule || !wanted.delete(image)) wrong.push(id);
    }
    for (const image of wanted) missing.push([mask.id, image, rule]);
  }
  if (wrong.length > 0) {
    file.run('DELETE FROM pair WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(wrong));
  }
  if (missing.length > 0) {
    file.run(
      `INSERT OR IGNORE INTO pair (image_entry_id, mask_entry_id, by)
       SELECT i.id, m.id, asked.value ->> 2 FROM json_each(?) asked
       CROSS JOIN entry m ON m.id = asked.value ->> 0 CROSS JOIN entry i ON i.id = asked.value ->> 1 ORDER BY asked.key`,
      JSON.stringify(missing),
    );
  }
  writeChoices(file, decided, masks);
}

function standingPairs(
  file: SubmissionFile,
  masks: string,
): { standing: ReadonlyMap<number, readonly Standing[]>; byHand: ReadonlySet<number> } {
  const standing = new Map<number, Standing[]>();
  const byHand = new Set<number>();
  for (const [id, mask, image, by, parted] of file.tuples<number | string>(
    `SELECT pair.id, mask_entry_id, image_entry_id, by, parted
     FROM json_each(?) asked CROSS JOIN pair ON mask_entry_id = asked.value WHERE mask_part = ''`,
    masks,
  )) {
    if (parted === 1 || by === 'manual') byHand.add(Number(mask));
    const one = { id: Number(id), image: Number(image), by: String(by) };
    const known = standing.get(Number(mask));
    if (known) known.push(one);
    else standing.set(Number(mask), [one]);
  }
  return { standing, byHand };
}

function writeChoices(file: SubmissionFile, decided: readonly Decided[], masks: string): void {
  const choices = decided.flatMap(({ mask, rule, why, choices: own }) =>
    own.map(({ imageId, reasons }, place) => [mask.id, place, imageId, rule, why, JSON.stringify(reasons)]),
  );
  file.run('DELETE FROM pair_choice WHERE mask_entry_id IN (SELECT value FROM json_each(?))', masks);
  if (choices.length === 0) return;
  file.run(
    `INSERT INTO pair_choice (mask_entry_id, place, image_entry_id, rule, why, reasons)
     SELECT m.id, value ->> 1, i.id, value ->> 3, value ->> 4, value ->> 5 FROM json_each(?)
     CROSS JOIN entry m ON m.id = value ->> 0 CROSS JOIN entry i ON i.id = value ->> 2`,
    JSON.stringify(choices),
  );
}
