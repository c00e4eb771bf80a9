import type { Pair, PairChoices, PairReason, PairWhy } from '../../../shared/model/pair.ts';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import { Slices } from './in-slices.ts';
import { type JoinOptions, joinMany } from './join-many.ts';
import { waitingIds } from './pair-lists.ts';
import { isOpenSql } from './pair-open.ts';
import { pairColumns, pairCount } from './pairs.ts';
import type { SubmissionFile } from './submission-file.ts';

const MASKS_AT_ONCE = 2000;
const MOST_SHOWN = 100;
const MOST_WANTED_BY = 20;

/** One page of the masks that the rules leave to a person, by path. */
export async function choicesPage(
  file: SubmissionFile,
  query: { readonly offset: number; readonly limit: number; readonly text: string },
): Promise<{ total: number; rows: PairChoices[] }> {
  const ids = await waitingIds(file, 'open', query.text);
  const wanted = ids.subarray(query.offset, query.offset + query.limit);
  return { total: ids.length, rows: choicesOf(file, [...wanted]) };
}

/** How many pairs there are, masks to decide about, and masks and images without a partner. */
export async function waitingCounts(
  file: SubmissionFile,
): Promise<{ pairs: number; open: number; masks: number; images: number }> {
  const open = (await waitingIds(file, 'open', '')).length;
  const masks = (await waitingIds(file, 'mask', '')).length;
  const images = (await waitingIds(file, 'image', '')).length;
  return { pairs: pairCount(file), open, masks, images };
}

/** The choices of some masks, in the order asked; those with nothing to choose are left out. */
export function choicesOf(file: SubmissionFile, maskIds: readonly number[]): PairChoices[] {
  const rows = file.all<{
    maskEntryId: number;
    maskPath: string;
    rule: string;
    why: PairWhy;
    imageEntryId: number;
    imagePath: string;
    reasons: string;
  }>(
    `SELECT mask_entry_id AS maskEntryId, mask.path AS maskPath, rule, why, image_entry_id AS imageEntryId,
       image.path AS imagePath, reasons
     FROM json_each(?) asked CROSS JOIN pair_choice ON mask_entry_id = asked.value
     JOIN entry mask ON mask.id = mask_entry_id JOIN entry image ON image.id = image_entry_id
     WHERE ${isOpenSql} ORDER BY asked.key, place`,
    JSON.stringify(maskIds),
  );
  const found = new Map<number, PairChoices>();
  for (const { maskEntryId, maskPath, rule, why, imageEntryId, imagePath, reasons } of rows) {
    const choice = { imageEntryId, imagePath, reasons: JSON.parse(reasons) as PairReason[] };
    const known = found.get(maskEntryId);
    if (known) known.choices.push(choice);
    else found.set(maskEntryId, { maskEntryId, maskPath, rule, why, choices: [choice] });
  }
  return [...found.values()];
}

/** What an entry is paired with, the images it may belong to while it is not, and the masks that may belong to it. */
export function pairsOfEntry(
  file: SubmissionFile,
  entryId: number,
): {
  pairs: Pair[];
  total: number;
  choices: PairChoices | null;
  wantedBy: { maskEntryId: number; maskPath: string }[];
  wantedByTotal: number;
} {
  const mine = 'parted = 0 AND (image_entry_id = ?1 OR mask_entry_id = ?1)';
  const pairs = file.all<Pair>(
    `SELECT ${pairColumns} FROM pair JOIN entry image ON image.id = image_entry_id
     JOIN entry mask ON mask.id = mask_entry_id WHERE ${mine} ORDER BY image.path, mask.path, pair.id LIMIT ${MOST_SHOWN}`,
    entryId,
  );
  const count = (sql: string) => file.get<{ n: number }>(`SELECT count(*) AS n ${sql}`, entryId)?.n ?? 0;
  const wanted = `FROM pair_choice WHERE image_entry_id = ? AND ${isOpenSql}`;
  return {
    pairs,
    total: pairs.length < MOST_SHOWN ? pairs.length : count(`FROM pair WHERE ${mine}`),
    choices: choicesOf(file, [entryId])[0] ?? null,
    wantedBy: file.all(
      `SELECT mask_entry_id AS maskEntryId, (SELECT path FROM entry WHERE id = mask_entry_id) AS maskPath
       ${wanted} ORDER BY mask_entry_id LIMIT ${MOST_WANTED_BY}`,
      entryId,
    ),
    wantedByTotal: count(wanted),
  };
}

/** How many masks each rule leaves open, by why. */
export async function choiceKinds(
  file: SubmissionFile,
): Promise<{ rule: string; why: PairWhy; count: number }[]> {
  const kinds = new Map<string, { rule: string; why: PairWhy; count: number }>();
  for await (const rows of openChoices(file)) {
    for (const { rule, why } of rows) {
      const kind = kinds.get(`${why} ${rule}`) ?? { rule, why, count: 0 };
      kind.count++;
      kinds.set(`${why} ${rule}`, kind);
    }
  }
  return [...kinds.values()].sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1));
}

/** Joins every mask left open by a rule for one reason to its likeliest image; one step for undo. Returns how many. */
export async function takeFirstChoices(
  file: SubmissionFile,
  { rule, why }: { readonly rule: string; readonly why: PairWhy },
  options: JoinOptions,
): Promise<number> {
  async function* pages() {
    for await (const rows of openChoices(file)) {
      yield rows
        .filter((row) => row.rule === rule && row.why === why)
        .map(({ mask, image }) => [mask, image] as const);
    }
  }
  return await joinMany(
    file,
    (joined) => `Pair ${formatCounted(joined, 'mask')} with the likeliest image`,
    pages(),
    options,
  );
}

interface OpenChoice {
  readonly mask: number;
  readonly image: number;
  readonly rule: string;
  readonly why: PairWhy;
}

/** The likeliest image of every mask left open, in pages. */
async function* openChoices(file: SubmissionFile): AsyncGenerator<OpenChoice[]> {
  const slices = new Slices();
  for (let after = -1; ; ) {
    const rows: OpenChoice[] = file.all<OpenChoice>(
      `SELECT mask_entry_id AS mask, image_entry_id AS image, rule, why FROM pair_choice
       WHERE mask_entry_id > ? AND place = 0 AND ${isOpenSql} ORDER BY mask_entry_id LIMIT ${MASKS_AT_ONCE}`,
      after,
    );
    yield rows;
    if (rows.length < MASKS_AT_ONCE) return;
    after = rows.at(-1)?.mask ?? after;
    await slices.turn();
  }
}
