import { EntryViews } from './entry-views.ts';
import { Slices } from './in-slices.ts';
import { isOpenSql } from './pair-open.ts';
import type { SubmissionFile } from './submission-file.ts';

/** Numbers of masks read at a time. */
const MASKS_AT_ONCE = 5000;

/** Files without a partner by what they wait for: a decision, a mask, or an image. */
export type Waiting = 'open' | 'image' | 'mask';

interface Kept {
  readonly key: string;
  readonly ids: Uint32Array;
}

const kept = new WeakMap<SubmissionFile, Map<string, Kept>>();

/**
 * Ids of the entries that wait for a partner, in the order of their paths: `open` masks with choices, `mask`s without
 * any, `image`s without a mask. Four bytes a file, kept until anything is written.
 */
export async function waitingIds(file: SubmissionFile, what: Waiting, text: string): Promise<Uint32Array> {
  const known = kept.get(file) ?? new Map<string, Kept>();
  kept.set(file, known);
  const key = `${what} ${text}`;
  const before = known.get(key);
  if (before?.key === writes(file)) return before.ids;
  const kind = what === 'image' ? 'image' : 'mask';
  const filter = { kind, paired: false, ...(text === '' ? {} : { text }) } as const;
  let ids = await EntryViews.of(file).matching(filter);
  if (kind === 'mask') {
    const open = await openMasks(file);
    ids = ids.filter((id) => open.has(id) === (what === 'open'));
  }
  if (known.size >= 6) known.clear();
  known.set(key, { key: writes(file), ids: ids.slice() });
  return ids;
}

async function openMasks(file: SubmissionFile): Promise<Set<number>> {
  const open = new Set<number>();
  const slices = new Slices();
  for (let after = -1; ; ) {
    const rows = file.tuples<number>(
      `SELECT mask_entry_id FROM pair_choice WHERE mask_entry_id > ? AND place = 0 AND ${isOpenSql}
       ORDER BY mask_entry_id LIMIT ${MASKS_AT_ONCE}`,
      after,
    );
    for (const [id = 0] of rows) open.add(id);
    if (rows.length < MASKS_AT_ONCE) return open;
    after = rows.at(-1)?.[0] ?? after;
    await slices.turn();
  }
}

/** Grows with every row that this connection writes; no other one can (see SubmissionFile). */
function writes(file: SubmissionFile): string {
  return String(file.get<{ n: number }>('SELECT total_changes() AS n')?.n);
}
