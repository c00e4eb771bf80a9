import type { MethodRange } from '../../../shared/destinations/profile.ts';
import { formatBytes } from '../../../shared/rules/format-quantities.ts';

/** The sizes a method is meant for: `Meant for less than 50 GB in all, files below 20 GB each.` */
export function methodLimits({ totalBelow, fileBelow, totalInclusive }: MethodRange): string {
  const parts: string[] = [];
  if (totalBelow !== null) {
    parts.push(`${totalInclusive ? 'up to' : 'less than'} ${formatBytes(totalBelow)} in all`);
  }
  if (fileBelow !== null) parts.push(`files below ${formatBytes(fileBelow)} each`);
  return parts.length === 0 ? 'Meant for any size.' : `Meant for ${parts.join(', ')}.`;
}
