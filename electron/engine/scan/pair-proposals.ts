import type { CountedProgress } from '../../../shared/contract/call.ts';
import type { PairProposals } from '../../../shared/model/pair.ts';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import { rankPartners } from '../../../shared/rules/pairing-proposals.ts';
import { Slices } from '../library/in-slices.ts';
import { joinMany } from '../library/join-many.ts';
import { waitingIds } from '../library/pair-lists.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { NameKeys } from './name-keys.ts';

const MASKS_AT_ONCE = 200;

export interface ProposalOptions {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((progress: CountedProgress) => void) | undefined;
}

/** One page of the images without a mask, or the masks without an image, by path, each with its likeliest partners. */
export async function alonePage(
  file: SubmissionFile,
  query: {
    readonly kind: 'image' | 'mask';
    readonly offset: number;
    readonly limit: number;
    readonly text: string;
  },
  options: ProposalOptions,
): Promise<{ total: number; rows: PairProposals[] }> {
  const ids = await waitingIds(file, query.kind, query.text);
  const wanted = [...ids.subarray(query.offset, query.offset + query.limit)];
  if (wanted.length === 0) return { total: ids.length, rows: [] };
  const partners = await NameKeys.lend(file, query.kind === 'image' ? 'mask' : 'image', options);
  try {
    return { total: ids.length, rows: await proposalsFor(file, partners.value, wanted, query.kind, options) };
  } finally {
    partners.release();
  }
}

async function proposalsFor(
  file: SubmissionFile,
  partners: NameKeys,
  ids: readonly number[],
  kind: 'image' | 'mask',
  { signal }: ProposalOptions,
): Promise<PairProposals[]> {
  const slices = new Slices();
  const rows: PairProposals[] = [];
  for (const { id, path, full } of partners.named(ids)) {
    signal?.throwIfAborted();
    const near = partners.near(full);
    // A mask that has its image is no partner for another image.
    const free = kind === 'image' ? without(file, near) : near;
    const proposals = rankPartners(full, free).map(({ file: other, sureness, reasons }) => ({
      ...{ entryId: other.id, path: other.path, sureness },
      reasons: [...reasons],
    }));
    rows.push({ entryId: id, path, proposals });
    await slices.turn();
  }
  return rows;
}

function without<T extends { readonly id: number }>(file: SubmissionFile, masks: readonly T[]): T[] {
  const taken = new Set(
    file
      .tuples<number>(
        `SELECT mask_entry_id FROM pair WHERE parted = 0 AND mask_part = ''
           AND mask_entry_id IN (SELECT value FROM json_each(?))`,
        JSON.stringify(masks.map(({ id }) => id)),
      )
      .map(([id]) => id),
  );
  return masks.filter(({ id }) => !taken.has(id));
}

/**
 * Joins every mask without an image to its likeliest one, where that is at least as sure as `least`; one step for
 * undo. Masks that a person parted are left alone. Returns how many were joined.
 */
export async function takeProposals(
  file: SubmissionFile,
  least: number,
  options: ProposalOptions,
): Promise<number> {
  const ids = (await waitingIds(file, 'mask', '')).slice();
  const images = await NameKeys.lend(file, 'image', options);
  async function* pages() {
    for (let from = 0; from < ids.length; from += MASKS_AT_ONCE) {
      const some = [...ids.subarray(from, from + MASKS_AT_ONCE)];
      const rows = await proposalsFor(file, images.value, some, 'mask', options);
      yield rows.flatMap(({ entryId, proposals: [first] }) =>
        first && first.sureness >= least ? [[entryId, first.entryId] as const] : [],
      );
    }
  }
  try {
    const title = (joined: number) => `Pair ${formatCounted(joined, 'mask')} by likeness`;
    return await joinMany(file, title, pages(), options);
  } finally {
    images.release();
  }
}
