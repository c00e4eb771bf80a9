import { useCallback, useEffect, useState } from 'react';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import { type ProblemData, problemOf } from '../../../shared/model/problem.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icons.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { engine } from '../../connection.ts';
import styles from './network-section.module.css';
import { Section } from './section.tsx';

/** Whether the archive answers from here, in words. Asked on entering and on request. */
export function NetworkSection({ id }: { readonly id: string }) {
  const [answer, setAnswer] = useState<CallOutput<'network.check'> | null>(null);
  const [problem, setProblem] = useState<ProblemData | null>(null);
  const [asking, setAsking] = useState(false);

  const ask = useCallback(async () => {
    setAsking(true);
    try {
      setAnswer(await engine.call('network.check', { id }));
      setProblem(null);
    } catch (thrown) {
      setProblem(problemOf(thrown));
    } finally {
      setAsking(false);
    }
  }, [id]);
  useEffect(() => void ask(), [ask]);

  return (
    <Section
      title="Network"
      aside={
        <Button
          small
          variant="quiet"
          icon="refresh"
          aria-disabled={asking || undefined}
          onClick={() => void (asking || ask())}
        >
          Ask again
        </Button>
      }
    >
      {problem && <ProblemNotice problem={problem} />}
      <p
        className={styles.answer}
        data-reachable={asking || !answer ? undefined : answer.reachable}
        role="status"
      >
        {(asking || (!answer && !problem)) && (
          <>
            <Icon name="clock" /> Asking the archive whether it answers
          </>
        )}
        {!asking && answer && (
          <>
            <Icon name={answer.reachable ? 'checkCircle' : 'should'} />
            <span>{answer.words}</span>
          </>
        )}
      </p>
      {!asking && answer && !answer.reachable && (
        <p className={styles.soft}>Everything else works without the network; only sending waits for it.</p>
      )}
    </Section>
  );
}
