import type { MethodRange, Profile } from '../destinations/profile.ts';
import type { MethodId } from '../model/plan.ts';
import { formatBytes, formatExactBytes } from './format-quantities.ts';

/** What there is to send; bytes. */
export interface Totals {
  readonly files: number;
  readonly bytes: number;
  readonly largest: number;
}

export interface MethodChoice {
  readonly method: MethodId;
  /** What the sizes alone would imply. */
  readonly bySize: MethodId;
  /** True when the method in force is meant for smaller sizes than these. */
  readonly overLimit: boolean;
  /** Why, in a sentence or two. */
  readonly reason: string;
}

/**
 * Picks the way to send by the profile's thresholds, or takes the one a person chose and says what the archive
 * would have. Source of thresholds: the profile.
 */
export function chooseMethod(
  profile: Profile,
  totals: Totals,
  chosen: MethodId | 'auto' = 'auto',
): MethodChoice {
  const bySize = profile.methods.find((range) => obstacle(range, totals) === null) ?? profile.methods.at(-1);
  if (!bySize) throw new Error(`Profile ${profile.id} declares no method.`);
  const range = profile.methods.find((candidate) => candidate.method === chosen) ?? bySize;
  const against = obstacle(range, totals);
  return {
    method: range.method,
    bySize: bySize.method,
    overLimit: against !== null,
    reason: range === bySize ? reasonBySize(profile, bySize, totals) : reasonByChoice(range, bySize, against),
  };
}

/** Why a method is not meant for these sizes, as a clause; null when it is. */
function obstacle(range: MethodRange, totals: Totals): string | null {
  const { totalBelow, fileBelow, totalInclusive } = range;
  if (totalBelow !== null && (totalInclusive ? totals.bytes > totalBelow : totals.bytes >= totalBelow)) {
    const limit = totalInclusive
      ? `up to ${formatBytes(totalBelow)}`
      : `less than ${formatBytes(totalBelow)}`;
    return `there are ${told(totals.bytes, totalBelow)} to send and it is meant for ${limit}`;
  }
  if (fileBelow !== null && totals.largest >= fileBelow) {
    return `the largest file has ${told(totals.largest, fileBelow)} and it is meant for files below ${formatBytes(fileBelow)}`;
  }
  return null;
}

/** Bytes in short, or exactly where the short form would read like the limit. */
function told(bytes: number, limit: number): string {
  return bytes !== limit && formatBytes(bytes) === formatBytes(limit)
    ? formatExactBytes(bytes)
    : formatBytes(bytes);
}

function reasonBySize(profile: Profile, range: MethodRange, totals: Totals): string {
  const before = profile.methods[profile.methods.indexOf(range) - 1];
  if (!before) {
    const total = range.totalBelow === null ? '' : `, below ${formatBytes(range.totalBelow)}`;
    const file = range.fileBelow === null ? '' : `, every file below ${formatBytes(range.fileBelow)}`;
    const bytes =
      range.totalBelow === null ? formatBytes(totals.bytes) : told(totals.bytes, range.totalBelow);
    return `${range.title}: ${bytes} to send${total}${file}.`;
  }
  return `${range.title}, not ${inSentence(before.title)}: ${obstacle(before, totals) ?? 'by size'}.`;
}

function reasonByChoice(range: MethodRange, bySize: MethodRange, against: string | null): string {
  if (against !== null) {
    return `You chose ${inSentence(range.title)}, but ${against}. The archive asks for ${inSentence(bySize.title)}.`;
  }
  return `You chose ${inSentence(range.title)}. By size ${inSentence(bySize.title)} would do.`;
}

/** A title within a sentence: first letter small unless the word is an abbreviation. */
function inSentence(title: string): string {
  return /^[A-Z]{2}/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
}
