import type { PairPreview } from '../../../shared/contract/pair-calls.ts';
import type { PairingRule } from '../../../shared/model/pair.ts';
import { Slices } from '../library/in-slices.ts';
import { checkRules } from '../library/pairs.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { decidedPages } from './decided-pages.ts';
import type { Decided } from './image-finder.ts';
import { Seen } from './seen.ts';

const MOST_EXAMPLES = 20;
const ROWS_AT_ONCE = 5000;
const TELL_EVERY_MS = 200;

export interface PreviewOptions {
  readonly signal?: AbortSignal | undefined;
  readonly progress?:
    | ((progress: { done: number; total: number | null; now: string; soFar: PairPreview }) => void)
    | undefined;
}

/**
 * What rules would make of the index, with the pairs made by hand, without keeping anything. Progress tells what was
 * found so far, examples first.
 */
export async function previewPairs(
  file: SubmissionFile,
  rules: readonly PairingRule[],
  { signal, progress }: PreviewOptions = {},
): Promise<PairPreview> {
  checkRules(rules);
  const paired = new Seen();
  const preview: PairPreview = {
    ...{ pairs: 0, unpairedImages: 0, unpairedMasks: 0, ambiguousMasks: 0 },
    ...{ byRule: {}, openByRule: {}, examples: [], ambiguous: [] },
  };
  await countByHand(file, paired, preview);
  let told = 0;
  const tell = (done: number, total: number | null, now: string) => {
    if (performance.now() - told < TELL_EVERY_MS) return;
    told = performance.now();
    progress?.({ done, total, now, soFar: structuredClone(preview) });
  };
  let where: { done: number; total: number | null } = { done: 0, total: null };
  const options = {
    signal,
    progress: (counted: { done: number; total: number | null; now: string }) => {
      where = counted;
      tell(counted.done, counted.total, counted.now);
    },
  };
  for await (const { decided } of decidedPages(file, rules, options)) {
    take(file, preview, paired, decided);
    tell(where.done, where.total, 'Pairing images and masks');
  }
  await eachInSlices(file, 'entry', "kind = 'image'", 'id', signal, (id) => {
    if (!paired.has(id)) preview.unpairedImages++;
  });
  return preview;
}

function take(file: SubmissionFile, preview: PairPreview, paired: Seen, decided: readonly Decided[]): void {
  for (const one of decided) {
    for (const id of one.imageIds) paired.add(id);
    preview.pairs += one.imageIds.length;
    if (one.imageIds.length > 0)
      preview.byRule[one.rule] = (preview.byRule[one.rule] ?? 0) + one.imageIds.length;
    if (one.choices.length > 0) {
      preview.ambiguousMasks++;
      preview.openByRule[one.rule] = (preview.openByRule[one.rule] ?? 0) + 1;
    } else if (one.imageIds.length === 0) preview.unpairedMasks++;
    const [image] = one.imageIds;
    if (image !== undefined && preview.examples.length < MOST_EXAMPLES) {
      preview.examples.push({ image: pathOf(file, image), mask: one.mask.path, rule: one.rule });
    }
    const [first] = one.choices;
    if (first && preview.ambiguous.length < MOST_EXAMPLES) {
      const example = { image: pathOf(file, first.imageId), mask: one.mask.path, rule: one.rule };
      preview.ambiguous.push({ ...example, choices: one.choices.length });
    }
  }
}

function pathOf(file: SubmissionFile, id: number): string {
  return file.get<{ path: string }>('SELECT path FROM entry WHERE id = ?', id)?.path ?? '';
}

/** Pairs that no rule touches, and masks that were parted by hand and have no other image. */
async function countByHand(file: SubmissionFile, paired: Seen, preview: PairPreview): Promise<void> {
  await eachInSlices(
    file,
    'pair',
    "parted = 0 AND by IN ('manual', 'labels')",
    'image_entry_id',
    undefined,
    (id) => {
      preview.pairs++;
      paired.add(id);
    },
  );
  await eachInSlices(
    file,
    'pair',
    `parted = 1 AND mask_part = '' AND NOT EXISTS (
       SELECT 1 FROM pair p WHERE p.mask_entry_id = pair.mask_entry_id AND p.mask_part = '' AND (p.by = 'manual' AND p.parted = 0 OR p.parted = 1 AND p.id < pair.id))`,
    'id',
    undefined,
    () => {
      preview.unpairedMasks++;
    },
  );
}

/** One number of every row that a condition picks, by ranges of row numbers, others being served in between. */
async function eachInSlices(
  file: SubmissionFile,
  table: 'entry' | 'pair',
  where: string,
  column: string,
  signal: AbortSignal | undefined,
  visit: (value: number) => void,
): Promise<void> {
  const slices = new Slices();
  const most = file.get<{ n: number | null }>(`SELECT max(id) AS n FROM ${table}`)?.n ?? 0;
  for (let from = 0; from < most; from += ROWS_AT_ONCE) {
    signal?.throwIfAborted();
    const rows = file.tuples<number>(
      `SELECT ${column} FROM ${table} WHERE id > ? AND id <= ? AND (${where})`,
      ...[from, from + ROWS_AT_ONCE],
    );
    for (const [value = 0] of rows) visit(value);
    await slices.turn();
  }
}
