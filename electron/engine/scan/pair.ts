import { setImmediate } from 'node:timers/promises';
import type { PairingRule } from '../../../shared/model/pair.ts';
import { type CompiledRule, compileRule } from '../../../shared/rules/pairing-patterns.ts';
import { checkRules, keepPairingRules, pairCount, pairingRules } from '../library/pairs.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { ImageFinder, type MaskPlace } from './image-finder.ts';
import { Seen } from './seen.ts';

/** Masks read and written at a time. */
const MASKS_AT_ONCE = 250;
/** How long masks are paired before others are heard. */
const TURN_MS = 10;
const MOST_EXAMPLES = 20;

export interface PairOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told how many masks were looked at. */
  readonly progress?: (done: number) => void;
}

/** What one mask is joined to by the rules: null for none. */
interface Joined {
  readonly mask: MaskPlace;
  readonly imageId: number | null;
  readonly imagePath: string;
  readonly rule: string;
}

/**
 * Finds the image of every mask by the submission's rules, and the label images inside OME-Zarrs. Pairs made by hand
 * stay, and a mask that was parted by hand is left alone. Returns the number of pairs there are then.
 */
export async function pairEntries(
  file: SubmissionFile,
  options: PairOptions = {},
): Promise<{ pairs: number }> {
  file.run('UPDATE submission SET pairs_stale = 2');
  await dropLostPairs(file);
  for await (const page of joinedPages(file, pairingRules(file), options)) {
    file.transaction(() => {
      for (const joined of page) writeJoined(file, joined);
    });
  }
  await writeLabelPairs(file);
  file.run('UPDATE submission SET pairs_stale = 0 WHERE pairs_stale = 2');
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
export async function setPairingRules(file: SubmissionFile, rules: readonly PairingRule[]): Promise<number> {
  keepPairingRules(file, rules);
  return (await pairEntries(file)).pairs;
}

export interface PairPreview {
  pairs: number;
  unpairedImages: number;
  unpairedMasks: number;
  examples: { image: string; mask: string; rule: string }[];
}

/** What rules would make of the index, with the pairs made by hand, without keeping anything. */
export async function previewPairs(
  file: SubmissionFile,
  rules: readonly PairingRule[],
  options: PairOptions = {},
): Promise<PairPreview> {
  checkRules(rules);
  const paired = new Seen();
  const preview: PairPreview = { pairs: 0, unpairedImages: 0, unpairedMasks: 0, examples: [] };
  for (const { id } of file.each<{ id: number }>(
    "SELECT image_entry_id AS id FROM pair WHERE parted = 0 AND by IN ('manual', 'labels')",
  )) {
    preview.pairs++;
    paired.add(id);
  }
  const byHand = file.get<{ n: number }>(
    "SELECT count(DISTINCT mask_entry_id) AS n FROM pair WHERE mask_part = '' AND (parted = 1 OR by = 'manual')",
  );
  let masks = 0;
  let joined = 0;
  for await (const page of joinedPages(file, rules, options)) {
    for (const { mask, imageId, imagePath, rule } of page) {
      masks++;
      if (imageId === null) continue;
      joined++;
      paired.add(imageId);
      if (preview.examples.length < MOST_EXAMPLES) {
        preview.examples.push({ image: imagePath, mask: mask.path, rule });
      }
    }
  }
  preview.pairs += joined;
  const partedAlone = (byHand?.n ?? 0) - countManual(file);
  preview.unpairedMasks = masks - joined + Math.max(0, partedAlone);
  for (const { id } of file.each<{ id: number }>("SELECT id FROM entry WHERE kind = 'image'")) {
    if (!paired.has(id)) preview.unpairedImages++;
  }
  return preview;
}

function countManual(file: SubmissionFile): number {
  return file.get<{ n: number }>("SELECT count(*) AS n FROM pair WHERE parted = 0 AND by = 'manual'")?.n ?? 0;
}

/** Masks that the rules decide on, a page at a time, each with what it is joined to. */
async function* joinedPages(
  file: SubmissionFile,
  rules: readonly PairingRule[],
  options: PairOptions,
): AsyncGenerator<Joined[]> {
  // Without masks nothing is asked for, and a million images need not be made ready to answer.
  if (masksAfter(file, null).length === 0) return;
  const compiled: CompiledRule[] = rules.filter(({ enabled }) => enabled).map(compileRule);
  const finder = await ImageFinder.of(file, options.signal);
  try {
    let after: { path: string; id: number } | null = null;
    for (let done = 0; ; ) {
      options.signal?.throwIfAborted();
      const page: MaskPlace[] = masksAfter(file, after);
      if (page.length === 0) return;
      const joined: Joined[] = [];
      let began = performance.now();
      for (const mask of page) {
        if (mask.byHand !== 0) continue;
        const image = finder.find(compiled, mask);
        joined.push({
          mask,
          imageId: image?.id ?? null,
          imagePath: image?.path ?? '',
          rule: image?.rule ?? '',
        });
        if (performance.now() - began < TURN_MS) continue;
        await setImmediate();
        options.signal?.throwIfAborted();
        began = performance.now();
      }
      yield joined;
      after = page.at(-1) ?? null;
      done += page.length;
      options.progress?.(done);
      await setImmediate();
    }
  } finally {
    finder.close();
  }
}

/** By hand means joined or parted by a person: rules leave such masks alone. */
function masksAfter(file: SubmissionFile, after: { path: string; id: number } | null): MaskPlace[] {
  return file.all<MaskPlace>(
    `SELECT e.id, e.path, s.name AS sourceName, EXISTS (
       SELECT 1 FROM pair WHERE mask_entry_id = e.id AND mask_part = '' AND (parted = 1 OR by = 'manual')) AS byHand
     FROM entry e CROSS JOIN source s ON s.id = e.source_id
     WHERE e.kind = 'mask' AND (e.path, e.id) > (?, ?) ORDER BY e.path, e.id LIMIT ${MASKS_AT_ONCE}`,
    after?.path ?? '',
    after?.id ?? -1,
  );
}

function writeJoined(file: SubmissionFile, { mask, imageId, rule }: Joined): void {
  const now = file.get<{ id: number; image: number; by: string }>(
    "SELECT id, image_entry_id AS image, by FROM pair WHERE mask_entry_id = ? AND mask_part = ''",
    mask.id,
  );
  if (now !== undefined && now.image === imageId) {
    if (now.by !== rule) file.run('UPDATE pair SET by = ? WHERE id = ?', rule, now.id);
    return;
  }
  if (now !== undefined) file.run('DELETE FROM pair WHERE id = ?', now.id);
  if (imageId === null) return;
  file.run(
    'INSERT OR IGNORE INTO pair (image_entry_id, mask_entry_id, by) VALUES (?, ?, ?)',
    imageId,
    mask.id,
    rule,
  );
}

/** Pairs made by rules whose image is no image or whose mask is no mask any more. */
async function dropLostPairs(file: SubmissionFile): Promise<void> {
  const most = file.get<{ n: number | null }>('SELECT max(id) AS n FROM pair')?.n ?? 0;
  for (let from = 0; from <= most; from += 5000) {
    file.run(
      `DELETE FROM pair WHERE id > ? AND id <= ? AND parted = 0 AND by NOT IN ('manual', 'labels') AND (
         (SELECT kind FROM entry WHERE id = image_entry_id) <> 'image'
         OR (SELECT kind FROM entry WHERE id = mask_entry_id) <> 'mask')`,
      from,
      from + 5000,
    );
    await setImmediate();
  }
}

/** A label image inside an OME-Zarr belongs to the image around it. */
async function writeLabelPairs(file: SubmissionFile): Promise<void> {
  const most = file.get<{ n: number | null }>('SELECT max(id) AS n FROM entry')?.n ?? 0;
  for (let from = 0; from <= most; from += 5000) {
    file.transaction(() => {
      file.run(
        `DELETE FROM pair WHERE by = 'labels' AND parted = 0 AND image_entry_id > ? AND image_entry_id <= ?
           AND mask_part NOT IN (SELECT value FROM entry e, json_each(iif(e.labels = '', '[]', e.labels)) WHERE e.id = image_entry_id)`,
        from,
        from + 5000,
      );
      file.run(
        `INSERT OR IGNORE INTO pair (image_entry_id, mask_entry_id, mask_part, by)
         SELECT e.id, e.id, value, 'labels' FROM entry e, json_each(e.labels)
         WHERE e.labels <> '' AND e.id > ? AND e.id <= ?`,
        from,
        from + 5000,
      );
    });
    await setImmediate();
  }
}
