import { useEffect, useRef } from 'react';
import type { SubmissionSummary } from '../../shared/model/submission.ts';
import { formatCount } from '../../shared/rules/format-quantities.ts';
import { classes } from '../components/classes.ts';
import { Icon, type IconName } from '../components/icons.tsx';
import { type Room, roomAddress, rooms } from '../routes.ts';
import { RoomActionSlot } from './room-action.tsx';
import styles from './room-tabs.module.css';
import { type TabState, tabState } from './tab-state.ts';

export const roomTitle: Record<Room, string> = {
  files: 'Files',
  look: 'Look',
  describe: 'Describe',
  check: 'Check',
  send: 'Send',
};

const stateIcon: Record<Exclude<TabState['tone'], 'plain'>, IconName> = {
  must: 'must',
  should: 'should',
  done: 'check',
};

/** The five rooms with their counts, and at the right end the one main action of the room. */
export function RoomTabs({
  id,
  room,
  summary,
}: {
  readonly id: string;
  readonly room: Room;
  readonly summary: SubmissionSummary | null;
}) {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    nav.current?.querySelector(`[href$="/${room}"]`)?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }, [room]);
  return (
    <div className={styles.row}>
      <nav ref={nav} aria-label="Rooms of this submission" className={styles.tabs}>
        {rooms.map((one) => {
          const state = summary ? tabState(one, summary) : null;
          return (
            <a
              key={one}
              href={roomAddress(id, one)}
              className={styles.tab}
              aria-current={one === room ? 'page' : undefined}
            >
              {roomTitle[one]}
              {state && (
                <span className={classes(styles.state, styles[state.tone])}>
                  {state.tone !== 'plain' && <Icon name={stateIcon[state.tone]} size={14} />}
                  {state.count !== null && <span className={styles.count}>{formatCount(state.count)}</span>}
                  {state.word && (
                    <span className={state.count === null ? undefined : styles.word}>{state.word}</span>
                  )}
                </span>
              )}
            </a>
          );
        })}
      </nav>
      <RoomActionSlot label={`Actions in ${roomTitle[room]}`} />
    </div>
  );
}
