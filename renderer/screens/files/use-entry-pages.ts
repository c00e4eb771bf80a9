import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { EntryFilter, EntrySort } from '../../../shared/contract/file-calls.ts';
import type { Entry } from '../../../shared/model/entry.ts';
import { type ProblemData, problemOf } from '../../../shared/model/problem.ts';
import { engine } from '../../connection.ts';
import { coalesce } from '../../hooks/coalesce.ts';
import { useConnection } from '../../stores/connection-store.ts';
import {
  allStale,
  type EntryPages,
  nextPage,
  noPages,
  pageSize,
  rowAt,
  type Window,
  withPage,
} from './entry-pages.ts';

export interface EntryRows {
  readonly total: number;
  readonly bytes: number;
  readonly row: (index: number) => Entry | undefined;
  /** True until the first answer of this filter and order. */
  readonly loading: boolean;
  readonly problem: ProblemData | null;
  readonly onWindow: (first: number, end: number) => void;
  readonly retry: () => void;
}

/** Fetches at once, so that a fast scroll does not queue up pages that have left the view. */
const atOnce = 2;
/** Milliseconds between looks at an index that a scan is filling. */
const growsEvery = 2000;

/**
 * The rows of the index that are in sight, fetched by pages as they come into sight and again when the
 * index changes, and every other second while it grows. Rows of another filter or order are never shown.
 */
export function useEntryPages(id: string, filter: EntryFilter, sort: EntrySort, growing: boolean): EntryRows {
  const key = JSON.stringify([id, filter, sort]);
  const [state, setState] = useState<{ key: string; held: EntryPages; problem: ProblemData | null }>({
    key: '',
    held: noPages,
    problem: null,
  });
  const seen = useRef<Window>({ first: 0, end: 50 });
  const pump = useRef<() => void>(() => {});
  const refresh = useRef<() => void>(() => {});

  useEffect(() => {
    const [, asked, order] = JSON.parse(key) as [string, EntryFilter, EntrySort];
    const onTheWay = new Set<number>();
    let held = noPages;
    let answered = false;
    let epoch = 0;
    let over = false;
    const publish = (problem: ProblemData | null) => {
      if (!over && (answered || problem)) setState({ key, held, problem });
    };
    const fetch = async (page: number, mine: number) => {
      try {
        const answer = await engine.call('entries.page', {
          id,
          offset: page * pageSize,
          limit: pageSize,
          filter: asked,
          sort: order,
        });
        if (over || mine !== epoch) return;
        answered = true;
        held = withPage(held, page, answer, seen.current);
        publish(null);
      } catch (thrown) {
        if (over || mine !== epoch) return;
        onTheWay.add(page);
        publish(problemOf(thrown));
        return;
      }
      onTheWay.delete(page);
      next();
    };
    const next = () => {
      while (!over && onTheWay.size < atOnce) {
        const page = nextPage(held, seen.current, onTheWay);
        if (page === null) return;
        onTheWay.add(page);
        void fetch(page, epoch);
      }
    };
    const again = () => {
      epoch += 1;
      onTheWay.clear();
      held = allStale(held);
      next();
    };
    const { ask, cancel } = coalesce(again, 300);
    const stop = engine.on('submission.changed', (event) => {
      const wanted = event.parts.some(
        (part) => part === 'entries' || part === 'pairs' || part === 'findings',
      );
      if (event.id === id && wanted) ask();
    });
    pump.current = next;
    refresh.current = again;
    next();
    const stopWaiting = useConnection.subscribe((now, before) => {
      if (now.generation !== before.generation) ask();
    });
    return () => {
      over = true;
      cancel();
      stop();
      stopWaiting();
    };
  }, [id, key]);

  useEffect(() => {
    if (!growing) return;
    const timer = window.setInterval(() => refresh.current(), growsEvery);
    return () => window.clearInterval(timer);
  }, [growing]);

  const current = state.key === key;
  const held = current ? state.held : noPages;
  const onWindow = useCallback((first: number, end: number) => {
    seen.current = { first, end };
    pump.current();
  }, []);
  const retry = useCallback(() => refresh.current(), []);
  const row = useCallback((index: number) => rowAt(held, index), [held]);
  return useMemo(
    () => ({
      total: held.total,
      bytes: held.bytes,
      row,
      loading: !current,
      problem: current ? state.problem : null,
      onWindow,
      retry,
    }),
    [held, row, current, state.problem, onWindow, retry],
  );
}
