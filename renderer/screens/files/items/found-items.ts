import type { CallOutput } from '../../../../shared/contract/contract.ts';
import { formatBytes } from '../../../../shared/rules/format-quantities.ts';

export type FoundItem = CallOutput<'items.found'>['rows'][number];

/** Why files are offered as one item, in a few words. */
export function reasonOf({ kind, joins, isMarked }: FoundItem): string {
  if (kind === 'ome-tiff') return 'name each other';
  if (joins !== null) return 'belong to an item that is there';
  return isMarked ? 'numbered by time, depth or channel' : 'numbered alike';
}

/** Whether an offer is chosen from the start: numbers alone may count images as well as planes of one. */
export function isLikely({ kind, joins, isMarked }: FoundItem): boolean {
  return kind === 'ome-tiff' || joins !== null || isMarked;
}

/** How large the files are: planes of one image are about alike. */
export function sizesOf({ smallest, largest }: FoundItem): string {
  const [low, high] = [formatBytes(smallest), formatBytes(largest)];
  return low === high ? `${low} each` : `${low} to ${high} each`;
}
