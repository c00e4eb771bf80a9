import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { Entry } from '../../../../shared/model/entry.ts';
import { formatCount } from '../../../../shared/rules/format-quantities.ts';
import { classes } from '../../../components/classes.ts';
import { GridHead, GridRow } from '../../../components/grid-parts.tsx';
import { Icon } from '../../../components/icons.tsx';
import { VirtualList, type VirtualListHandle } from '../../../components/virtual-list.tsx';
import { goToRoom } from '../../../stores/navigation-store.ts';
import { showProblem, showToast } from '../../../stores/toast-store.ts';
import { idsOfRows, mostListed } from '../edit-entries.ts';
import { setSort, useFilesView } from '../files-view-store.ts';
import { everything, isSelected, nothing, only, rowsBetween, selectedCount, toggled } from '../selection.ts';
import type { EntryRows } from '../use-entry-pages.ts';
import { columns } from './columns.ts';
import styles from './entry-grid.module.css';
import { EntryRow } from './entry-row.tsx';
import { moveCursor } from './grid-keys.ts';

const rowHeight = 32;

/** The row something in the grid belongs to; -1 for none. */
function rowOf(target: EventTarget): number {
  const element = target instanceof Element ? target.closest('[data-index]') : null;
  return Number(element?.getAttribute('data-index') ?? -1);
}

/** All entries the filter matches. Arrows walk, Space and Shift select, Enter looks at one. */
export function EntryGrid({
  submissionId,
  rows,
}: {
  readonly submissionId: string;
  readonly rows: EntryRows;
}) {
  const { selection, cursor, inspected, sort, goal } = useFilesView();
  const list = useRef<VirtualListHandle>(null);
  const { row, total } = rows;
  const cursorEntry = cursor < 0 ? undefined : row(cursor);

  // What was looked at before this room was left is in sight again.
  useLayoutEffect(() => {
    const { cursor: row } = useFilesView.getState();
    if (row >= 0) list.current?.show(row);
  }, []);
  useEffect(() => {
    if (goal === null) return;
    list.current?.show(goal);
    list.current?.focus();
    useFilesView.setState({ goal: null });
  }, [goal]);

  // A cursor that jumped to a row that had not come yet takes it when it comes.
  const takesWhenHere = useRef(false);
  const cursorId = cursorEntry?.id;
  useEffect(() => {
    if (cursorId === undefined) return;
    useFilesView.setState({ inspected: cursorId });
    if (takesWhenHere.current) useFilesView.setState({ selection: only([cursorId]) });
    takesWhenHere.current = false;
  }, [cursorId]);

  const selectRange = useCallback(
    async (from: number, to: number) => {
      const range = rowsBetween(Math.max(0, from), to);
      if (range.end - range.first > mostListed) {
        showToast({
          message: `At most ${formatCount(mostListed)} rows are selected one by one.`,
          detail: 'Filter for what you want and select all of it with Ctrl A.',
        });
        return;
      }
      const view = useFilesView.getState();
      const ids = await idsOfRows(submissionId, view, range, row);
      useFilesView.setState({ selection: only(ids) });
    },
    [submissionId, row],
  );

  const onPick = useCallback(
    (index: number, how: { shift: boolean; toggle: boolean }) => {
      const view = useFilesView.getState();
      const entry = row(index);
      list.current?.focus();
      if (how.shift && view.anchor >= 0) {
        useFilesView.setState({ cursor: index });
        selectRange(view.anchor, index).catch(showProblem);
        return;
      }
      if (!entry) return;
      const next = how.toggle ? toggled(view.selection, entry.id) : only([entry.id]);
      useFilesView.setState({ cursor: index, anchor: index, inspected: entry.id, selection: next });
    },
    [row, selectRange],
  );

  const onOpen = useCallback(
    (entry: Entry) => goToRoom(submissionId, 'look', { entry: String(entry.id) }),
    [submissionId],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const view = useFilesView.getState();
    const to = moveCursor(event.key, view.cursor, total, list.current?.visibleRows() ?? 1);
    if (to !== null) {
      event.preventDefault();
      list.current?.show(to);
      useFilesView.setState({ cursor: to });
      // Ctrl walks without selecting, so that single rows can be turned on and off with Space.
      if (event.ctrlKey || event.metaKey) return;
      if (event.shiftKey) selectRange(view.anchor < 0 ? to : view.anchor, to).catch(showProblem);
      else {
        const entry = row(to);
        takesWhenHere.current = entry === undefined;
        useFilesView.setState({ anchor: to, selection: entry ? only([entry.id]) : nothing });
      }
      return;
    }
    if (event.key === ' ' && view.cursor >= 0) {
      event.preventDefault();
      onPick(view.cursor, { shift: false, toggle: true });
    } else if (event.key === 'Enter' && cursorEntry) {
      event.preventDefault();
      onOpen(cursorEntry);
    } else if (event.key === 'Escape' && selectedCount(selection, total) > 0) {
      event.preventDefault();
      useFilesView.setState({ selection: nothing });
    } else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      useFilesView.setState({ selection: everything });
    }
  };

  const onClick = (event: MouseEvent<HTMLElement>) => {
    const index = rowOf(event.target);
    if (index < 0) return;
    const ticked = event.target instanceof HTMLInputElement;
    onPick(index, { shift: event.shiftKey, toggle: ticked || event.ctrlKey || event.metaKey });
  };

  const allSelected = selection.all && selection.except.size === 0;
  const header = (
    <GridRow aria-rowindex={1} className={classes(styles.row, styles.heads)}>
      <GridHead>
        <input
          type="checkbox"
          className={styles.tick}
          aria-label={`Select all ${formatCount(total)}`}
          checked={allSelected}
          ref={(box) => {
            if (box) box.indeterminate = !allSelected && selectedCount(selection, total) > 0;
          }}
          onChange={() => useFilesView.setState({ selection: allSelected ? nothing : everything })}
        />
      </GridHead>
      {columns.map((column) => (
        <GridHead
          key={column.id}
          className={styles[column.id]}
          aria-sort={column.sort === sort.by ? (sort.descending ? 'descending' : 'ascending') : undefined}
        >
          {column.sort ? (
            <button type="button" className={styles.sort} onClick={() => column.sort && setSort(column.sort)}>
              {column.title}
              {column.sort === sort.by && <Icon name={sort.descending ? 'arrowDown' : 'arrowUp'} size={12} />}
            </button>
          ) : (
            column.title
          )}
        </GridHead>
      ))}
    </GridRow>
  );

  return (
    <VirtualList
      className={styles.grid}
      role="grid"
      aria-label="Files"
      aria-multiselectable="true"
      aria-rowcount={total + 1}
      aria-activedescendant={cursor >= 0 ? `entry-row-${cursor}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDoubleClick={(event) => {
        const entry = row(rowOf(event.target));
        if (entry) onOpen(entry);
      }}
      handle={list}
      count={total}
      rowHeight={rowHeight}
      header={header}
      headerHeight={rowHeight}
      onWindow={rows.onWindow}
      row={(index) => {
        const entry = row(index);
        return (
          <EntryRow
            key={index}
            index={index}
            entry={entry}
            selected={entry ? isSelected(selection, entry.id) : selection.all}
            current={index === cursor || (cursor < 0 && entry !== undefined && entry.id === inspected)}
          />
        );
      }}
    />
  );
}
