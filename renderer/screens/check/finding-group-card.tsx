import { useId } from 'react';
import type { FindingGroup } from '../../../shared/model/finding.ts';
import { formatCount } from '../../../shared/rules/format-quantities.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icons.tsx';
import { useAnswer } from '../../hooks/use-answer.ts';
import { goToRoom } from '../../stores/navigation-store.ts';
import { findingCondition } from '../files/files-view-store.ts';
import styles from './finding-groups.module.css';
import type { FindingGroupsProps } from './finding-groups.tsx';
import { FindingRows } from './finding-rows.tsx';
import { fixAllTitle, groupKey } from './group-list.ts';

/** One cause: what it is and how often; opened, why it matters, whose rule it is, and every place. */
export function FindingGroupCard({
  id,
  profile,
  text,
  busy,
  group,
  open,
  onOpen,
  onFixAll,
}: Pick<FindingGroupsProps, 'id' | 'profile' | 'text' | 'busy'> & {
  readonly group: FindingGroup;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly onFixAll: () => void;
}) {
  const body = useId();
  const fixAll = fixAllTitle(group);
  return (
    <article className={styles.group} data-group={groupKey(group)} data-open={open || undefined}>
      <div className={styles.groupHead}>
        <h4 className={styles.groupTitle}>
          <button
            type="button"
            className={styles.toggle}
            aria-expanded={open}
            aria-controls={body}
            onClick={() => onOpen(!open)}
          >
            <span className={styles.chevron}>
              <Icon name={open ? 'chevronDown' : 'chevronRight'} />
            </span>
            <span className={styles.mark} data-level={group.level}>
              <Icon name={group.level} />
            </span>
            <span className={styles.count}>{formatCount(group.count)}</span>
            <span className={styles.title}>{group.title}</span>
          </button>
        </h4>
        {fixAll && (
          <Button
            small
            icon="check"
            disabled={busy}
            onClick={onFixAll}
            aria-label={`${fixAll}: ${group.title}`}
          >
            {fixAll}
          </Button>
        )}
      </div>
      <div id={body} hidden={!open} className={styles.body}>
        {open && (
          <>
            <p className={styles.reason}>{group.reason}</p>
            {group.source && (
              <p className={styles.source}>
                Rule: <RuleSource source={group.source} />
              </p>
            )}
            <ShowInGrid id={id} group={group} />
            <FindingRows id={id} profile={profile} group={group} text={text} busy={busy} />
          </>
        )}
      </div>
    </article>
  );
}

/** Leads to the files of a group in the grid, where all of them can be edited; nothing where none are files. */
function ShowInGrid({ id, group }: { readonly id: string; readonly group: FindingGroup }) {
  const filter = { columns: [findingCondition(group.rule)] };
  const { data } = useAnswer('entries.page', { id, offset: 0, limit: 1, filter }, ['findings', 'entries']);
  if (!data || data.total === 0) return null;
  return (
    <Button
      small
      variant="quiet"
      icon="table"
      className={styles.inGrid}
      onClick={() => goToRoom(id, 'files', { rule: group.rule })}
    >
      Show {data.total === 1 ? 'this file' : `these ${formatCount(data.total)} files`} in the grid
    </Button>
  );
}

/** Where a rule comes from; addresses in it are links. */
function RuleSource({ source }: { readonly source: string }) {
  const match = /https?:\/\/\S+[^\s.,;)]/.exec(source);
  if (!match) return <>{source}</>;
  const [address] = match;
  return (
    <>
      {source.slice(0, match.index)}
      <a href={address} target="_blank" rel="noreferrer">
        {address}
      </a>
      {source.slice(match.index + address.length)}
    </>
  );
}
