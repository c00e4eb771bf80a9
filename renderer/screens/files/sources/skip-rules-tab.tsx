import type { SkipRule } from '../../../../shared/model/walk.ts';
import { formatCount } from '../../../../shared/rules/format-quantities.ts';
import { defaultSkipRules } from '../../../../shared/rules/skip-rules.ts';
import { Button } from '../../../components/button.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { useAnswer } from '../../../hooks/use-answer.ts';
import { useSettled } from '../../../hooks/use-settled.ts';
import { addedSkip, changedSkip, removedSkip, sameSkips } from './skip-edits.ts';
import { SkipRuleRow } from './skip-rule-row.tsx';
import styles from './walk-dialogs.module.css';

/** The rules for what is skipped, each with what it leaves out of these folders. */
export function SkipRulesTab({
  submissionId,
  rules,
  onRules,
}: {
  readonly submissionId: string;
  readonly rules: readonly SkipRule[];
  readonly onRules: (rules: readonly SkipRule[]) => void;
}) {
  const asked = useSettled(rules, 300);
  const { data, problem, reload } = useAnswer('skips.preview', { id: submissionId, rules: [...asked] }, [
    'sources',
  ]);
  return (
    <div className={styles.tab}>
      {problem && <ProblemNotice problem={problem} onRetry={reload} />}
      <div className={styles.buttons}>
        <Button small icon="add" onClick={() => onRules(addedSkip(rules))}>
          Add a pattern
        </Button>
        {!sameSkips(rules, defaultSkipRules) && (
          <Button small variant="quiet" onClick={() => onRules(defaultSkipRules)}>
            Back to the usual rules
          </Button>
        )}
        {data !== null && data.letIn > 0 && (
          <span className={styles.letIn} role="status">
            {formatCount(data.letIn)} {data.letIn === 1 ? 'name' : 'names'} skipped now would be looked at.
          </span>
        )}
      </div>
      <ul className={styles.rules} aria-label="Rules">
        {rules.map((rule, index) => (
          <SkipRuleRow
            key={rule.id}
            rule={rule}
            number={index + 1}
            preview={data?.rules.find(({ id }) => id === rule.id)}
            onChange={(edit) => onRules(changedSkip(rules, rule.id, edit))}
            onRemove={() => onRules(removedSkip(rules, rule.id))}
          />
        ))}
      </ul>
      <p className={styles.legend}>
        <span>
          <code>*</code> any text in a name
        </span>
        <span>
          <code>?</code> one character
        </span>
        <span>
          <code>{'{a|b}'}</code> one of these
        </span>
        <span>
          <code>raw/old</code> a path below the folder
        </span>
        <span>
          <code>**/old</code> in any folder
        </span>
        <span>
          The metadata of a Zarr (<code>.zattrs</code>, <code>.zgroup</code>, <code>.zarray</code>) is data
          and never skipped.
        </span>
      </p>
    </div>
  );
}
