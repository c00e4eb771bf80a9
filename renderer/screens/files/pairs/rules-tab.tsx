import type { PairingRule } from '../../../../shared/model/pair.ts';
import { Button } from '../../../components/button.tsx';
import { findsWords } from './pair-words.ts';
import { PairsPreview } from './pairs-preview.tsx';
import { RuleRow } from './rule-row.tsx';
import { RuleSuggestions } from './rule-suggestions.tsx';
import { addedRule, changedRule, completeRules, movedRule, removedRule, ruleFault } from './rules.ts';
import styles from './rules-tab.module.css';
import { usePreview } from './use-preview.ts';

/** The rules with what they would find, and rules that would find more. */
export function RulesTab({
  submissionId,
  rules,
  onEdit,
}: {
  readonly submissionId: string;
  readonly rules: readonly PairingRule[];
  readonly onEdit: (rules: readonly PairingRule[]) => void;
}) {
  const preview = usePreview(submissionId, completeRules(rules));
  return (
    <div className={styles.columns}>
      <div className={styles.rules}>
        <RuleSuggestions
          submissionId={submissionId}
          rules={rules}
          onAdd={(one) => onEdit(addedRule(rules, one))}
        />
        <ul className={styles.list}>
          {rules.map((rule, index) => (
            <RuleRow
              key={rule.id}
              rule={rule}
              number={index + 1}
              isLast={index === rules.length - 1}
              fault={ruleFault(rule)}
              finds={
                preview.found && !preview.waiting
                  ? findsWords(preview.found.byRule[rule.id] ?? 0, preview.found.openByRule[rule.id] ?? 0)
                  : null
              }
              onChange={(edit) => onEdit(changedRule(rules, rule.id, edit))}
              onMove={(by) => onEdit(movedRule(rules, rule.id, by))}
              onRemove={() => onEdit(removedRule(rules, rule.id))}
            />
          ))}
        </ul>
        <Button small icon="add" onClick={() => onEdit(addedRule(rules))}>
          Add a rule
        </Button>
      </div>
      <div className={styles.side}>
        <PairsPreview preview={preview} rules={rules} />
        <Legend />
      </div>
    </div>
  );
}

function Legend() {
  return (
    <details className={styles.help}>
      <summary>What stands for what in a pattern</summary>
      <dl className={styles.legend}>
        <dt>{'{x}'}</dt>
        <dd>the same text in both names</dd>
        <dt>{'{#n}'}</dt>
        <dd>the same number, whatever zeros stand before it</dd>
        <dt>{'{#n+1}'}</dt>
        <dd>one more: mask 001 belongs to image 0</dd>
        <dt>{'{dirs}'}</dt>
        <dd>the same folders before, perhaps none</dd>
        <dt>{'{below}'}</dt>
        <dd>the same folders between, perhaps none</dd>
        <dt>{'{a|b}'}</dt>
        <dd>one of these words</dd>
        <dt>{'{ext}'}</dt>
        <dd>any one extension</dd>
        <dt>*</dt>
        <dd>any text within a name; a number of its own in it is left to you</dd>
        <dt>**</dt>
        <dd>any text, numbers too</dd>
        <dt>{'{all}'}</dt>
        <dd>any text in the image’s name: the mask belongs to all of these images</dd>
      </dl>
    </details>
  );
}
