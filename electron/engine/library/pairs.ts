import { KEPT, type Pair, type PairingRule } from '../../../shared/model/pair.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { compileRule, PatternFault } from '../../../shared/rules/pairing-patterns.ts';
import { change } from './history.ts';
import { PairViews } from './pair-views.ts';
import type { SubmissionFile } from './submission-file.ts';

/** A pair, given rows `image` and `mask` of entry. */
export const pairColumns = `pair.id, image_entry_id AS imageEntryId, image.path AS imagePath, mask_entry_id AS maskEntryId,
  mask.path AS maskPath, mask_part AS maskPart, by,
  image.modified_ms AS imageModifiedMs, mask.modified_ms AS maskModifiedMs`;

/** One page of pairs by image path; `text` keeps those whose image or mask path contains it. */
export async function pairPage(
  file: SubmissionFile,
  query: { readonly offset: number; readonly limit: number; readonly text?: string },
): Promise<{ total: number; rows: Pair[] }> {
  const { ids, total } = await PairViews.of(file).page(query);
  const rows = file.all<Pair>(
    `SELECT ${pairColumns} FROM json_each(?) asked CROSS JOIN pair ON pair.id = asked.value
       JOIN entry image ON image.id = image_entry_id JOIN entry mask ON mask.id = mask_entry_id ORDER BY asked.key`,
    JSON.stringify(ids),
  );
  return { total, rows };
}

export function pairCount(file: SubmissionFile): number {
  return file.get<{ n: number }>('SELECT count(*) AS n FROM pair WHERE parted = 0')?.n ?? 0;
}

/** Every pair, one by one, by mask path. Do not change pairs or entries while reading. */
export function eachPair(file: SubmissionFile): IterableIterator<Pair> {
  return file.each<Pair>(
    `SELECT ${pairColumns} FROM entry mask CROSS JOIN pair ON mask_entry_id = mask.id CROSS JOIN entry image ON image.id = image_entry_id
     WHERE parted = 0 ORDER BY mask.source_id, mask.path`,
  );
}

/** The pairing rules, the first one first. */
export function pairingRules(file: SubmissionFile): PairingRule[] {
  return file
    .all<Omit<PairingRule, 'enabled'> & { enabled: number }>(
      'SELECT id, image, mask, enabled FROM pairing_rule ORDER BY position',
    )
    .map((rule) => ({ ...rule, enabled: rule.enabled === 1 }));
}

/** Keeps a set of rules, as one step that can be undone. A Problem names the first rule that is none. */
export function keepPairingRules(file: SubmissionFile, rules: readonly PairingRule[]): void {
  checkRules(rules);
  change(file, 'Change the pairing rules', (recorder) => {
    recorder.leaving('pairing_rule', 'TRUE');
    file.run('DELETE FROM pairing_rule');
    insertRules(file, rules);
    recorder.arrived('pairing_rule', 'TRUE');
  });
}

export function insertRules(file: SubmissionFile, rules: readonly PairingRule[]): void {
  for (const [position, rule] of rules.entries()) {
    file.run(
      'INSERT INTO pairing_rule (id, position, image, mask, enabled) VALUES (?, ?, ?, ?, ?)',
      rule.id,
      position,
      rule.image,
      rule.mask,
      rule.enabled ? 1 : 0,
    );
  }
}

/** Throws a Problem for rules that cannot be kept: patterns with a fault, two of one id, an id that has a meaning. */
export function checkRules(rules: readonly PairingRule[]): void {
  const ids = new Set<string>();
  for (const rule of rules) {
    if (
      ids.has(rule.id) ||
      rule.id === 'manual' ||
      rule.id === 'labels' ||
      rule.id === KEPT ||
      rule.id === ''
    ) {
      throw new Problem('wrong-rule', `Two pairing rules cannot share the name “${rule.id}”.`);
    }
    ids.add(rule.id);
    try {
      compileRule(rule);
    } catch (error) {
      if (!(error instanceof PatternFault)) throw error;
      throw new Problem('wrong-rule', 'A pairing rule cannot be read.', {
        cause: error.message,
        advice: 'Example: image “images/{x}.{ext}”, mask “masks/{x}_mask.{ext}”.',
      });
    }
  }
}

/**
 * Joins an image and a mask by hand, as one step that can be undone. A mask has one image: what it was joined to
 * before is parted.
 */
export function joinPair(file: SubmissionFile, imageEntryId: number, maskEntryId: number): void {
  const kind = (id: number) =>
    file.get<{ kind: string; name: string }>('SELECT kind, name FROM entry WHERE id = ?', id);
  const [image, mask] = [kind(imageEntryId), kind(maskEntryId)];
  if (!image || !mask || imageEntryId === maskEntryId) {
    throw new Problem('no-pair', 'A pair takes an image and a mask that are both in this submission.');
  }
  if (image.kind !== 'image' || mask.kind !== 'mask') {
    const [wrong, wanted] = image.kind !== 'image' ? [image, 'image'] : [mask, 'mask'];
    throw new Problem('no-pair', `${wrong.name} counts as ${wrong.kind}, not as ${wanted}.`, {
      advice: `Change its kind to ${wanted} first, if that is what it is.`,
    });
  }
  change(file, `Pair ${mask.name} with ${image.name}`, (recorder) => {
    const others = "mask_entry_id = ? AND mask_part = ''";
    recorder.leaving('pair', others, maskEntryId);
    file.run(`DELETE FROM pair WHERE ${others}`, maskEntryId);
    const { lastId } = file.run(
      "INSERT INTO pair (image_entry_id, mask_entry_id, by) VALUES (?, ?, 'manual')",
      imageEntryId,
      maskEntryId,
    );
    recorder.arrived('pair', 'id = ?', lastId);
  });
}

/** Parts a pair, as one step that can be undone. It is remembered, so that no rule joins the mask again. */
export function partPair(file: SubmissionFile, pairId: number): void {
  const pair = file.get<{ image: string; mask: string }>(
    `SELECT image.name AS image, mask.name AS mask FROM pair JOIN entry image ON image.id = image_entry_id
     JOIN entry mask ON mask.id = mask_entry_id WHERE pair.id = ? AND parted = 0`,
    pairId,
  );
  if (!pair) throw new Problem('unknown-pair', 'This pair is not there any more.');
  change(file, `Part ${pair.mask} from ${pair.image}`, (recorder) => {
    recorder.cells('pair', ['parted'], 'id = ?', pairId);
    file.run('UPDATE pair SET parted = 1 WHERE id = ?', pairId);
  });
}
