import type { ImageInfo, PlaneFacts } from '../../../shared/imaging/image-info.ts';
import type { Pair } from '../../../shared/model/pair.ts';
import { type LookItem, type LookTarget, pairItem } from './look-item.ts';

export function sameTarget(a: LookTarget, b: LookTarget): boolean {
  return a.entryId === b.entryId && a.part === b.part;
}

/** All masks that can be laid over an image: those it is paired with, and label images inside it. */
export function maskTargets(item: LookItem, pairs: readonly Pair[], labels: readonly string[]): LookTarget[] {
  const { image, mask } = item;
  const all = [
    ...(mask ? [mask] : []),
    ...pairs
      .filter((pair) => pair.imageEntryId === image.entryId)
      .flatMap((pair) => pairItem(pair).mask ?? []),
    ...labels.map((part) => ({ ...image, part })),
  ];
  return all.filter((target, index) => all.findIndex((other) => sameTarget(other, target)) === index);
}

/** How many labels a plane of a mask has, in words. Counted on a coarser level it is only about right. */
export function maskFactsText(facts: PlaneFacts, info: ImageInfo): string {
  const labels = facts.distinct - (facts.zeroShare > 0 ? 1 : 0);
  if (labels <= 0) return 'This plane of the mask is empty: every pixel is background.';
  const about = info.levels.length > 1 ? 'About ' : '';
  const count = `${about}${labels.toLocaleString('en')} ${labels === 1 ? 'label' : 'labels'} on this plane`;
  const background = facts.zeroShare === 0 ? ', no background' : '';
  return `${count}${background}.`;
}
