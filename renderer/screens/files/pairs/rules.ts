import type { PairingRule } from '../../../../shared/model/pair.ts';
import { compileRule, PatternFault } from '../../../../shared/rules/pairing-patterns.ts';

/** A rule to start from, or one that was suggested, with an id no other rule has. */
export function addedRule(
  rules: readonly PairingRule[],
  patterns: { readonly image: string; readonly mask: string } = {
    image: '{dirs}{x}.{ext}',
    mask: '{dirs}{x}_mask.{ext}',
  },
): PairingRule[] {
  let number = rules.length + 1;
  while (rules.some((rule) => rule.id === `own-${number}`)) number += 1;
  return [...rules, { id: `own-${number}`, image: patterns.image, mask: patterns.mask, enabled: true }];
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

/** The rules with one of them a place further up (-1) or down (1), as far as that goes. */
export function movedRule(rules: readonly PairingRule[], id: string, by: -1 | 1): PairingRule[] {
  const at = rules.findIndex((rule) => rule.id === id);
  const other = rules[at + by];
  const rule = rules[at];
  if (!rule || !other) return [...rules];
  return rules.map((one, index) => (index === at ? other : index === at + by ? rule : one));
}

/** What is wrong with a rule that is written but cannot be read, for the person who writes it; null for nothing. */
export function ruleFault(rule: PairingRule): string | null {
  if (!isWritten(rule)) return null;
  try {
    compileRule(rule);
    return null;
  } catch (error) {
    if (error instanceof PatternFault) return error.message;
    throw error;
  }
}

/** The rules that can be tried: both patterns are written and can be read. */
export function completeRules(rules: readonly PairingRule[]): PairingRule[] {
  return rules.filter((rule) => isWritten(rule) && ruleFault(rule) === null);
}

export function sameRules(a: readonly PairingRule[], b: readonly PairingRule[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isWritten(rule: PairingRule): boolean {
  return rule.image.trim() !== '' && rule.mask.trim() !== '';
}
