import { useEffect, useState } from 'react';
import type { CountedProgress } from '../../../../shared/contract/call.ts';
import type { PairPreview } from '../../../../shared/contract/pair-calls.ts';
import type { PairingRule } from '../../../../shared/model/pair.ts';
import { type ProblemData, problemOf } from '../../../../shared/model/problem.ts';
import { engine } from '../../../connection.ts';

export interface Preview {
  /** What was found so far, or in all; null before the first news. */
  readonly found: PairPreview | null;
  /** Null once all was looked at. */
  readonly progress: CountedProgress | null;
  readonly problem: ProblemData | null;
  /** True from the first key on until the new rules tell something. */
  readonly waiting: boolean;
}

const nothing: Preview = { found: null, progress: null, problem: null, waiting: true };
/** After the last key. */
const WAIT_MS = 250;

/** What rules would find, as it is found. Other rules stop the look for the ones before. */
export function usePreview(submissionId: string, rules: readonly PairingRule[]): Preview {
  const [preview, setPreview] = useState(nothing);
  const [again, setAgain] = useState(0);
  // A new number asks the same once more.
  const key = JSON.stringify([again, rules]);
  useEffect(
    () =>
      engine.on('submission.changed', ({ id, parts }) => {
        if (id === submissionId && parts.includes('pairs')) setAgain((n) => n + 1);
      }),
    [submissionId],
  );
  useEffect(() => {
    const stop = new AbortController();
    setPreview((now) => ({ ...now, waiting: true }));
    const timer = window.setTimeout(() => {
      const [, rulesAsked] = JSON.parse(key) as [number, PairingRule[]];
      engine
        .call(
          'pairs.preview',
          { id: submissionId, rules: rulesAsked },
          {
            signal: stop.signal,
            onProgress: ({ soFar, ...progress }) => {
              if (!stop.signal.aborted) setPreview({ found: soFar, progress, problem: null, waiting: false });
            },
          },
        )
        .then(
          (found) =>
            !stop.signal.aborted && setPreview({ found, progress: null, problem: null, waiting: false }),
          (thrown: unknown) =>
            !stop.signal.aborted &&
            setPreview({ found: null, progress: null, problem: problemOf(thrown), waiting: false }),
        );
    }, WAIT_MS);
    return () => {
      window.clearTimeout(timer);
      stop.abort();
    };
  }, [submissionId, key]);
  return preview;
}
