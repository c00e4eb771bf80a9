import { useEffect, useState } from 'react';
import type { EntryFilter, EntrySort } from '../../../shared/contract/file-calls.ts';
import type { Entry } from '../../../shared/model/entry.ts';
import type { ProblemData } from '../../../shared/model/problem.ts';
import { engine } from '../../connection.ts';
import { usePages } from '../../hooks/use-pages.ts';

export interface EntryRows {
  readonly total: number;
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
  const [bytes, setBytes] = useState(0);
  const pages = usePages<Entry>(JSON.stringify([filter, sort]), id, parts, async (offset, limit) => {
    const answer = await engine.call('entries.page', { id, offset, limit, filter, sort });
    setBytes(answer.bytes);
    return answer;
  });
  const { total, problem, row, see, refresh } = pages;
  useEffect(() => {
    if (!growing) return;
    const timer = window.setInterval(refresh, growsEvery);
    return () => window.clearInterval(timer);
  }, [growing, refresh]);
  return {
    total: total ?? 0,
    bytes,
    row,
    loading: total === null && problem === null,
    problem,
    onWindow: see,
    retry: refresh,
  };
}
