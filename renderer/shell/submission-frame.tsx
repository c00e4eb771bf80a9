import { Component, type ComponentType, lazy, type ReactNode, Suspense, useEffect } from 'react';
import { type ProblemData, problemOf } from '../../shared/model/problem.ts';
import { useCommands } from '../commands.ts';
import { Button } from '../components/button.tsx';
import { ProblemNotice } from '../components/problem-notice.tsx';
import { Skeleton } from '../components/states.tsx';
import type { RoomProps } from '../room-props.ts';
import type { Room, Route } from '../routes.ts';
import { redo, undo } from '../stores/history.ts';
import { goToLibrary } from '../stores/navigation-store.ts';
import { openSubmission, reloadSubmission, useSubmission } from '../stores/submission-store.ts';
import { RoomTabs, roomTitle } from './room-tabs.tsx';
import styles from './submission-frame.module.css';
import { titleOf } from './top-bar.tsx';

const roomComponents: Record<Room, ComponentType<RoomProps>> = {
  files: lazy(() => import('../screens/files/files-room.tsx').then((m) => ({ default: m.FilesRoom }))),
  look: lazy(() => import('../screens/look/look-room.tsx').then((m) => ({ default: m.LookRoom }))),
  describe: lazy(() =>
    import('../screens/describe/describe-room.tsx').then((m) => ({ default: m.DescribeRoom })),
  ),
  check: lazy(() => import('../screens/check/check-room.tsx').then((m) => ({ default: m.CheckRoom }))),
  send: lazy(() => import('../screens/send/send-room.tsx').then((m) => ({ default: m.SendRoom }))),
};

/** The five rooms around one submission. */
export function SubmissionFrame({ route }: { readonly route: Extract<Route, { id: string }> }) {
  const { id, room, query } = route;
  const { summary, problem } = useSubmission();
  useEffect(() => {
    openSubmission(id);
    return () => openSubmission(null);
  }, [id]);
  useEffect(() => {
    document.title = summary ? `${roomTitle[room]} · ${titleOf(summary)} · Slipway` : 'Slipway';
  }, [room, summary]);

  useCommands([
    { id: 'undo', title: 'Undo the last change', group: 'Edit', shortcut: 'mod+z', run: () => void undo(id) },
    {
      id: 'redo',
      title: 'Redo what was undone',
      group: 'Edit',
      shortcut: 'mod+shift+z',
      run: () => void redo(id),
    },
  ]);

  const RoomComponent = roomComponents[room];
  const unopened = problem !== null && summary === null && problem.code !== 'engine-gone';
  return (
    <>
      <RoomTabs id={id} room={room} summary={summary} />
      <main className={styles.room} aria-label={roomTitle[room]}>
        {unopened ? (
          <div className={styles.problem}>
            <ProblemNotice problem={problem} onRetry={reloadSubmission}>
              <Button small onClick={goToLibrary}>
                Back to the library
              </Button>
            </ProblemNotice>
          </div>
        ) : (
          <RoomBoundary key={`${id} ${room}`}>
            <Suspense fallback={<Skeleton rows={10} />}>
              <RoomComponent key={id} submissionId={id} query={query} />
            </Suspense>
          </RoomBoundary>
        )}
      </main>
    </>
  );
}

/** A fault in one room costs that room, not the window. */
class RoomBoundary extends Component<{ readonly children: ReactNode }, { problem: ProblemData | null }> {
  override state: { problem: ProblemData | null } = { problem: null };

  static getDerivedStateFromError(thrown: unknown) {
    return { problem: problemOf(thrown) };
  }

  override render() {
    if (!this.state.problem) return this.props.children;
    return (
      <div className={styles.problem}>
        <ProblemNotice problem={this.state.problem} onRetry={() => this.setState({ problem: null })} />
      </div>
    );
  }
}
