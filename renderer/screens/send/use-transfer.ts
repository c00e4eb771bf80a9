import { useCallback, useEffect, useState } from 'react';
import { type ProblemData, problemOf } from '../../../shared/model/problem.ts';
import type { TransferSnapshot } from '../../../shared/model/transfer.ts';
import { engine } from '../../connection.ts';
import { useConnection } from '../../stores/connection-store.ts';

export interface Transfer {
  /** The newest truth; null until the first came. */
  readonly snapshot: TransferSnapshot | null;
  readonly problem: ProblemData | null;
  readonly reload: () => void;
}

/**
 * Follows the transfer of a submission, whoever started it: another window, the one before a reload. What is
 * told while an answer is on its way is newer than the answer.
 */
export function useTransfer(id: string): Transfer {
  const [held, setHeld] = useState<{ readonly id: string; readonly snapshot: TransferSnapshot } | null>(null);
  const [problem, setProblem] = useState<ProblemData | null>(null);
  const [asked, setAsked] = useState(0);
  const generation = useConnection((state) => state.generation);

  useEffect(() => {
    if (asked < 0 || generation < 0) return;
    let told = false;
    let over = false;
    const take = (snapshot: TransferSnapshot) => {
      setHeld({ id, snapshot });
      setProblem(null);
    };
    const read = () => {
      told = false;
      engine.call('send.status', { id }).then(
        (snapshot) => !over && !told && take(snapshot),
        (thrown: unknown) => !over && setProblem(problemOf(thrown)),
      );
    };
    const stopProgress = engine.on('send.progress', (event) => {
      if (event.id !== id) return;
      told = true;
      take(event.snapshot);
    });
    const stopChanges = engine.on('submission.changed', (event) => {
      if (event.id === id && event.parts.includes('send')) read();
    });
    read();
    return () => {
      over = true;
      stopProgress();
      stopChanges();
    };
  }, [id, generation, asked]);

  const reload = useCallback(() => setAsked((count) => count + 1), []);
  return { snapshot: held?.id === id ? held.snapshot : null, problem, reload };
}
