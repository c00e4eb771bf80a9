import type { ReactNode } from 'react';
import type { ProblemData } from '../../shared/model/problem.ts';
import { Button } from './button.tsx';
import { Icon } from './icons.tsx';
import styles from './problem-notice.module.css';

/** What went wrong, why, and what to do; with a way to try again where that helps. */
export function ProblemNotice({
  problem,
  onRetry,
  children,
}: {
  readonly problem: ProblemData;
  readonly onRetry?: () => void;
  /** Further buttons. */
  readonly children?: ReactNode;
}) {
  return (
    <div className={styles.notice} role="alert">
      <Icon name="must" />
      <div className={styles.words}>
        <p className={styles.message}>{problem.message}</p>
        {problem.cause && <p className={styles.cause}>{problem.cause}</p>}
        {problem.advice && <p>{problem.advice}</p>}
        {(onRetry || children) && (
          <div className={styles.actions}>
            {onRetry && (
              <Button small icon="refresh" onClick={onRetry}>
                Try again
              </Button>
            )}
            {children}
          </div>
        )}
      </div>
    </div>
  );
}
