import { useEffect, useState } from 'react';
import type { PairingRule } from '../../../../shared/model/pair.ts';
import { type ProblemData, problemOf } from '../../../../shared/model/problem.ts';
import { formatCounted } from '../../../../shared/rules/format-quantities.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { Skeleton } from '../../../components/states.tsx';
import { engine } from '../../../connection.ts';
import { useAnswer } from '../../../hooks/use-answer.ts';
import { showUndoable } from '../../../stores/history.ts';
import { trackSave } from '../../../stores/saving-store.ts';
import styles from './pairs-dialog.module.css';
import { PairsPreview } from './pairs-preview.tsx';
import { RuleRow } from './rule-row.tsx';
import { addedRule, changedRule, completeRules, removedRule, sameRules } from './rules.ts';

/** How masks are found by folder and name, with what the present patterns would find. */
export function PairsDialog({
  submissionId,
  onClose,
}: {
  readonly submissionId: string;
  readonly onClose: () => void;
}) {
  const kept = useAnswer('pairs.rules', { id: submissionId });
  const [edited, setEdited] = useState<readonly PairingRule[] | null>(null);
  const [problem, setProblem] = useState<ProblemData | null>(null);
  const [saving, setSaving] = useState(false);
  const rules = edited ?? kept.data?.rules ?? null;
  const changed = edited !== null && kept.data !== null && !sameRules(edited, kept.data.rules);

  const save = async () => {
    if (!rules) return;
    setSaving(true);
    try {
      const wanted = completeRules(rules);
      const { pairs } = await trackSave(engine.call('pairs.setRules', { id: submissionId, rules: wanted }));
      showUndoable(submissionId, `The rules found ${formatCounted(pairs, 'pair')}.`);
      onClose();
    } catch (thrown) {
      setProblem(problemOf(thrown));
      setSaving(false);
    }
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Pairing of images and masks"
      description="A rule is two patterns, one for the image and one for its mask. Rules are tried from the top; pairs made by hand stay."
      width="large"
      footer={
        <>
          <Button onClick={onClose}>{changed ? 'Cancel' : 'Close'}</Button>
          <Button variant="primary" disabled={!changed || saving} onClick={() => void save()}>
            Pair by these rules
          </Button>
        </>
      }
    >
      {kept.problem && <ProblemNotice problem={kept.problem} onRetry={kept.reload} />}
      {problem && <ProblemNotice problem={problem} />}
      {!rules && !kept.problem && <Skeleton rows={4} />}
      {rules && (
        <div className={styles.columns}>
          <div className={styles.rules}>
            <ul className={styles.list}>
              {rules.map((rule, index) => (
                <RuleRow
                  key={rule.id}
                  rule={rule}
                  number={index + 1}
                  onChange={(edit) => setEdited(changedRule(rules, rule.id, edit))}
                  onRemove={() => setEdited(removedRule(rules, rule.id))}
                />
              ))}
            </ul>
            <Button small icon="add" onClick={() => setEdited(addedRule(rules))}>
              Add a rule
            </Button>
            <dl className={styles.legend}>
              <dt>{'{x}'}</dt>
              <dd>the same text in both names</dd>
              <dt>{'{dirs}'}</dt>
              <dd>the same folders before, perhaps none</dd>
              <dt>{'{below}'}</dt>
              <dd>the same folders between, perhaps none</dd>
              <dt>{'{a|b}'}</dt>
              <dd>one of these words</dd>
              <dt>{'{ext}'}</dt>
              <dd>any one extension</dd>
              <dt>*</dt>
              <dd>any text within a name</dd>
            </dl>
          </div>
          <LivePreview submissionId={submissionId} rules={rules} />
        </div>
      )}
    </Dialog>
  );
}

/** Asks for a preview a moment after the last key. */
function LivePreview({
  submissionId,
  rules,
}: {
  readonly submissionId: string;
  readonly rules: readonly PairingRule[];
}) {
  const wanted = JSON.stringify(completeRules(rules));
  const [asked, setAsked] = useState(wanted);
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked(wanted), 300);
    return () => window.clearTimeout(timer);
  }, [wanted]);
  const preview = useAnswer('pairs.preview', { id: submissionId, rules: JSON.parse(asked) }, ['entries']);
  return <PairsPreview preview={preview} rules={rules} waiting={asked !== wanted} />;
}
