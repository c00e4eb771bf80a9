import { useCallback, useMemo, useState } from 'react';
import type { ColumnKey, ListColumn } from '../../../../shared/model/list-column.ts';
import type { ProblemData } from '../../../../shared/model/problem.ts';
import { engine } from '../../../connection.ts';
import { useAnswer } from '../../../hooks/use-answer.ts';
import { showProblem } from '../../../stores/toast-store.ts';
import { changed, moved, shownColumns, stepped, withFrozenFirst } from './column-order.ts';

/** The columns of a submission's grid, and what can be done to how they are arranged. */
export interface GridColumns {
  /** All of them in order, the frozen one first; empty until they have come. */
  readonly all: readonly ListColumn[];
  readonly shown: readonly ListColumn[];
  readonly problem: ProblemData | null;
  readonly retry: () => void;
  readonly show: (key: ColumnKey, isShown: boolean) => void;
  /** Keeps a width in pixels; null for the grid's own choice. */
  readonly widen: (key: ColumnKey, width: number | null) => void;
  readonly put: (key: ColumnKey, to: ColumnKey) => void;
  readonly step: (key: ColumnKey, by: -1 | 1) => void;
}

type Arrangement = readonly ListColumn[];

/** Reads the columns and keeps their arrangement with the submission. What was moved is seen at once. */
export function useColumns(id: string): GridColumns {
  const answer = useAnswer('columns.list', { id }, ['entries', 'metadata']);
  const [mine, setMine] = useState<{ readonly over: Arrangement | null; readonly columns: Arrangement }>();
  const told = answer.data?.columns ?? null;
  const columns = mine && mine.over === told ? mine.columns : (told ?? []);

  const keep = useCallback(
    (next: Arrangement, call: () => Promise<{ columns: Arrangement }>) => {
      setMine({ over: told, columns: next });
      call().then(
        (kept) => setMine({ over: told, columns: kept.columns }),
        (thrown: unknown) => {
          setMine(undefined);
          showProblem(thrown);
        },
      );
    },
    [told],
  );
  const order = useCallback(
    (next: Arrangement) => {
      if (next === columns) return;
      keep(next, () => engine.call('columns.order', { id, columns: next.map(({ key }) => key) }));
    },
    [id, columns, keep],
  );
  return useMemo(
    () => ({
      all: withFrozenFirst(columns),
      shown: shownColumns(columns),
      problem: answer.problem,
      retry: answer.reload,
      show: (key, isShown) =>
        keep(changed(columns, key, { hidden: !isShown }), () =>
          engine.call('columns.show', { id, column: key, hidden: !isShown }),
        ),
      widen: (key, width) =>
        keep(changed(columns, key, { width }), () => engine.call('columns.show', { id, column: key, width })),
      put: (key, to) => order(moved(columns, key, to)),
      step: (key, by) => order(stepped(columns, key, by)),
    }),
    [id, columns, answer.problem, answer.reload, keep, order],
  );
}
