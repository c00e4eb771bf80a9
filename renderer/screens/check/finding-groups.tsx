import { useState } from 'react';
import type { Profile } from '../../../shared/destinations/profile.ts';
import type { FindingGroup, FindingLevel } from '../../../shared/model/finding.ts';
import { EmptyState } from '../../components/states.tsx';
import { setGroupOpen, useCheckView } from './check-view-store.ts';
import { FindingGroupCard } from './finding-group-card.tsx';
import styles from './finding-groups.module.css';
import { FixDialog } from './fix-dialog.tsx';
import { fixableIds, fixFindings } from './fix-findings.ts';
import { groupKey, groupsOf, levels, levelWords } from './group-list.ts';

export interface FindingGroupsProps {
  readonly id: string;
  readonly profile: Profile | null;
  readonly groups: readonly FindingGroup[];
  readonly level: FindingLevel | null;
  /** What is searched for; empty for everything. */
  readonly text: string;
  /** The rule a deep link asks for. */
  readonly openRule: string | null;
  /** A check runs: nothing is fixed meanwhile. */
  readonly busy: boolean;
}

/** Findings in groups of one cause, the levels under their headings. */
export function FindingGroups(props: FindingGroupsProps) {
  const { id, groups, level, text, openRule } = props;
  const toggled = useCheckView((view) => view.toggled);
  const [asking, setAsking] = useState<FindingGroup | null>(null);
  const shown = (level === null ? levels : [level]).filter((one) =>
    groups.some((group) => group.level === one),
  );
  const firstOpen = groups.length === 1 ? groups[0] : groups.find((group) => group.rule === openRule);

  if (shown.length === 0) {
    return (
      <EmptyState compact title={text === '' ? 'Nothing of this level' : `No finding has “${text}”`}>
        {text === ''
          ? 'Choose another level to see the rest.'
          : 'Search for part of a path, a field or the message.'}
      </EmptyState>
    );
  }
  const fix = async (group: FindingGroup) => {
    setAsking(null);
    await fixFindings(id, group.rule, text === '' ? undefined : await fixableIds(id, group, text));
  };
  return (
    <>
      {shown.map((one) => (
        <section key={one} className={styles.level} aria-labelledby={`level-${one}`}>
          <header className={styles.levelHead}>
            <h3 id={`level-${one}`}>{levelWords[one].title}</h3>
            <p>{levelWords[one].help}</p>
          </header>
          {groupsOf(groups, one).map((group) => {
            const key = groupKey(group);
            const open = toggled.get(key) ?? group === firstOpen;
            return (
              <FindingGroupCard
                key={key}
                {...props}
                group={group}
                open={open}
                onOpen={(next) => setGroupOpen(key, next)}
                onFixAll={() => setAsking(group)}
              />
            );
          })}
        </section>
      ))}
      {asking && (
        <FixDialog
          id={id}
          profile={props.profile}
          group={asking}
          text={text}
          onClose={() => setAsking(null)}
          onFix={() => void fix(asking)}
        />
      )}
    </>
  );
}
