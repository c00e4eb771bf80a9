import type { SkipRule } from '../../../../shared/model/walk.ts';

/** The rules with one of them changed. */
export function changedSkip(
  rules: readonly SkipRule[],
  id: string,
  edit: Partial<Omit<SkipRule, 'id'>>,
): SkipRule[] {
  return rules.map((rule) => (rule.id === id ? { ...rule, ...edit } : rule));
}

/** The rules with an empty one before them: the first that fits gives its reason. */
export function addedSkip(rules: readonly SkipRule[]): SkipRule[] {
  const taken = new Set(rules.map(({ id }) => id));
  let number = 1;
  while (taken.has(`own-${number}`)) number++;
  return [{ id: `own-${number}`, pattern: '', reason: '', enabled: true }, ...rules];
}

export function removedSkip(rules: readonly SkipRule[], id: string): SkipRule[] {
  return rules.filter((rule) => rule.id !== id);
}

/** Those that say something: a row that was added and left empty is no rule. */
export function completeSkips(rules: readonly SkipRule[]): SkipRule[] {
  return rules
    .map((rule) => ({ ...rule, pattern: rule.pattern.trim(), reason: rule.reason.trim() }))
    .filter(({ pattern }) => pattern !== '');
}

export function sameSkips(one: readonly SkipRule[], other: readonly SkipRule[]): boolean {
  return JSON.stringify(completeSkips(one)) === JSON.stringify(completeSkips(other));
}
