import type { DepositStep } from '../../../shared/model/transfer.ts';
import { Icon, type IconName } from '../../components/icons.tsx';
import { Section } from './section.tsx';
import styles from './step-list.module.css';

const marks: Readonly<Record<DepositStep['state'], { readonly icon: IconName; readonly word: string }>> = {
  waiting: { icon: 'minus', word: 'to come' },
  running: { icon: 'arrowRight', word: 'now' },
  done: { icon: 'check', word: 'done' },
  failed: { icon: 'must', word: 'failed' },
};

/** The steps of the deposit in order: which are done, which runs, which are to come. */
export function StepList({ steps }: { readonly steps: readonly DepositStep[] }) {
  if (steps.length === 0) return null;
  return (
    <Section title="Steps">
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li
            key={step.id}
            className={styles.step}
            data-state={step.state}
            aria-current={step.state === 'running' ? 'step' : undefined}
          >
            <Icon name={marks[step.state].icon} />
            <span className={styles.words}>
              <span className={styles.title}>
                {step.title}
                <span className="hidden-visually">, {marks[step.state].word}</span>
              </span>
              {step.detail && <span className={styles.detail}>{step.detail}</span>}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
