import type { PairChoices } from '../../../shared/model/pair.ts';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import type { NewFinding } from '../library/findings.ts';
import type { CheckedEntry } from './checked-entries.ts';
import { fileRules } from './file-rules.ts';
import { advice, found, placeOfEntry, type Rule } from './rule.ts';

export const choiceRules = {
  undecided: {
    id: 'mask-undecided',
    level: 'must',
    title: { one: 'mask may belong to several images', many: 'masks may belong to several images' },
    reason:
      'The pairing rules fit several images equally, or only one that is not certain. The file list must name the right one.',
    source: 'BioImage Archive, Submit Annotations page: Source Image is mandatory',
    fixTitle: null,
  },
} as const satisfies Record<string, Rule>;

/**
 * The findings of an entry, where a mask that waits for a person's choice does not count as one without an image.
 * @param choices the images the mask may belong to; undefined when nothing is to be chosen
 */
export function withChoice(
  entry: CheckedEntry,
  findings: readonly NewFinding[],
  choices: PairChoices | undefined,
): NewFinding[] {
  const isAlone = ({ rule }: NewFinding) => rule === fileRules.maskAlone.id;
  if (!choices || !findings.some(isAlone)) return [...findings];
  const [first] = choices.choices;
  const likeliest = first ? `; the likeliest is ${first.imagePath}` : '';
  const message =
    choices.why === 'several'
      ? `It fits ${formatCounted(choices.choices.length, 'image')} equally${likeliest}.`
      : `The number in its name may be that of another image${likeliest}.`;
  const finding = found(
    choiceRules.undecided,
    placeOfEntry(entry),
    message,
    advice('Choose its image under Files, Pairing, To decide'),
  );
  return [...findings.filter((one) => !isAlone(one)), finding];
}
