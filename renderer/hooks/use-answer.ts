import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallInput, CallName, CallOutput, ChangedPart } from '../../shared/contract/contract.ts';
import { type ProblemData, problemOf } from '../../shared/model/problem.ts';
import { engine } from '../connection.ts';
import { useConnection } from '../stores/connection-store.ts';
import { coalesce } from './coalesce.ts';

export interface Answer<T> {
  /** The last good answer; kept while a newer one is on its way or failed. */
  readonly data: T | null;
  readonly problem: ProblemData | null;
  /** True while there is nothing to show yet. */
  readonly loading: boolean;
  readonly reload: () => void;
}

interface Held<T> {
  readonly key: string;
  readonly data: T | null;
  readonly problem: ProblemData | null;
}

/**
 * Asks the engine and keeps the answer fresh: asks again when the input changes, when one of `parts` of
 * the submission named by `input.id` changes, and after a lost connection. A null input asks nothing.
 */
export function useAnswer<N extends CallName>(
  name: N,
  input: CallInput<N> | null,
  parts: readonly ChangedPart[] = [],
): Answer<CallOutput<N>> {
  const key = input === null ? '' : `${name} ${JSON.stringify(input)}`;
  const [held, setHeld] = useState<Held<CallOutput<N>>>({ key: '', data: null, problem: null });
  const partList = parts.join();
  const inputRef = useRef(input);
  inputRef.current = input;
  const reloadRef = useRef<() => void>(() => {});

  useEffect(() => {
    const asked = inputRef.current;
    if (asked === null || key === '') return;
    let last = 0;
    let over = false;
    const ask = () => {
      const mine = ++last;
      engine.call(name, asked).then(
        (data) => !over && mine === last && setHeld({ key, data, problem: null }),
        (thrown: unknown) => {
          if (over || mine !== last) return;
          setHeld((now) => ({ key, data: now.key === key ? now.data : null, problem: problemOf(thrown) }));
        },
      );
    };
    const { ask: askSoon, cancel } = coalesce(ask, 200);
    askSoon();
    reloadRef.current = askSoon;
    const wanted = new Set(partList.split(','));
    const id = (asked as { id?: unknown }).id;
    const stop = engine.on('submission.changed', (event) => {
      if (event.id === id && event.parts.some((part) => wanted.has(part))) askSoon();
    });
    const stopWaiting = useConnection.subscribe((now, before) => {
      if (now.generation !== before.generation) askSoon();
    });
    return () => {
      over = true;
      cancel();
      stop();
      stopWaiting();
    };
  }, [name, key, partList]);

  const reload = useCallback(() => reloadRef.current(), []);
  const current = held.key === key;
  return {
    data: current ? held.data : null,
    problem: current ? held.problem : null,
    loading: input !== null && (!current || (held.data === null && held.problem === null)),
    reload,
  };
}
