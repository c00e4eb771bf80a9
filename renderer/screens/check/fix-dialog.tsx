import type { Profile } from '../../../shared/destinations/profile.ts';
import type { Finding, FindingGroup } from '../../../shared/model/finding.ts';
import { formatCount, formatCounted } from '../../../shared/rules/format-quantities.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { MiddleTruncate } from '../../components/quantities.tsx';
import { Skeleton } from '../../components/states.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { engine } from '../../connection.ts';
import { listItemRole, listRole, tabStop } from '../../hooks/list-roles.ts';
import { usePages } from '../../hooks/use-pages.ts';
import { useRowWalk } from '../../hooks/use-row-walk.ts';
import { placeName } from './finding-place.ts';
import { FixChange } from './finding-row.tsx';
import styles from './finding-rows.module.css';
import { fixAllTitle, groupKey } from './group-list.ts';

/** Shows what a fix of many would change, old above new, before it is done. */
export function FixDialog({
  id,
  profile,
  group,
  text,
  onClose,
  onFix,
}: {
  readonly id: string;
  readonly profile: Profile | null;
  readonly group: FindingGroup;
  /** What the list is searched for; only what has it is fixed. */
  readonly text: string;
  readonly onClose: () => void;
  readonly onFix: () => void;
}) {
  const { rule, level } = group;
  const pages = usePages(`${groupKey(group)} ${text}`, id, ['findings'], (offset, limit) =>
    engine.call('findings.page', { id, rule, level, offset, limit, ...(text === '' ? {} : { text }) }),
  );
  const total = pages.total ?? group.count;
  const walk = useRowWalk(total, 6, pages.see);
  const left = group.count - group.fixable;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="large"
      title={group.fixTitle ?? group.title}
      description={
        <>
          This changes what Slipway will send or leave out; your own files stay as they are. It can be undone.
          {left > 0 && ` ${formatCounted(left, 'place')} need you: no fix fits them.`}
        </>
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" icon="check" onClick={onFix}>
            {fixAllTitle(group) ?? `Fix ${formatCount(group.fixable)}`}
          </Button>
        </>
      }
    >
      {pages.problem && <ProblemNotice problem={pages.problem} onRetry={pages.refresh} />}
      {pages.total === null && !pages.problem && <Skeleton rows={6} height={rowHeight} />}
      {pages.total !== null && (
        <div
          ref={walk.box}
          {...listRole(`${formatCount(total)} changes, old above new`)}
          className={styles.preview}
          style={{ height: Math.min(total, 6.5) * rowHeight }}
        >
          <VirtualList
            count={total}
            rowHeight={rowHeight}
            className={styles.list}
            handle={walk.list}
            onWindow={walk.onWindow}
            row={(index) => {
              const finding = pages.row(index);
              return (
                <div
                  key={index}
                  {...listItemRole(index, total)}
                  {...walk.row(index)}
                  {...tabStop(walk.stopsAt(index))}
                  className={styles.previewRow}
                  style={{ height: rowHeight }}
                >
                  {finding ? (
                    <Change finding={finding} profile={profile} />
                  ) : (
                    <span className={styles.coming} />
                  )}
                </div>
              );
            }}
          />
        </div>
      )}
    </Dialog>
  );
}

/** Where something changes, and what from and to. */
function Change({ finding, profile }: { readonly finding: Finding; readonly profile: Profile | null }) {
  const name = placeName(finding.place, profile);
  const { fix } = finding;
  if (!fix?.safe) return <p className={styles.stays}>{name} stays as it is and needs you.</p>;
  return (
    <>
      {!fix.before.endsWith(name) && <MiddleTruncate text={name} className={styles.previewPlace} />}
      <FixChange fix={fix} />
    </>
  );
}

const rowHeight = 72;
