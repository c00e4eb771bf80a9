import { type KeyboardEvent, useCallback, useRef, useState } from 'react';
import type { Profile } from '../../../shared/destinations/profile.ts';
import type { FindingGroup } from '../../../shared/model/finding.ts';
import { formatCount } from '../../../shared/rules/format-quantities.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Skeleton } from '../../components/states.tsx';
import { VirtualList, type VirtualListHandle } from '../../components/virtual-list.tsx';
import { engine } from '../../connection.ts';
import { FindingRow } from './finding-row.tsx';
import styles from './finding-rows.module.css';
import { fixFindings } from './fix-findings.ts';
import { groupKey } from './group-list.ts';
import { listRole } from './list-roles.ts';
import { nextRow } from './row-keys.ts';
import { useNarrow } from './use-narrow.ts';
import { usePages } from './use-pages.ts';

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
  const pages = usePages(`${groupKey(group)} ${text}`, id, ['findings'], (offset, limit) =>
    engine.call('findings.page', { id, rule, level, offset, limit, ...(text === '' ? {} : { text }) }),
  );
  const rowHeight = useNarrow(720) ? 104 : 60;
  const list = useRef<VirtualListHandle>(null);
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [inSight, setInSight] = useState({ first: 0, end: 1 });

  const { see } = pages;
  const onWindow = useCallback(
    (first: number, end: number) => {
      setInSight((now) => (now.first === first && now.end === end ? now : { first, end }));
      see(first, end);
    },
    [see],
  );

  const total = pages.total ?? 0;
  if (pages.problem && pages.total === null) {
    return <ProblemNotice problem={pages.problem} onRetry={pages.refresh} />;
  }
  if (pages.total === null) return <Skeleton rows={Math.min(4, group.count)} height={rowHeight} />;

  const tabbable = Math.min(Math.max(active, inSight.first), inSight.end - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextRow(event.key, tabbable, total, Math.floor(rowsInSight));
    if (next === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    setActive(next);
    list.current?.show(next);
    requestAnimationFrame(() => {
      box.current?.querySelector<HTMLElement>(`[data-row="${next}"] [data-first]`)?.focus();
    });
  };
  return (
    <>
      {pages.problem && <ProblemNotice problem={pages.problem} onRetry={pages.refresh} />}
      <div
        ref={box}
        {...listRole(`${formatCount(total)} places: ${group.title}`)}
        className={styles.rows}
        style={{ height: Math.min(total, rowsInSight) * rowHeight }}
      >
        <VirtualList
          count={total}
          rowHeight={rowHeight}
          handle={list}
          className={styles.list}
          onWindow={onWindow}
          row={(index) => (
            <FindingRow
              key={index}
              id={id}
              profile={profile}
              index={index}
              total={total}
              height={rowHeight}
              finding={pages.row(index)}
              tabbable={index === tabbable}
              busy={busy}
              onFocus={() => setActive(index)}
              onKeyDown={onKeyDown}
              onFix={(finding) => void fixFindings(id, rule, [finding])}
            />
          )}
        />
      </div>
    </>
  );
}
