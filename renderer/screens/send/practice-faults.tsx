import { useState } from 'react';
import type { Fault } from '../../../shared/model/practice.ts';
import { Checkbox } from '../../components/field.tsx';
import { Icon } from '../../components/icons.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { engine } from '../../connection.ts';
import { useAnswer } from '../../hooks/use-answer.ts';
import { showProblem } from '../../stores/toast-store.ts';
import { faultWords, withFault } from './fault-words.ts';
import styles from './practice-faults.module.css';

/** Orders faults from the practice archive, to see beforehand how trouble looks. Each happens once. */
export function PracticeFaults() {
  const status = useAnswer('practice.status', {});
  const [ordering, setOrdering] = useState<Fault[] | null>(null);
  const [answered, setAnswered] = useState<Fault[] | null>(null);
  const faults = ordering ?? answered ?? status.data?.faults ?? [];
  const order = async (next: Fault[]) => {
    setOrdering(next);
    try {
      setAnswered((await engine.call('practice.setFaults', { faults: next })).faults);
    } catch (thrown) {
      showProblem(thrown);
    } finally {
      setOrdering(null);
    }
  };
  return (
    <details className={styles.faults}>
      <summary>
        <Icon name="chevronRight" />
        Rehearse trouble
        {faults.length > 0 && <span className={styles.count}>{faults.length} on order</span>}
      </summary>
      <p className={styles.words}>
        Order some trouble and send: you see how it looks and that nothing is lost. Each happens once.
      </p>
      {status.problem && <ProblemNotice problem={status.problem} onRetry={status.reload} />}
      <ul className={styles.list}>
        {faultWords.map(({ kind, title, help }) => {
          const ordered = faults.find((fault) => fault.kind === kind);
          return (
            <li key={kind}>
              <Checkbox
                checked={ordered !== undefined}
                disabled={status.data === null}
                onChange={(event) => void order(withFault(faults, kind, event.target.checked))}
                label={
                  <>
                    <span className={styles.title}>{title}</span>
                    <span className={styles.help}>{help}</span>
                  </>
                }
              />
            </li>
          );
        })}
      </ul>
    </details>
  );
}
