import { KEPT, type PairReason, type PairWhy, type ProposalReason } from '../../../../shared/model/pair.ts';
import { formatCount, formatCounted } from '../../../../shared/rules/format-quantities.ts';

/** Why a mask is left open, after its name. */
export const whyWords: Readonly<Record<PairWhy, string>> = {
  several: 'fits several images equally',
  number: 'has a number of its own: perhaps that of another image',
};

/** The same for many masks, after their number. */
export function whyManyWords(why: PairWhy, count: number): string {
  const masks = `${formatCount(count)} ${count === 1 ? 'mask' : 'masks'}`;
  if (why === 'several') return `${masks} ${count === 1 ? 'fits' : 'fit'} several images equally`;
  return `${masks} ${count === 1 ? 'has' : 'have'} a number in the name that may be that of another image`;
}

const reasonWords: Readonly<Record<PairReason | ProposalReason, string>> = {
  'on-disk': 'still on disk',
  'longest-name': 'longest name in common',
  'same-extension': 'same file type',
  'full-format': 'not a preview format',
  'nearest-folder': 'nearest folder',
  newest: 'newer',
  'only-one': 'the only image near',
  'same-name': 'same name',
  'alike-name': 'name alike',
  'same-number': 'same number',
  'same-folder': 'same folder',
  'near-folder': 'folder near by',
};

/** What speaks for a partner, in a few words. */
export function reasonsText(reasons: readonly (PairReason | ProposalReason)[]): string {
  return reasons.map((reason) => reasonWords[reason]).join(', ');
}

/** Sureness from 0 to 1 as people read it. */
export function surenessText(sureness: number): string {
  return `${Math.round(sureness * 100)} %`;
}

/** Who joined a pair. */
export function byWords(by: string, ruleIds: readonly string[]): string {
  if (by === 'manual') return 'by hand';
  if (by === 'labels') return 'label image inside';
  if (by === KEPT) return 'as before it was renamed';
  const number = ruleIds.indexOf(by) + 1;
  return number > 0 ? `by rule ${formatCount(number)}` : 'by a rule';
}

/** What a rule finds: pairs, and masks that it leaves to a person. */
export function findsWords(pairs: number, open: number): string {
  const parts = [
    ...(pairs > 0 ? [formatCounted(pairs, 'pair')] : []),
    ...(open > 0 ? [`${formatCount(open)} to decide`] : []),
  ];
  return parts.length === 0 ? 'finds nothing more' : parts.join(', ');
}
