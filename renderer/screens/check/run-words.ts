import type { CountedProgress } from '../../../shared/contract/call.ts';
import { formatCount } from '../../../shared/rules/format-quantities.ts';

/** A running check for its progress bar: what happens now, and the numbers above the bar. */
export function runWords(progress: CountedProgress | null): {
  now: string;
  numbers: string;
  value: number;
  max: number | null;
} {
  if (progress === null) return { now: 'Starting the check', numbers: '', value: 0, max: null };
  const { done, total, now } = progress;
  const numbers = total === null ? formatCount(done) : `${formatCount(done)} of ${formatCount(total)}`;
  return { now: now || 'Checking', numbers, value: done, max: total };
}
