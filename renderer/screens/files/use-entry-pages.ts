import { useEffect, useRef, useState } from 'react';
import type { EntryFilter, EntrySort } from '../../../shared/contract/file-calls.ts';
import type { Entry } from '../../../shared/model/entry.ts';
import type { ProblemData } from '../../../shared/model/problem.ts';
import { engine } from '../../connection.ts';
import { usePages } from '../../hooks/use-pages.ts';

export interface EntryRows {
  readonly total: number;
  /** False while it is not known yet how many there are: then `total` and `bytes` are of those found so far. */
  readonly counted: boolean;
  readonly bytes: number;
  /** A row, or undefined while it is on the way. */
  readonly row: (index: number) => Entry | undefined;
  /** True until the first answer of this filter and order. */
  readonly loading: boolean;
  readonly problem: ProblemData | null;
  /** To be told which rows are in sight. */
  readonly onWindow: (first: number, end: number) => void;
  readonly retry: () => void;
}

/** Milliseconds between looks at an index that a scan is filling. */
const growsEvery = 2000;
const parts = ['entries', 'pairs', 'findings'] as const;

/** The rows of the index that are in sight, read again when the index changes, and every other second while it grows. */
export function useEntryPages(id: string, filter: EntryFilter, sort: EntrySort, growing: boolean): EntryRows {
  const key = JSON.stringify([filter, sort]);
  const [sum, setSum] = useState({ of: '', bytes: 0, counted: false });
  const wanted = useRef('');
  wanted.current = key;
  const ask = async (offset: number, limit: number, soon: boolean) => {
    const answer = await engine.call('entries.page', { id, offset, limit, filter, sort, soon });
    if (wanted.current === key) setSum({ of: key, bytes: answer.bytes, counted: answer.totalIsFinal });
    return answer;
  };
  // Only the first look at a filter is answered before all is counted: later ones would make the list shrink and grow.
  const isFirst = sum.of !== key;
  const pages = usePages<Entry>(key, id, parts, (offset, limit) => ask(offset, limit, isFirst));
  const { total, problem, row, see, refresh } = pages;
  const isCounting = sum.of === key && !sum.counted;
  const count = useRef(ask);
  count.current = ask;
  useEffect(() => {
    // What goes wrong here goes wrong with the next page too, and is shown there.
    if (isCounting) void count.current(0, 1, false).then(refresh, refresh);
  }, [isCounting, refresh]);
  useEffect(() => {
    if (!growing) return;
    const timer = window.setInterval(refresh, growsEvery);
    return () => window.clearInterval(timer);
  }, [growing, refresh]);
  return {
    total: total ?? 0,
    counted: !isCounting,
    bytes: sum.of === key ? sum.bytes : 0,
    row,
    loading: total === null && problem === null,
    problem,
    onWindow: see,
    retry: refresh,
  };
}
