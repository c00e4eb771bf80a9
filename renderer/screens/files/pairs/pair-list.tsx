import type { KeyboardEvent, ReactNode } from 'react';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { Skeleton } from '../../../components/states.tsx';
import { VirtualList } from '../../../components/virtual-list.tsx';
import { listItemRole, listRole } from '../../../hooks/list-roles.ts';
import type { FetchPage } from '../../../hooks/page-store.ts';
import { useNarrow } from '../../../hooks/use-narrow.ts';
import { usePages } from '../../../hooks/use-pages.ts';
import { useRowWalk } from '../../../hooks/use-row-walk.ts';
import styles from './pair-list.module.css';

/** What a row offers while it is the one that Tab stops at: 0, else -1. */
export type TabIndex = 0 | -1;

/**
 * A list of pairs or of files without one, read as it is looked at. Arrow keys walk the rows, Tab goes to what a row
 * offers.
 */
export function PairList<T>({
  listKey,
  submissionId,
  label,
  fetchPage,
  rowHeight,
  narrowHeight,
  empty,
  row,
  onKey,
}: {
  /** Names the list: another key is another list. */
  readonly listKey: string;
  readonly submissionId: string;
  readonly label: string;
  readonly fetchPage: FetchPage<T>;
  readonly rowHeight: number;
  /** In windows below 720 px. */
  readonly narrowHeight: number;
  readonly empty: ReactNode;
  readonly row: (item: T, tabIndex: TabIndex) => ReactNode;
  /** A key pressed in a row; true when it meant something. */
  readonly onKey?: (item: T, key: string) => boolean;
}) {
  const pages = usePages(listKey, submissionId, ['pairs'], fetchPage);
  const isNarrow = useNarrow(720);
  const height = isNarrow ? narrowHeight : rowHeight;
  const total = pages.total ?? 0;
  const walk = useRowWalk(total, 5, pages.see);
  if (pages.problem && pages.total === null) {
    return <ProblemNotice problem={pages.problem} onRetry={pages.refresh} />;
  }
  if (pages.total === null) return <Skeleton rows={6} height={height} />;
  if (total === 0) return <div className={styles.empty}>{empty}</div>;
  return (
    <>
      {pages.problem && <ProblemNotice problem={pages.problem} onRetry={pages.refresh} />}
      <div ref={walk.box} {...listRole(label)} className={styles.rows}>
        <VirtualList
          count={total}
          rowHeight={height}
          handle={walk.list}
          className={styles.list}
          onWindow={walk.onWindow}
          row={(index) => {
            const item = pages.row(index);
            const own = walk.row(index);
            const tabIndex = walk.stopsAt(index) ? 0 : -1;
            const onKeyDown = (event: KeyboardEvent) => {
              const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey;
              if (item !== undefined && isPlain && onKey?.(item, event.key)) event.preventDefault();
              else own.onKeyDown(event);
            };
            return (
              <div
                key={index}
                {...listItemRole(index, total)}
                {...own}
                {...{ onKeyDown }}
                tabIndex={tabIndex}
                className={styles.row}
                style={{ height }}
                {...(item === undefined ? { 'aria-busy': true } : {})}
              >
                {item === undefined ? <span className={styles.coming} /> : row(item, tabIndex)}
              </div>
            );
          }}
        />
      </div>
    </>
  );
}
