import { useEffect, useState } from 'react';
import type { CountedProgress } from '../../../../shared/contract/call.ts';
import type { RuleSuggestion } from '../../../../shared/contract/pair-calls.ts';
import type { PairingRule } from '../../../../shared/model/pair.ts';
import { type ProblemData, problemOf } from '../../../../shared/model/problem.ts';
import { formatCount } from '../../../../shared/rules/format-quantities.ts';
import { Button } from '../../../components/button.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { MiddleTruncate } from '../../../components/quantities.tsx';
import { engine } from '../../../connection.ts';
import styles from './rules-tab.module.css';

interface State {
  readonly progress: CountedProgress | null;
  readonly suggestions: readonly RuleSuggestion[] | null;
  readonly problem: ProblemData | null;
}

/** Rules that would pair the masks that have no image yet. Nothing is shown when there are none. */
export function RuleSuggestions({
  submissionId,
  rules,
  onAdd,
}: {
  readonly submissionId: string;
  readonly rules: readonly PairingRule[];
  readonly onAdd: (suggestion: RuleSuggestion) => void;
}) {
  const { progress, suggestions, problem } = useSuggestions(submissionId);
  if (problem) return <ProblemNotice problem={problem} />;
  if (suggestions === null) {
    return progress && <Progress now={progress.now} value={progress.done} max={progress.total} />;
  }
  const has = ({ image, mask }: RuleSuggestion) =>
    rules.some((rule) => rule.image === image && rule.mask === mask);
  const fresh = suggestions.filter((one) => !has(one));
  if (fresh.length === 0) return null;
  return (
    <section className={styles.suggestions} aria-label="Suggested rules">
      <h3>Rules that would pair what is left</h3>
      <ul>
        {fresh.map((one) => (
          <li key={`${one.image} ${one.mask}`} className={styles.suggestion}>
            <div className={styles.suggested}>
              <code>
                <MiddleTruncate text={one.image} />
              </code>
              <code>
                <MiddleTruncate text={one.mask} />
              </code>
              <p className={styles.soft}>
                Pairs {formatCount(one.matches)} of {formatCount(one.looked)} masks looked at
                {one.examples[0] && (
                  <MiddleTruncate text={`${one.examples[0].image} + ${one.examples[0].mask}`} />
                )}
              </p>
            </div>
            <Button small icon="add" aria-label={`Add the rule ${one.mask}`} onClick={() => onAdd(one)}>
              Add
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useSuggestions(submissionId: string): State {
  const [state, setState] = useState<State>({ progress: null, suggestions: null, problem: null });
  const [again, setAgain] = useState(0);
  useEffect(
    () =>
      engine.on('submission.changed', ({ id, parts }) => {
        if (id === submissionId && parts.includes('pairs')) setAgain((n) => n + 1);
      }),
    [submissionId],
  );
  const key = `${again} ${submissionId}`;
  useEffect(() => {
    const stop = new AbortController();
    const put = (next: State) => !stop.signal.aborted && setState(next);
    const timer = window.setTimeout(() => {
      engine
        .call(
          'pairs.suggest',
          { id: key.slice(key.indexOf(' ') + 1) },
          {
            signal: stop.signal,
            onProgress: (progress) => put({ progress, suggestions: null, problem: null }),
          },
        )
        .then(
          ({ suggestions }) => put({ progress: null, suggestions, problem: null }),
          (thrown: unknown) => put({ progress: null, suggestions: null, problem: problemOf(thrown) }),
        );
    }, 300);
    return () => {
      window.clearTimeout(timer);
      stop.abort();
    };
  }, [key]);
  return state;
}
