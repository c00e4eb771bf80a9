import type { ReactNode } from 'react';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { Skeleton } from '../../../components/states.tsx';
import { VirtualList } from '../../../components/virtual-list.tsx';
import { listItemRole, listRole } from '../../../hooks/list-roles.ts';
import type { FetchPage } from '../../../hooks/page-store.ts';
import { usePages } from '../../../hooks/use-pages.ts';
import { useRowWalk } from '../../../hooks/use-row-walk.ts';
import styles from './walk-dialogs.module.css';

const ROW_HEIGHT = 52;

/** A list of paths of any length, read as it is looked at. Arrow keys walk the rows, Tab goes to what a row offers. */
export function PathList<T>({
  listKey,
  submissionId,
  label,
  fetchPage,
  empty,
  row,
}: {
  /** Names the list: another key is another list. */
  readonly listKey: string;
  readonly submissionId: string;
  readonly label: string;
  readonly fetchPage: FetchPage<T>;
  readonly empty: ReactNode;
  readonly row: (item: T, tabIndex: 0 | -1) => ReactNode;
}) {
  const pages = usePages(listKey, submissionId, ['sources'], fetchPage);
  const total = pages.total ?? 0;
  const walk = useRowWalk(total, 5, pages.see);
  if (pages.problem && pages.total === null) {
    return <ProblemNotice problem={pages.problem} onRetry={pages.refresh} />;
  }
  if (pages.total === null) return <Skeleton rows={6} height={ROW_HEIGHT} />;
  if (total === 0) return <div className={styles.empty}>{empty}</div>;
  return (
    <>
      {pages.problem && <ProblemNotice problem={pages.problem} onRetry={pages.refresh} />}
      <div ref={walk.box} {...listRole(label)} className={styles.rows}>
        <VirtualList
          count={total}
          rowHeight={ROW_HEIGHT}
          handle={walk.list}
          className={styles.list}
          onWindow={walk.onWindow}
          row={(index) => {
            const item = pages.row(index);
            const tabIndex = walk.stopsAt(index) ? 0 : -1;
            return (
              <div
                key={index}
                {...listItemRole(index, total)}
                {...walk.row(index)}
                tabIndex={tabIndex}
                className={styles.row}
                style={{ height: ROW_HEIGHT }}
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
