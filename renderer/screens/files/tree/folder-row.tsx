import { type ComponentProps, type CSSProperties, memo } from 'react';
import type { FolderRow } from '../../../../shared/contract/tree-calls.ts';
import type { Source } from '../../../../shared/model/entry.ts';
import type { FindingCounts } from '../../../../shared/model/finding.ts';
import {
  formatBytes,
  formatCount,
  formatCounted,
  formatExactBytes,
} from '../../../../shared/rules/format-quantities.ts';
import { classes } from '../../../components/classes.ts';
import { Icon } from '../../../components/icons.tsx';
import { MiddleTruncate } from '../../../components/quantities.tsx';
import styles from './folder-row.module.css';
import { lastName } from './place.ts';
import { share, shareWords } from './share.ts';
import type { TreeRow } from './tree-rows.ts';

/** In pixels; two lines. */
export const folderRowHeight = 40;
/** Levels further down are no longer moved to the right: the names need the room. */
const mostIndented = 9;

/** The tree holds the focus itself and points at its rows: they need none of their own. */
function Item(props: ComponentProps<'div'>) {
  return <div {...props} />;
}

/** One folder: name and bytes, below them its share of the folder it lies in and its files. */
export const FolderTreeRow = memo(
  function FolderTreeRow({
    index,
    row,
    source,
    selected,
    current,
  }: {
    readonly index: number;
    readonly row: TreeRow | undefined;
    /** For a row that is a source. */
    readonly source: Source | undefined;
    readonly selected: boolean;
    readonly current: boolean;
  }) {
    const level = row?.level ?? 1;
    const folder = row?.row;
    const attributes = {
      id: `folder-row-${index}`,
      'data-index': index,
      'aria-level': level,
      'aria-posinset': (row?.position ?? 0) + 1,
      'aria-setsize': row?.siblings ?? 1,
      className: classes(styles.row, selected && styles.selected, current && styles.current),
      style: { '--level': Math.min(level, mostIndented) - 1 } as CSSProperties,
    };
    if (!row || !folder) {
      return (
        <Item {...attributes} role="treeitem" aria-busy="true" aria-label="Loading">
          <span className={styles.waiting} />
        </Item>
      );
    }
    const isSource = row.parent.sourceId === null;
    const name = isSource ? lastName(folder.name) : folder.name;
    const part = share(folder.bytes, row.parentBytes);
    const state = source === undefined ? '' : sourceWords(source);
    return (
      <Item
        {...attributes}
        role="treeitem"
        aria-expanded={folder.hasFolders ? row.expanded : undefined}
        aria-selected={selected}
        aria-label={spoken(name, folder, part, isSource, state)}
        title={`${folder.name}\n${formatCounted(folder.files, 'file')}, ${formatExactBytes(folder.bytes)}`}
      >
        <span className={styles.twist} data-toggle={folder.hasFolders ? '' : undefined}>
          {folder.hasFolders && <Icon name={row.expanded ? 'chevronDown' : 'chevronRight'} size={14} />}
        </span>
        <span className={styles.text} aria-hidden="true">
          <span className={styles.line}>
            <MiddleTruncate text={name} className={styles.name} />
            {level > mostIndented && <span className={styles.depth}>level {level}</span>}
            <FindingDot counts={folder.findings} />
            <span className={styles.bytes}>{formatBytes(folder.bytes)}</span>
          </span>
          <span className={styles.line}>
            <span className={styles.bar}>
              <span style={{ width: `${part * 100}%` }} />
            </span>
            <span className={classes(styles.files, source?.state === 'gone' && styles.gone)}>
              {source?.state === 'gone' ? state : formatCounted(folder.files, 'file')}
              {source?.state === 'scanning' && ' so far'}
            </span>
          </span>
        </span>
      </Item>
    );
  },
  (a, b) =>
    a.index === b.index &&
    a.selected === b.selected &&
    a.current === b.current &&
    a.source === b.source &&
    isSame(a.row, b.row),
);

function isSame(a: TreeRow | undefined, b: TreeRow | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.row === b.row &&
    a.level === b.level &&
    a.position === b.position &&
    a.siblings === b.siblings &&
    a.expanded === b.expanded &&
    a.parentBytes === b.parentBytes
  );
}

/** The worst that something in the folder has; its shape says it too. */
function FindingDot({ counts }: { readonly counts: FindingCounts }) {
  const worst = (['must', 'should', 'may'] as const).find((level) => counts[level] > 0);
  if (worst === undefined) return null;
  return (
    <span className={styles[worst]} title={findingWords(counts)}>
      <Icon name={worst} size={12} />
    </span>
  );
}

function findingWords(counts: FindingCounts): string {
  const words = { must: 'must be fixed', should: 'should be fixed', may: 'worth a look' };
  return (['must', 'should', 'may'] as const)
    .filter((level) => counts[level] > 0)
    .map((level) => `${formatCount(counts[level])} ${words[level]}`)
    .join(', ');
}

function sourceWords({ state }: Source): string {
  if (state === 'gone') return 'not there now';
  return state === 'scanning' ? 'being looked through' : '';
}

function spoken(name: string, folder: FolderRow, part: number, isSource: boolean, state: string): string {
  return [
    name,
    state,
    formatCounted(folder.files, 'file'),
    formatBytes(folder.bytes),
    `${shareWords(part)} of ${isSource ? 'all' : 'the folder above'}`,
    findingWords(folder.findings),
  ]
    .filter((words) => words !== '')
    .join(', ');
}
