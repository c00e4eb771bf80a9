import type { RuleDescription } from '../library/findings.ts';
import { cellRules } from './cell-rules.ts';
import { choiceRules } from './choice-rules.ts';
import { descriptionRules } from './description-rules.ts';
import { exampleRules } from './example-rules.ts';
import { fileRules } from './file-rules.ts';
import { nameRules } from './name-rules.ts';
import { pixelRules } from './pixel-rules.ts';
import { planRules } from './plan-rules.ts';
import type { Rule } from './rule.ts';
import { walkRules } from './walk-findings.ts';

/** Every rule there is. */
export const rules: readonly Rule[] = [
  ...Object.values(planRules),
  ...Object.values(descriptionRules),
  ...Object.values(exampleRules),
  ...nameRules,
  ...Object.values(walkRules),
  ...Object.values(fileRules),
  ...Object.values(choiceRules),
  ...Object.values(cellRules),
  ...Object.values(pixelRules),
];

const byId = new Map(rules.map((rule) => [rule.id, rule]));

/**
 * The words of a rule for `count` findings; the title is to be read after the count. A rule of an older version keeps
 * its id as title until the next check.
 */
export function describeRule(id: string, count = 2): RuleDescription {
  const rule = byId.get(id);
  if (!rule)
    return { title: id, reason: 'Found by an older version of Slipway.', source: '', fixTitle: null };
  const { title, reason, source, fixTitle } = rule;
  return { title: count === 1 ? title.one : title.many, reason, source, fixTitle };
}
