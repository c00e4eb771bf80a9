import { type KeyboardEvent, type MouseEvent, useEffect, useRef } from 'react';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import { SearchInput } from '../../components/field.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { VirtualList, type VirtualListHandle } from '../../components/virtual-list.tsx';
import styles from './gallery.module.css';
import { GalleryRow, galleryRowId } from './gallery-row.tsx';
import type { Gallery as GalleryRows } from './use-gallery.ts';
import type { Selection } from './use-selection.ts';

const ROW_HEIGHT = 72;

/** The list of what can be looked at: images with their masks first, then what has no partner. */
export function Gallery({
  submissionId,
  gallery,
  selection,
  text,
  onText,
}: {
  readonly submissionId: string;
  readonly gallery: GalleryRows;
  readonly selection: Selection;
  readonly text: string;
  readonly onText: (text: string) => void;
}) {
  const list = useRef<VirtualListHandle>(null);
  const { item, row: selectedRow, select } = selection;
  const { count, totals, see } = gallery;
  useEffect(() => {
    if (selectedRow !== null) list.current?.show(selectedRow);
  }, [selectedRow]);

  const onKeyDown = (event: KeyboardEvent) => {
    const from = selectedRow ?? 0;
    const page = Math.max(1, (list.current?.visibleRows() ?? 8) - 1);
    const to = {
      Home: 0,
      End: count - 1,
      PageDown: from + page,
      PageUp: from - page,
    }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    select(to);
  };

  const onClick = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest('[data-row]') : null;
    if (!(row instanceof HTMLElement)) return;
    list.current?.focus();
    select(Number(row.dataset.row));
  };

  return (
    <div className={styles.gallery}>
      <div className={styles.head}>
        <SearchInput value={text} onValue={onText} label="Filter images" />
        <p className={styles.count} role="status">
          {totals && countWords(totals)}
        </p>
      </div>
      {gallery.problem && gallery.problem.code !== 'engine-gone' && (
        <ProblemNotice problem={gallery.problem} onRetry={gallery.refresh} />
      )}
      {gallery.problem && count === 0 ? null : totals === null ? (
        <Skeleton rows={8} height={56} />
      ) : count === 0 ? (
        <EmptyState compact title="Nothing here">
          No image or mask has “{text}” in its path.
        </EmptyState>
      ) : (
        <div className={styles.listBox}>
          <VirtualList
            handle={list}
            role="listbox"
            aria-label="Images"
            tabIndex={0}
            aria-activedescendant={item && selectedRow !== null ? galleryRowId(selectedRow) : undefined}
            className={styles.list}
            count={count}
            rowHeight={ROW_HEIGHT}
            onWindow={see}
            onKeyDown={onKeyDown}
            onClick={onClick}
            row={(row) => (
              <GalleryRow
                key={row}
                submissionId={submissionId}
                row={row}
                count={count}
                item={gallery.item(row)}
                selected={item !== null && gallery.item(row)?.key === item.key}
              />
            )}
          />
        </div>
      )}
    </div>
  );
}

function countWords(totals: NonNullable<GalleryRows['totals']>): string {
  const parts = [
    totals.pairs > 0 && formatCounted(totals.pairs, 'pair'),
    totals.images > 0 && `${formatCounted(totals.images, 'image')} without mask`,
    totals.masks > 0 && `${formatCounted(totals.masks, 'mask')} without image`,
  ].filter((part) => part !== false);
  return parts.join(' · ');
}
