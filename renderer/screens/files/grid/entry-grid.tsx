import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useRef,
  useState,
} from 'react';
import type { Entry } from '../../../../shared/model/entry.ts';
import type { ColumnKey, ListColumn } from '../../../../shared/model/list-column.ts';
import { VirtualList, type VirtualListHandle } from '../../../components/virtual-list.tsx';
import { goToRoom } from '../../../stores/navigation-store.ts';
import { showProblem } from '../../../stores/toast-store.ts';
import { idsOfRows } from '../edit-entries.ts';
import { select, useFilesView } from '../files-view-store.ts';
import { isSelected, only, selectedCount, toggled } from '../selection.ts';
import type { EntryRows } from '../use-entry-pages.ts';
import { fillAll, type GridNow } from './cell-acts.ts';
import { CellEditor, type EditEnd } from './cell-editor.tsx';
import { afterEdit, type Cell, headRow } from './cell-moves.ts';
import { columnsInRow } from './cell-range.ts';
import { cellText } from './cell-text.ts';
import { changed } from './column-order.ts';
import { template } from './column-widths.ts';
import styles from './entry-grid.module.css';
import { cellId, EntryRow } from './entry-row.tsx';
import { cursorCell, wideRange } from './grid-cursor.ts';
import { EntryGridHead } from './grid-head.tsx';
import { focusGrid, gridId, headId } from './grid-panel-store.ts';
import { useCellEdits } from './use-cell-edits.ts';
import { useClipboard } from './use-clipboard.ts';
import type { GridColumns } from './use-columns.ts';
import { useGridCursor } from './use-grid-cursor.ts';
import { useGridKeys } from './use-grid-keys.ts';

const rowHeight = 32;

/** The cell that is edited, as it was when that began. */
interface Editing {
  readonly typed: string | null;
  readonly entry: Entry;
  readonly column: ListColumn;
  readonly cell: Cell;
}

/** The cell something in the grid belongs to; null for what is not in a row. A tick box is in no column. */
function cellAt(target: EventTarget): { row: number; column: number | null } | null {
  if (!(target instanceof Element)) return null;
  const row = target.closest('[data-index]')?.getAttribute('data-index');
  const column = target.closest('[data-column]')?.getAttribute('data-column');
  return row == null ? null : { row: Number(row), column: column == null ? null : Number(column) };
}

/** All entries the filter matches, cell by cell, as in a spreadsheet. */
export function EntryGrid({
  submissionId,
  rows,
  columns,
}: {
  readonly submissionId: string;
  readonly rows: EntryRows;
  readonly columns: GridColumns;
}) {
  const view = useFilesView();
  const { selection, inspected } = view;
  const list = useRef<VirtualListHandle>(null);
  const { total } = rows;
  const { shown } = columns;
  const edits = useCellEdits(submissionId, rows.row);
  const { row } = edits;
  const go = useGridCursor(submissionId, list, columns, row);
  const [editing, setEditing] = useState<Editing | null>(null);
  const [dragged, setDragged] = useState<{ readonly key: ColumnKey; readonly width: number } | null>(null);
  const cell = cursorCell(view, shown);
  const range = wideRange(view, shown);
  const now = useCallback(
    (): GridNow => ({
      ...{ id: submissionId, view: useFilesView.getState(), shown, total },
      rowId: (at) => row(at)?.id,
    }),
    [submissionId, shown, total, row],
  );

  const toggleRow = async (at: number, withCursor: boolean) => {
    const entry = row(at);
    if (!entry) return;
    const before = useFilesView.getState();
    let { selection: picked } = before;
    if ('rows' in picked) picked = only(await idsOfRows(submissionId, before, picked.rows));
    const first = withCursor && selectedCount(picked, total) === 0 ? row(before.cursor) : undefined;
    if (first && first.id !== entry.id) picked = only([first.id]);
    select(toggled(picked, entry.id));
  };
  const open = (at: number) => {
    const entry = row(at);
    if (entry) goToRoom(submissionId, 'look', { entry: String(entry.id) });
  };
  const edit = (typed: string | null) => {
    const at = cursorCell(useFilesView.getState(), shown);
    const column = at && shown[at.column];
    const entry = at && row(at.row);
    if (at && entry && column?.editable) setEditing({ typed, entry, column, cell: at });
  };
  const onKeyDown = useGridKeys({
    now,
    columns,
    page: () => list.current?.visibleRows() ?? 1,
    go,
    edit,
    toggleRow: (at) => void toggleRow(at, false).catch(showProblem),
    open,
  });
  const clipboard = useClipboard(now);

  // The cursor may have moved on by now: what was typed belongs to the cell in which the edit began.
  const endEdit = ({ entry, column, cell: at }: Editing, text: string | null, by: EditEnd) => {
    setEditing(null);
    if (text !== null) {
      if (by === 'enter-all') fillAll(now(), text).catch(showProblem);
      else edits.set(row(at.row)?.id === entry.id ? (row(at.row) ?? entry) : entry, column, text);
    }
    if (by === 'left') return;
    focusGrid();
    const way = by.startsWith('tab') ? 'tab' : by === 'enter' || by === 'enter-back' ? 'enter' : null;
    const size = { rows: total, columns: shown.length, page: 1 };
    if (way !== null) go(afterEdit(way, by.endsWith('-back'), at, size), false);
  };

  const onMouseDown = (event: MouseEvent) => {
    const at = cellAt(event.target);
    if (event.button !== 0 || at === null || at.column === null || event.target instanceof HTMLInputElement)
      return;
    if (event.ctrlKey || event.metaKey) {
      void toggleRow(at.row, true).catch(showProblem);
      return;
    }
    go({ row: at.row, column: at.column }, event.shiftKey);
  };
  const onMouseOver = (event: MouseEvent) => {
    const at = cellAt(event.target);
    if (event.buttons !== 1 || at?.column == null || editing !== null || event.ctrlKey || event.metaKey)
      return;
    if (cursorCell(useFilesView.getState(), shown) !== null && document.activeElement?.id === gridId) {
      go({ row: at.row, column: at.column }, true);
    }
  };
  const onClick = (event: MouseEvent) => {
    const at = cellAt(event.target);
    if (at === null || at.column !== null) return;
    const anchor = useFilesView.getState().anchor;
    if (event.shiftKey && anchor >= 0) go({ row: at.row, column: 0 }, true);
    else {
      useFilesView.setState({ cursor: at.row, anchor: at.row, inHead: false });
      void toggleRow(at.row, false).catch(showProblem);
    }
    focusGrid();
  };
  const onDoubleClick = (event: MouseEvent) => {
    const at = cellAt(event.target);
    if (at?.column == null || editing !== null) return;
    if (shown[at.column]?.editable) edit(null);
    else open(at.row);
  };

  const { tracks, least } = template(
    dragged === null ? shown : changed(shown, dragged.key, { width: dragged.width }),
  );
  const cursorElement = (at: Cell) =>
    at.row === headRow ? headId(shown[at.column]?.key ?? 'path') : cellId(at.row, at.column);
  const isAlone = selectedCount(selection, total) === 0;
  return (
    <VirtualList
      id={gridId}
      className={styles.grid}
      style={{ '--tracks': tracks, '--least': `${least}px` } as CSSProperties}
      role="grid"
      aria-label="Files"
      aria-multiselectable="true"
      aria-rowcount={total + 1}
      aria-colcount={shown.length + 1}
      aria-activedescendant={cell === null ? undefined : cursorElement(cell)}
      tabIndex={0}
      onFocus={(event) => {
        const { cursor, inHead } = useFilesView.getState();
        const isGrid = event.target === event.currentTarget;
        if (isGrid && cursor < 0 && !inHead && total > 0) useFilesView.setState({ cursor: 0, anchor: 0 });
      }}
      onKeyDown={(event: KeyboardEvent) => onKeyDown(event)}
      onMouseDown={onMouseDown}
      onMouseOver={onMouseOver}
      onClick={onClick}
      onDoubleClick={onDoubleClick}
      {...clipboard}
      handle={list}
      count={total}
      rowHeight={rowHeight}
      header={
        <EntryGridHead
          submissionId={submissionId}
          columns={columns}
          total={total}
          onWidth={(key, width) => setDragged(width === null ? null : { key, width })}
        />
      }
      headerHeight={rowHeight}
      onWindow={rows.onWindow}
      row={(index) => {
        const entry = row(index);
        const isCursor = cell !== null && index === cell.row;
        const column = isCursor ? shown[cell.column] : undefined;
        const [rangeFirst, rangeEnd] = columnsInRow(range, index) ?? [-1, -1];
        return (
          <EntryRow
            key={index}
            index={index}
            entry={entry}
            columns={shown}
            selected={entry ? isSelected(selection, entry.id, index) : selection.all}
            current={isCursor || (cell === null && entry !== undefined && entry.id === inspected)}
            alone={isAlone && isCursor}
            cursor={isCursor ? cell.column : -1}
            rangeFirst={rangeFirst}
            rangeEnd={rangeEnd}
            editor={
              editing !== null && entry?.id === editing.entry.id && column?.key === editing.column.key ? (
                <CellEditor
                  key={`${entry.id} ${column.key}`}
                  column={column}
                  saved={cellText(entry, column.key)}
                  typed={editing.typed}
                  onEnd={(text, by) => endEdit(editing, text, by)}
                />
              ) : null
            }
          />
        );
      }}
    />
  );
}
