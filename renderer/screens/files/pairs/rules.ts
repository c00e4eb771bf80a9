import type { PairingRule } from '../../../../shared/model/pair.ts';

/** A rule to start from, with an id no other rule has. */
export function addedRule(rules: readonly PairingRule[]): PairingRule[] {
  let number = rules.length + 1;
  while (rules.some((rule) => rule.id === `own-${number}`)) number += 1;
  return [
    ...rules,
    { id: `own-${number}`, image: '{dirs}{x}.{ext}', mask: '{dirs}{x}_mask.{ext}', enabled: true },
  ];
}

export function changedRule(
  rules: readonly PairingRule[],
  id: string,
  edit: Partial<Omit<PairingRule, 'id'>>,
): PairingRule[] {
  return rules.map((rule) => (rule.id === id ? { ...rule, ...edit } : rule));
}

export function removedRule(rules: readonly PairingRule[], id: string): PairingRule[] {
  return rules.filter((rule) => rule.id !== id);
}

/** The rules that can be tried: both patterns are written. */
export function completeRules(rules: readonly PairingRule[]): PairingRule[] {
  return rules.filter((rule) => rule.image.trim() !== '' && rule.mask.trim() !== '');
}

export function sameRules(a: readonly PairingRule[], b: readonly PairingRule[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
