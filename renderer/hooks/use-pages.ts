import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { ChangedPart } from '../../shared/contract/contract.ts';
import type { ProblemData } from '../../shared/model/problem.ts';
import { engine } from '../connection.ts';
import { useConnection } from '../stores/connection-store.ts';
import { coalesce } from './coalesce.ts';
import { createPageStore, type FetchPage } from './page-store.ts';
import { rowAt } from './paged-rows.ts';

export interface Pages<T> {
  /** Null until the first page arrived. */
  readonly total: number | null;
  readonly problem: ProblemData | null;
  /** A row, or undefined while it is on the way. */
  readonly row: (index: number) => T | undefined;
  /** To be told which rows are in sight. */
  readonly see: (first: number, end: number) => void;
  readonly refresh: () => void;
}

/**
 * A list too long to hold, read in pages as it is looked at, and read again when one of `parts` of the
 * submission changes or the engine is back. `key` names the list: another key is another list.
 */
export function usePages<T>(
  key: string,
  submissionId: string,
  parts: readonly ChangedPart[],
  fetchPage: FetchPage<T>,
): Pages<T> {
  const fetchRef = useRef(fetchPage);
  fetchRef.current = fetchPage;
  const { store } = useMemo(
    () => ({ key, store: createPageStore<T>((offset, limit) => fetchRef.current(offset, limit)) }),
    [key],
  );
  const state = useSyncExternalStore(store.subscribe, store.state);
  const generation = useConnection((connection) => connection.generation);
  const partList = parts.join();

  useEffect(() => {
    store.see(0, 1);
    const wanted = new Set(partList.split(','));
    const { ask, cancel } = coalesce(store.refresh, 300);
    const stop = engine.on('submission.changed', (event) => {
      if (event.id === submissionId && event.parts.some((part) => wanted.has(part))) ask();
    });
    return () => {
      stop();
      cancel();
    };
  }, [store, submissionId, partList]);

  const seen = useRef(generation);
  useEffect(() => {
    if (seen.current !== generation) store.refresh();
    seen.current = generation;
  }, [store, generation]);

  const { held } = state;
  const row = useCallback((index: number) => rowAt(held, index), [held]);
  return {
    total: held.total,
    problem: state.problem,
    row,
    see: store.see,
    refresh: store.refresh,
  };
}
