import { memo, type ReactNode } from 'react';
import type { Entry } from '../../../../shared/model/entry.ts';
import type { ListColumn } from '../../../../shared/model/list-column.ts';
import { classes } from '../../../components/classes.ts';
import { GridCell, GridRow } from '../../../components/grid-parts.tsx';
import { CellView } from './cell-view.tsx';
import { frozen } from './column-order.ts';
import styles from './entry-grid.module.css';

export interface EntryRowProps {
  readonly index: number;
  readonly entry: Entry | undefined;
  readonly columns: readonly ListColumn[];
  readonly selected: boolean;
  /** Whether the inspector shows it. */
  readonly current: boolean;
  /** Whether it has the cursor and nothing at all is selected: then it is what is chosen. */
  readonly alone: boolean;
  /** Place of the cursor among the columns; -1 when it is in another row. */
  readonly cursor: number;
  /** Columns that a range of cells covers in this row; `rangeEnd` is one beyond. */
  readonly rangeFirst: number;
  readonly rangeEnd: number;
  /** Stands in the cursor's cell while it is edited. */
  readonly editor: ReactNode;
}

/** The id of a cell, by which the grid says where its cursor is. */
export function cellId(row: number, column: number): string {
  return `entry-cell-${row}-${column}`;
}

const numbers = new Set(['count', 'bytes', 'time']);

/** One row of the grid; grey until its page has come. Clicks and keys are the grid's. */
export const EntryRow = memo(function EntryRow(props: EntryRowProps) {
  const { index, entry, columns, selected, current, alone, cursor, rangeFirst, rangeEnd, editor } = props;
  return (
    <GridRow
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selected || alone}
      aria-busy={entry === undefined ? true : undefined}
      className={classes(
        styles.row,
        selected && styles.selected,
        current && styles.current,
        entry?.send === false && styles.stays,
      )}
    >
      <GridCell className={styles.tickCell} aria-colindex={1}>
        {entry && (
          <input
            type="checkbox"
            tabIndex={-1}
            className={styles.tick}
            checked={selected}
            aria-label={`Select ${entry.name}`}
            readOnly
          />
        )}
      </GridCell>
      {columns.map((column, at) => (
        <GridCell
          key={column.key}
          id={cellId(index, at)}
          data-column={at}
          aria-colindex={at + 2}
          aria-readonly={!column.editable}
          className={classes(
            styles.cell,
            column.key === frozen && styles.frozen,
            numbers.has(column.type) && styles.number,
            entry === undefined && styles.waiting,
            at === cursor && styles.cursor,
            at >= rangeFirst && at < rangeEnd && styles.inRange,
          )}
        >
          {entry === undefined
            ? at === 0 && <span className="hidden-visually">Loading</span>
            : (at === cursor && editor) || <CellView entry={entry} column={column} />}
        </GridCell>
      ))}
    </GridRow>
  );
});
