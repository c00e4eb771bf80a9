import { useEffect, useRef, useState } from 'react';
import { profileOf } from '../../../shared/destinations/index.ts';
import type { Profile } from '../../../shared/destinations/profile.ts';
import { findingLevelSchema } from '../../../shared/model/finding.ts';
import { useCommands } from '../../commands.ts';
import { Button } from '../../components/button.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Progress } from '../../components/progress.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { useAnswer } from '../../hooks/use-answer.ts';
import { useSettled } from '../../hooks/use-settled.ts';
import type { RoomProps } from '../../room-props.ts';
import { RoomAction } from '../../shell/room-action.tsx';
import { useConnection } from '../../stores/connection-store.ts';
import { goToRoom, replaceQuery } from '../../stores/navigation-store.ts';
import { useSubmission } from '../../stores/submission-store.ts';
import { shouldCheckNow } from './auto-check.ts';
import { CheckHead } from './check-head.tsx';
import styles from './check-room.module.css';
import { startCheck, stopCheck, useCheckRun } from './check-run-store.ts';
import { openCheckView, useCheckView } from './check-view-store.ts';
import { FindingFilter } from './finding-filter.tsx';
import { FindingGroups } from './finding-groups.tsx';
import { countGroups } from './group-list.ts';
import { ReadyNote } from './ready-note.tsx';
import { runWords } from './run-words.ts';
import { useKeptFocus } from './use-kept-focus.ts';

/** What an archive would refuse, grouped by cause, and the way to mend it. */
export function CheckRoom({ submissionId: id, query }: RoomProps) {
  // Once, before anything reads the view: this room is mounted anew for each submission.
  useState(() => openCheckView(id));
  const summary = useSubmission((state) => state.summary);
  const run = useCheckRun(id);
  const connected = useConnection((state) => state.state === 'open');
  const level = findingLevelSchema.safeParse(query.level).data ?? null;
  const text = useCheckView((view) => view.text);
  const wanted = useSettled(text.trim(), 250);
  const groups = useAnswer('findings.groups', { id, ...(wanted === '' ? {} : { text: wanted }) }, [
    'findings',
    'summary',
  ]);
  const room = useKeptFocus(run.running || !connected);
  useAutoCheck(id, summary?.checkedAt, run.running, run.took);

  useCommands([
    { id: 'check.run', title: 'Check now', group: 'Check', run: () => void startCheck(id) },
    { id: 'check.send', title: 'Go on to Send', group: 'Check', run: () => goToRoom(id, 'send') },
  ]);

  const counts = groups.data?.counts ?? summary?.findings ?? null;
  const checked = typeof summary?.checkedAt === 'string';
  const known = groups.data !== null || groups.problem === null;
  const ready = checked && known && !run.running && summary.findings.must === 0;
  const problem = run.problem?.code === 'cancelled' ? null : run.problem;
  const filtered = level !== null || wanted !== '';

  return (
    <div ref={room} className={styles.room}>
      <RoomAction>
        {run.running ? (
          <Button icon="stop" onClick={() => stopCheck(id)}>
            Stop checking
          </Button>
        ) : (
          <Button
            variant={ready ? 'plain' : 'primary'}
            icon="refresh"
            disabled={summary === null || !connected}
            onClick={() => void startCheck(id)}
          >
            {ready ? 'Check again' : 'Check now'}
          </Button>
        )}
        {ready && (
          <Button variant="primary" icon="arrowRight" onClick={() => goToRoom(id, 'send')}>
            Go on to Send
          </Button>
        )}
      </RoomAction>

      {run.running && (
        <div className={styles.progress}>
          <Progress {...runWords(run.progress)} />
          {!checked && (
            <p className={styles.soft}>
              Names, files, pairs, masks and the description, everything the archive would refuse. Nothing is
              sent for it.
            </p>
          )}
        </div>
      )}
      {problem && <ProblemNotice problem={problem} onRetry={() => void startCheck(id)} />}
      {groups.problem && <ProblemNotice problem={groups.problem} onRetry={groups.reload} />}
      {summary && counts && known && (
        <CheckHead
          id={id}
          counts={summary.findings}
          checkedAt={summary.checkedAt}
          running={run.running}
          stopped={run.problem?.code === 'cancelled'}
        />
      )}
      {ready && <ReadyNote id={id} />}

      {groups.loading && <Skeleton rows={8} height={44} />}
      {groups.data && (filtered || groups.data.groups.length > 0) && (
        <>
          <FindingFilter
            level={level}
            counts={countGroups(groups.data.groups)}
            text={text}
            onLevel={(next) => replaceQuery(next === null ? {} : { level: next })}
            onText={(next) => useCheckView.setState({ text: next })}
          />
          <FindingGroups
            id={id}
            profile={profileIfKnown(summary?.destination)}
            groups={groups.data.groups}
            level={level}
            text={wanted}
            openRule={query.rule ?? null}
            busy={run.running || !connected}
          />
        </>
      )}
      {groups.data && !filtered && groups.data.groups.length === 0 && !run.running && !checked && (
        <EmptyState
          icon="checkCircle"
          title="Not checked yet"
          action={<Button onClick={() => void startCheck(id)}>Check now</Button>}
        >
          Slipway looks at names, files, pairs and the description for everything the archive would refuse.
          Nothing is sent for it.
        </EmptyState>
      )}
    </div>
  );
}

function profileIfKnown(destination: string | undefined): Profile | null {
  try {
    return destination === undefined ? null : profileOf(destination);
  } catch {
    return null;
  }
}

/** Starts a check on entering when there is no valid one, and after quick changes made here. */
function useAutoCheck(
  id: string,
  checkedAt: string | null | undefined,
  running: boolean,
  took: number | null,
): void {
  const before = useRef<string | null | undefined>(undefined);
  useEffect(() => {
    if (checkedAt === undefined) return;
    if (shouldCheckNow({ checkedAt, before: before.current, running, lastTook: took })) void startCheck(id);
    before.current = checkedAt;
  }, [id, checkedAt, running, took]);
}
