import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { Entry } from '../../../../shared/model/entry.ts';
import type { VirtualListHandle } from '../../../components/virtual-list.tsx';
import { engine } from '../../../connection.ts';
import { showProblem } from '../../../stores/toast-store.ts';
import { useFilesView } from '../files-view-store.ts';
import { type Cell, headRow } from './cell-moves.ts';
import { frozen } from './column-order.ts';
import { cursorAt } from './grid-cursor.ts';
import { headId } from './grid-panel-store.ts';
import type { GridColumns } from './use-columns.ts';

/**
 * Moves the cursor, keeps it in sight and with its file: when rows come or go before it, or an edit puts the file
 * elsewhere, the cursor follows.
 */
export function useGridCursor(
  submissionId: string,
  list: RefObject<VirtualListHandle | null>,
  columns: GridColumns,
  row: (index: number) => Entry | undefined,
): (cell: Cell, extend: boolean) => void {
  const { cursor, goal, filter, sort } = useFilesView();
  const shown = columns.shown;
  const shownRef = useRef(shown);
  shownRef.current = shown;

  const go = useCallback(
    (cell: Cell, extend: boolean) => {
      useFilesView.setState((view) => cursorAt(view, shownRef.current, cell, extend));
      if (cell.row !== headRow) list.current?.show(cell.row);
      const key = shownRef.current[cell.column]?.key;
      if (key !== undefined) showColumn(list.current?.element() ?? null, key);
    },
    [list],
  );

  // What was looked at before this room was left is in sight again.
  useLayoutEffect(() => {
    const { cursor: at } = useFilesView.getState();
    if (at >= 0) list.current?.show(at);
  }, [list]);
  useEffect(() => {
    if (goal === null) return;
    list.current?.show(goal);
    list.current?.focus();
    useFilesView.setState({ goal: null });
  }, [goal, list]);

  // A bar that comes below the grid must not cover the row that brought it.
  useEffect(() => {
    const box = list.current?.element();
    if (!box) return;
    let height = box.clientHeight;
    const observer = new ResizeObserver(() => {
      const before = height;
      height = box.clientHeight;
      const { cursor: at } = useFilesView.getState();
      const element = document.querySelector(`#${box.id} [data-index="${at}"]`);
      if (at < 0 || !element || height >= before) return;
      const top = element.getBoundingClientRect().top - box.getBoundingClientRect().top;
      if (top < before) list.current?.show(at);
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, [list]);
  // Other rows are looked at from the first.
  const read = useRef({ filter, sort });
  useLayoutEffect(() => {
    const isOther = read.current.filter !== filter || read.current.sort !== sort;
    read.current = { filter, sort };
    if (isOther && useFilesView.getState().goal === null) list.current?.show(0);
  }, [filter, sort, list]);

  const id = cursor < 0 ? undefined : row(cursor)?.id;
  const held = useRef({ cursor: -1, id: -1, filter, sort });
  useEffect(() => {
    const before = held.current;
    if (id === undefined) return;
    const isSameView = before.filter === filter && before.sort === sort;
    held.current = { cursor, id, filter, sort };
    if (!isSameView || before.cursor !== cursor || before.id === id) {
      useFilesView.setState({ inspected: id });
      return;
    }
    // Another file stands in the cursor's row: where is the one that stood there?
    engine
      .call('entries.place', { id: submissionId, entryId: before.id, filter, sort })
      .then(({ offset }) => {
        const view = useFilesView.getState();
        if (view.cursor !== cursor || view.filter !== filter || view.sort !== sort) return;
        if (offset === null || offset === cursor) return void useFilesView.setState({ inspected: id });
        held.current = { cursor: offset, id: before.id, filter, sort };
        useFilesView.setState({ cursor: offset, anchor: offset });
        list.current?.show(offset);
      }, showProblem);
  }, [submissionId, cursor, id, filter, sort, list]);

  return go;
}

/** Scrolls sideways until a column is in sight beside the frozen one. */
function showColumn(box: HTMLElement | null, key: string): void {
  const head = document.getElementById(headId(key as `cell:${string}`));
  const first = document.getElementById(headId(frozen));
  if (!box || !head || !first || head === first) return;
  const isFrozen = getComputedStyle(first).position === 'sticky';
  const edge = isFrozen ? first.getBoundingClientRect().right : box.getBoundingClientRect().left;
  const { left, right } = head.getBoundingClientRect();
  const end = box.getBoundingClientRect().left + box.clientWidth;
  if (left < edge) box.scrollLeft -= edge - left;
  else if (right > end) box.scrollLeft += Math.min(right - end, left - edge);
}
