import type { FindingCounts, FindingGroup, FindingLevel } from '../../../shared/model/finding.ts';
import { formatCount, formatCounted } from '../../../shared/rules/format-quantities.ts';

export const levels: readonly FindingLevel[] = ['must', 'should', 'may'];

/** What a level means, as the heading of its groups. */
export const levelWords: Readonly<Record<FindingLevel, { readonly title: string; readonly help: string }>> = {
  must: {
    title: 'Must be fixed',
    help: 'The archive refuses these, or a curator sends them back.',
  },
  should: { title: 'Should be fixed', help: 'It can be sent, but people will suffer from it.' },
  may: { title: 'Worth a look', help: 'Perhaps right as it is. You know better.' },
};

/** One identity a group: a rule may find things of more than one level. */
export function groupKey(group: Pick<FindingGroup, 'rule' | 'level'>): string {
  return `${group.level} ${group.rule}`;
}

/** Groups of a level, the largest first; groups of one size keep their order. */
export function groupsOf(groups: readonly FindingGroup[], level: FindingLevel): readonly FindingGroup[] {
  return groups.filter((group) => group.level === level).toSorted((a, b) => b.count - a.count);
}

/**
 * `Fix all 1,204`, `Fix 3 of 12`, `Fix it`, and in the same way `Leave out all 5` where the fix is to send less, because
 * that is not what a person expects of mending; null when nothing can be fixed safely.
 */
export function fixAllTitle(group: Pick<FindingGroup, 'count' | 'fixable' | 'fixTitle'>): string | null {
  const { count, fixable, fixTitle } = group;
  if (fixable === 0) return null;
  const leavesOut = /^Leave .*\bout$/.test(fixTitle ?? '');
  if (count === 1) return leavesOut ? 'Leave it out' : 'Fix it';
  const verb = leavesOut ? 'Leave out' : 'Fix';
  return fixable < count
    ? `${verb} ${formatCount(fixable)} of ${formatCount(count)}`
    : `${verb} all ${formatCount(count)}`;
}

/** The state of things in one sentence, as the head of the room. */
export function countsSentence(counts: FindingCounts): string {
  if (counts.must > 0) {
    return `${formatCounted(counts.must, 'thing')} must be fixed before this can be sent.`;
  }
  return counts.should + counts.may > 0
    ? 'Nothing must be fixed. What is listed here is for you to judge.'
    : 'Nothing must be fixed.';
}

/** Findings by level, over some groups. */
export function countGroups(groups: readonly FindingGroup[]): FindingCounts {
  const counts = { must: 0, should: 0, may: 0 };
  for (const group of groups) counts[group.level] += group.count;
  return counts;
}
