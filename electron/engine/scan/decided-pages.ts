import type { PairingRule } from '../../../shared/model/pair.ts';
import { type CompiledRule, compileRule } from '../../../shared/rules/pairing-patterns.ts';
import { Slices } from '../library/in-slices.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { type Decided, decideMasks, type MaskPlace } from './image-finder.ts';
import { ENTRIES_AT_ONCE, ImageKeys, type KeyOptions } from './image-keys.ts';
import { KeptTables, type Lent } from './kept-tables.ts';

/** Masks decided about at a time: a page of them is one question a rule. */
const MASKS_AT_ONCE = 500;

const kept = new KeptTables<ImageKeys>();

export interface DecidedPage {
  readonly decided: readonly Decided[];
  /** Every mask up to this number is decided about. */
  readonly upTo: number;
}

export interface PagesOptions extends KeyOptions {
  /** Masks with a higher number only. */
  readonly after?: number;
}

/**
 * What the rules make of all masks, a page at a time, in the order of their numbers. Masks that a person joined or
 * parted are left alone.
 */
export async function* decidedPages(
  file: SubmissionFile,
  rules: readonly PairingRule[],
  options: PagesOptions,
): AsyncGenerator<DecidedPage> {
  const compiled: CompiledRule[] = rules.filter(({ enabled }) => enabled).map(compileRule);
  const most = file.get<{ n: number | null }>('SELECT max(id) AS n FROM entry')?.n ?? 0;
  // Made for the first mask: without masks a million images need not be made ready to answer.
  let keys: Lent<ImageKeys> | null = null;
  const slices = new Slices();
  try {
    for (let from = options.after ?? 0; from < most; from += ENTRIES_AT_ONCE) {
      options.signal?.throwIfAborted();
      const masks = masksBetween(file, from, from + ENTRIES_AT_ONCE);
      for (let at = 0; at < masks.length; at += MASKS_AT_ONCE) {
        keys ??= await kept.lend(file, 'image', () => ImageKeys.of(file, options));
        const some = masks.slice(at, at + MASKS_AT_ONCE);
        const decided = await decideMasks(keys.value, compiled, some, slices, options.signal);
        options.signal?.throwIfAborted();
        yield { decided, upTo: some.at(-1)?.id ?? from };
        await slices.turn();
      }
      await slices.turn();
      options.progress?.({
        done: Math.min(most, from + ENTRIES_AT_ONCE),
        total: most,
        now: 'Pairing images and masks',
      });
    }
  } finally {
    keys?.release();
  }
}

function masksBetween(file: SubmissionFile, after: number, upTo: number): MaskPlace[] {
  return file.all<MaskPlace>(
    `SELECT e.id, e.path, s.name AS sourceName, e.modified_ms AS modifiedMs
     FROM entry e CROSS JOIN source s ON s.id = e.source_id
     WHERE e.id > ? AND e.id <= ? AND e.kind = 'mask' AND NOT EXISTS (
       SELECT 1 FROM pair WHERE mask_entry_id = e.id AND mask_part = '' AND (parted = 1 OR by = 'manual'))`,
    ...[after, upTo],
  );
}
