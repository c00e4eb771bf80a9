import type { CountedProgress } from '../../../shared/contract/call.ts';
import type { RuleSuggestion } from '../../../shared/contract/pair-calls.ts';
import { folderOf } from '../../../shared/rules/pairing-proposals.ts';
import { suggestRules } from '../../../shared/rules/pairing-suggestions.ts';
import { waitingIds } from '../library/pair-lists.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { type Named, NameKeys } from './name-keys.ts';

/** Masks looked at: this many in a row, from so many places of the list, so that whole folders are seen. */
const IN_A_ROW = 40;
const PLACES = 8;
/** Images of one folder that are compared. */
const IMAGES_OF_A_FOLDER = 200;
const NEAR_FOLDERS = 3;

/** Rules that would pair masks which have no image, by a look at some of them and the images near them. */
export async function suggestForFile(
  file: SubmissionFile,
  options: {
    readonly signal?: AbortSignal | undefined;
    readonly progress?: ((progress: CountedProgress) => void) | undefined;
  } = {},
): Promise<RuleSuggestion[]> {
  const ids = await waitingIds(file, 'mask', '');
  if (ids.length === 0) return [];
  const lent = await NameKeys.lend(file, 'image', options);
  try {
    return suggestions(lent.value, sample(ids));
  } finally {
    lent.release();
  }
}

function suggestions(keys: NameKeys, ids: readonly number[]): RuleSuggestion[] {
  const masks = keys.named(ids);
  const images = new Map<number, Named>();
  for (const folder of new Set(masks.map(({ full }) => folderOf(full)))) {
    for (const near of keys.nearFolders(folder, NEAR_FOLDERS)) {
      for (const image of keys.inFolder(near, IMAGES_OF_A_FOLDER)) images.set(image.id, image);
    }
  }
  for (const { full } of masks) for (const image of keys.near(full)) images.set(image.id, image);
  const found = suggestRules(
    masks.map(({ full }) => full),
    [...images.values()].map(({ full }) => full),
  );
  return found.map(({ examples, ...rule }) => ({ ...rule, looked: masks.length, examples: [...examples] }));
}

function sample(ids: Uint32Array): number[] {
  if (ids.length <= IN_A_ROW * PLACES) return [...ids];
  return Array.from({ length: PLACES }, (_, place) => {
    const from = Math.floor((place * (ids.length - IN_A_ROW)) / (PLACES - 1));
    return [...ids.subarray(from, from + IN_A_ROW)];
  }).flat();
}
