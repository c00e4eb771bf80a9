import { memo } from 'react';
import type { Entry } from '../../../../shared/model/entry.ts';
import { formatCounted } from '../../../../shared/rules/format-quantities.ts';
import { FindingMarks } from '../../../components/badge.tsx';
import { classes } from '../../../components/classes.ts';
import { GridCell, GridRow } from '../../../components/grid-parts.tsx';
import { Icon } from '../../../components/icons.tsx';
import { Bytes, MiddleTruncate } from '../../../components/quantities.tsx';
import { kindIcon, kindTitle, stateWords } from '../entry-words.ts';
import styles from './entry-grid.module.css';

export interface EntryRowProps {
  readonly index: number;
  readonly entry: Entry | undefined;
  readonly selected: boolean;
  readonly current: boolean;
}

/** One row of the grid; grey until its page has come. Clicks and keys are the grid's. */
export const EntryRow = memo(function EntryRow({ index, entry, selected, current }: EntryRowProps) {
  const attributes = {
    id: `entry-row-${index}`,
    'data-index': index,
    'aria-rowindex': index + 2,
    'aria-selected': selected,
    className: classes(styles.row, selected && styles.selected, current && styles.current),
  };
  if (!entry) {
    return (
      <GridRow {...attributes} aria-busy="true">
        <GridCell />
        <GridCell className={styles.waiting}>
          <span className="hidden-visually">Loading</span>
        </GridCell>
      </GridRow>
    );
  }
  const trouble = stateWords[entry.state];
  const renamed = entry.remotePath !== entry.path;
  return (
    <GridRow {...attributes}>
      <GridCell>
        <input
          type="checkbox"
          tabIndex={-1}
          className={styles.tick}
          checked={selected}
          aria-label={`Select ${entry.name}`}
          readOnly
        />
      </GridCell>
      <GridCell className={classes(styles.name, !entry.send && styles.stays)}>
        <MiddleTruncate text={entry.path} />
        {trouble && (
          <span className={styles.trouble}>
            <Icon name="must" size={14} />
            {trouble}
          </span>
        )}
      </GridCell>
      <GridCell className={styles.kind}>
        <Icon name={kindIcon[entry.kind]} size={14} />
        {kindTitle[entry.kind]}
      </GridCell>
      <GridCell className={styles.size} title={formatCounted(entry.members, 'file')}>
        <Bytes value={entry.size} />
      </GridCell>
      <GridCell className={styles.findings}>
        <FindingMarks counts={entry.findings} />
      </GridCell>
      <GridCell className={styles.pair}>
        {entry.pairedWith.length > 0 && (
          <>
            <Icon name="pair" size={14} />
            <MiddleTruncate text={entry.pairedWith.join(', ')} />
          </>
        )}
      </GridCell>
      <GridCell className={classes(styles.remote, !renamed && styles.soft)}>
        {entry.send ? (
          renamed ? (
            <MiddleTruncate text={entry.remotePath} />
          ) : (
            'the same'
          )
        ) : (
          <span className={styles.reason} title={entry.sendReason}>
            not sent
          </span>
        )}
      </GridCell>
      <GridCell className={styles.source}>
        <MiddleTruncate text={entry.sourceImage} />
      </GridCell>
      <GridCell className={styles.type}>{entry.annotationType}</GridCell>
    </GridRow>
  );
});
