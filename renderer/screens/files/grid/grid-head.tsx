import { type DragEvent, useState } from 'react';
import type { EntrySort } from '../../../../shared/contract/file-calls.ts';
import type { ColumnKey, ListColumn } from '../../../../shared/model/list-column.ts';
import { formatCount } from '../../../../shared/rules/format-quantities.ts';
import { classes } from '../../../components/classes.ts';
import { GridHead, GridRow } from '../../../components/grid-parts.tsx';
import { Icon } from '../../../components/icons.tsx';
import { Menu } from '../../../components/menu.tsx';
import { select, toggleSort, useFilesView } from '../files-view-store.ts';
import { filteredColumns } from '../filter-words.ts';
import { everything, nothing, selectedCount } from '../selection.ts';
import { columnMenu, sortKey } from './column-menu.ts';
import { frozen } from './column-order.ts';
import styles from './grid-head.module.css';
import { closePanel, focusGrid, headId, useGridPanel } from './grid-panel-store.ts';
import type { GridColumns } from './use-columns.ts';
import { WidthHandle } from './width-handle.tsx';

const dragType = 'application/x-slipway-column';

/** The head of the grid: titles that sort, a menu for each column, edges that are dragged, titles that are moved. */
export function EntryGridHead({
  submissionId,
  columns,
  total,
  onWidth,
}: {
  readonly submissionId: string;
  readonly columns: GridColumns;
  readonly total: number;
  /** Told the width of a column while its edge is dragged. */
  readonly onWidth: (key: ColumnKey, width: number | null) => void;
}) {
  const { selection, sort, filter, inHead, column: cursor } = useFilesView();
  const panel = useGridPanel((state) => state.panel);
  const [target, setTarget] = useState<ColumnKey | null>(null);
  const filtered = filteredColumns(filter);
  const allSelected = selection.all && selection.except.size === 0;
  const drop = (event: DragEvent, to: ColumnKey) => {
    const key = columns.all.find((one) => one.key === event.dataTransfer.getData(dragType))?.key;
    setTarget(null);
    if (key === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    columns.put(key, to);
  };
  return (
    <GridRow aria-rowindex={1} className={styles.heads}>
      <GridHead className={styles.tickHead} aria-colindex={1}>
        <input
          type="checkbox"
          tabIndex={-1}
          className={styles.tick}
          aria-label={`Select all ${formatCount(total)}`}
          checked={allSelected}
          ref={(box) => {
            if (box) box.indeterminate = !allSelected && selectedCount(selection, total) > 0;
          }}
          onChange={() => select(allSelected ? nothing : everything)}
        />
      </GridHead>
      {columns.shown.map((column, at) => (
        <GridHead
          key={column.key}
          id={headId(column.key)}
          aria-colindex={at + 2}
          aria-sort={ariaSort(column, sort)}
          className={classes(
            styles.head,
            column.key === frozen && styles.frozen,
            (column.type === 'count' || column.type === 'bytes' || column.type === 'time') && styles.number,
            filtered.has(column.key) && styles.filtered,
            inHead && column.key === cursor && styles.cursor,
            target === column.key && styles.dropLeft,
          )}
          draggable={column.key !== frozen}
          onDragStart={(event) => {
            event.dataTransfer.setData(dragType, column.key);
            event.dataTransfer.effectAllowed = 'move';
          }}
          onDragOver={(event) => {
            if (!event.dataTransfer.types.includes(dragType) || column.key === frozen) return;
            event.preventDefault();
            setTarget(column.key);
          }}
          onDragLeave={() => setTarget((now) => (now === column.key ? null : now))}
          onDragEnd={() => setTarget(null)}
          onDrop={(event) => drop(event, column.key)}
        >
          <HeadTitle column={column} sort={sort} />
          <Menu
            align="start"
            items={columnMenu(submissionId, column, columns, sort)}
            control={{
              open: panel?.what === 'menu' && panel.column === column.key,
              onOpenChange: (open) => {
                if (open) useGridPanel.setState({ panel: { what: 'menu', column: column.key } });
                else if (panel) closePanel(panel);
              },
              onClosed: () => useGridPanel.getState().panel === null && focusGrid(),
            }}
            trigger={
              <button
                type="button"
                tabIndex={-1}
                className={styles.menu}
                aria-label={`${column.title}: ${filtered.has(column.key) ? 'filtered, ' : ''}sort, filter, width`}
              >
                <Icon name={filtered.has(column.key) ? 'filter' : 'chevronDown'} size={12} />
              </button>
            }
          />
          <WidthHandle column={column} onWidth={onWidth} onKeep={columns.widen} />
        </GridHead>
      ))}
    </GridRow>
  );
}

function HeadTitle({ column, sort }: { readonly column: ListColumn; readonly sort: EntrySort }) {
  const by = sortKey(column);
  const words = (
    <>
      <span className={styles.words} title={column.help || column.title}>
        {column.title}
      </span>
      {column.level === 'required' && (
        <span className={styles.required} title="The archive requires this column">
          <span aria-hidden="true">*</span>
          <span className="hidden-visually"> required by the archive</span>
        </span>
      )}
      {by === sort.by && <Icon name={sort.descending ? 'arrowDown' : 'arrowUp'} size={12} />}
    </>
  );
  if (by === null) return <span className={styles.title}>{words}</span>;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.title}
      onClick={() => {
        toggleSort(by);
        focusGrid();
      }}
    >
      {words}
    </button>
  );
}

function ariaSort(column: ListColumn, sort: EntrySort): 'ascending' | 'descending' | 'none' | undefined {
  const by = sortKey(column);
  if (by === null) return undefined;
  if (by !== sort.by) return 'none';
  return sort.descending ? 'descending' : 'ascending';
}
