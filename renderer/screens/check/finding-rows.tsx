import { useEffect, useRef } from 'react';
import type { Profile } from '../../../shared/destinations/profile.ts';
import type { FindingGroup } from '../../../shared/model/finding.ts';
import { formatCount } from '../../../shared/rules/format-quantities.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Skeleton } from '../../components/states.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { engine } from '../../connection.ts';
import { listRole } from '../../hooks/list-roles.ts';
import { useNarrow } from '../../hooks/use-narrow.ts';
import { usePages } from '../../hooks/use-pages.ts';
import { useRowWalk } from '../../hooks/use-row-walk.ts';
import { rowLeft, standAt } from './check-view-store.ts';
import { FindingRow } from './finding-row.tsx';
import styles from './finding-rows.module.css';
import { fixFindings } from './fix-findings.ts';
import { groupKey } from './group-list.ts';

/** Rows in sight before the list scrolls by itself; the half row says that it goes on. */
const rowsInSight = 8.5;

/** Every place of a cause, read as it is looked at. Arrow keys walk the rows, Tab goes to what a row offers. */
export function FindingRows({
  id,
  profile,
  group,
  text,
  busy,
}: {
  readonly id: string;
  readonly profile: Profile | null;
  readonly group: FindingGroup;
  readonly text: string;
  readonly busy: boolean;
}) {
  const { rule, level } = group;
  const key = groupKey(group);
  const pages = usePages(`${key} ${text}`, id, ['findings'], (offset, limit) =>
    engine.call('findings.page', { id, rule, level, offset, limit, ...(text === '' ? {} : { text }) }),
  );
  const rowHeight = useNarrow(720) ? 104 : 60;
  const total = pages.total ?? 0;
  const walk = useRowWalk(total, Math.floor(rowsInSight), pages.see);
  const { go } = walk;
  const here = total > 0;
  const last = useRef(0);
  last.current = total - 1;
  useEffect(() => {
    const row = here ? rowLeft(key) : null;
    if (row !== null) go(Math.min(row, last.current));
  }, [here, key, go]);
  if (pages.problem && pages.total === null) {
    return <ProblemNotice problem={pages.problem} onRetry={pages.refresh} />;
  }
  // As high as the rows will be, so that nothing moves when they come.
  if (pages.total === null) return <Skeleton rows={Math.min(group.count, 8)} height={rowHeight} />;

  return (
    <>
      {pages.problem && <ProblemNotice problem={pages.problem} onRetry={pages.refresh} />}
      <div
        ref={walk.box}
        {...listRole(`${formatCount(total)} places: ${group.title}`)}
        className={styles.rows}
        style={{ height: Math.min(total, rowsInSight) * rowHeight }}
      >
        <VirtualList
          count={total}
          rowHeight={rowHeight}
          handle={walk.list}
          className={styles.list}
          onWindow={walk.onWindow}
          row={(index) => (
            <FindingRow
              key={index}
              id={id}
              profile={profile}
              index={index}
              total={total}
              height={rowHeight}
              finding={pages.row(index)}
              tabbable={walk.stopsAt(index)}
              busy={busy}
              walk={walk.row(index)}
              onStand={() => standAt({ group: key, row: index })}
              onFix={(finding) => void fixFindings(id, rule, [finding])}
            />
          )}
        />
      </div>
    </>
  );
}
