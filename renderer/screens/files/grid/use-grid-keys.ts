import { type KeyboardEvent, useRef } from 'react';
import { showProblem, showToast } from '../../../stores/toast-store.ts';
import { select, toggleSort } from '../files-view-store.ts';
import { everything, nothing, selectedCount } from '../selection.ts';
import { fillAll, fillDown, type GridNow } from './cell-acts.ts';
import { type Cell, headRow, moveCell } from './cell-moves.ts';
import { sortKey } from './column-menu.ts';
import { widthOf } from './column-widths.ts';
import { findRow } from './find-row.ts';
import { cursorCell, wideRange } from './grid-cursor.ts';
import { openPanel } from './grid-panel-store.ts';
import type { GridColumns } from './use-columns.ts';

/** What the keys of the grid act on and by. */
export interface GridKeyActs {
  readonly now: () => GridNow;
  readonly columns: GridColumns;
  readonly page: () => number;
  readonly go: (cell: Cell, extend: boolean) => void;
  /** Begins to edit the cell under the cursor; `typed` takes the place of what is there. */
  readonly edit: (typed: string | null) => void;
  readonly toggleRow: (row: number) => void;
  readonly open: (row: number) => void;
}

/** Typing further letters within this many milliseconds goes on with the same word. */
const wordPause = 900;
/** And it is looked for when no letter came for so many. */
const searchPause = 200;
const widthStep = 32;

/** The keys of the grid, as people know them from spreadsheets. Keys of an editor never get here. */
export function useGridKeys(acts: GridKeyActs): (event: KeyboardEvent) => void {
  const typedWord = useRef({ text: '', at: 0, timer: 0 });

  const inHead = (event: KeyboardEvent, cell: Cell): boolean => {
    const column = acts.columns.shown[cell.column];
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key] as -1 | 1 | undefined;
    if (!column) return false;
    if (event.shiftKey && step !== undefined) {
      if (event.ctrlKey || event.metaKey) acts.columns.step(column.key, step);
      else acts.columns.widen(column.key, widthOf(column) + step * widthStep);
      return true;
    }
    if (event.key === 'Enter' || event.key === 'F2') {
      openPanel({ what: 'menu', column: column.key });
      return true;
    }
    if (event.key === ' ') {
      const by = sortKey(column);
      if (by !== null) {
        toggleSort(by);
        acts.go({ row: headRow, column: cell.column }, false);
      }
      return true;
    }
    return false;
  };

  const withControl = (key: string, now: GridNow): boolean => {
    if (key === 'a') select(everything);
    else if (key === 'd') fillDown(now).catch(showProblem);
    else if (key === 'g') openPanel({ what: 'go-to' });
    else return false;
    return true;
  };

  const find = (now: GridNow, letter: string) => {
    const word = typedWord.current;
    const at = Date.now();
    const text = at - word.at < wordPause ? word.text + letter : letter;
    window.clearTimeout(word.timer);
    const timer = window.setTimeout(() => {
      findRow(now.id, now.view, text, null).then((found) => {
        if (typedWord.current.text !== text) return;
        if (found) acts.go({ row: found.row, column: cursorCell(now.view, now.shown)?.column ?? 0 }, false);
        else showToast({ message: `No path here holds “${text}”.` });
      }, showProblem);
    }, searchPause);
    typedWord.current = { text, at, timer };
  };

  const onCell = (event: KeyboardEvent, now: GridNow, cell: Cell): boolean => {
    const isEditable = now.shown[cell.column]?.editable === true;
    const isMany =
      wideRange(now.view, now.shown) !== null || selectedCount(now.view.selection, now.total) > 0;
    switch (event.key) {
      case ' ':
        acts.toggleRow(cell.row);
        return true;
      case 'Enter':
        if (isEditable) acts.edit(null);
        else acts.open(cell.row);
        return true;
      case 'F2':
        if (isEditable) acts.edit(null);
        return true;
      case 'Delete':
      case 'Backspace':
        if (isEditable || isMany) fillAll(now, '').catch(showProblem);
        return true;
      case 'Escape':
        if (!isMany) return false;
        select(nothing);
        return true;
    }
    if (event.key.length !== 1 || event.altKey) return false;
    if (isEditable) acts.edit(event.key);
    else find(now, event.key);
    return true;
  };

  return (event) => {
    if (event.nativeEvent.isComposing || event.defaultPrevented) return;
    const isButton = event.target instanceof HTMLButtonElement;
    if (isButton && (event.key === 'Enter' || event.key === ' ')) return;
    const now = acts.now();
    const size = { rows: now.total, columns: now.shown.length, page: acts.page() };
    const cell = cursorCell(now.view, now.shown) ?? { row: 0, column: 0 };
    const far = event.ctrlKey || event.metaKey;
    const isDone = () => {
      if (cell.row === headRow && inHead(event, cell)) return true;
      const to = event.altKey ? null : moveCell(event.key, far, cell, size);
      if (to !== null) {
        acts.go(to, event.shiftKey);
        return true;
      }
      if (far) return !event.shiftKey && !event.altKey && withControl(event.key.toLowerCase(), now);
      return cell.row !== headRow && onCell(event, now, cell);
    };
    if (isDone()) event.preventDefault();
  };
}
