import { Component, type ComponentType, lazy, type ReactNode, Suspense, useEffect } from 'react';
import { type ProblemData, problemOf } from '../../shared/model/problem.ts';
import { useCommands } from '../commands.ts';
import { Button } from '../components/button.tsx';
import { ProblemNotice } from '../components/problem-notice.tsx';
import { Skeleton } from '../components/states.tsx';
import type { RoomProps } from '../room-props.ts';
import { type Room, type Route, rooms } from '../routes.ts';
import { redo, undo } from '../stores/history.ts';
import { goToLibrary } from '../stores/navigation-store.ts';
import { openSubmission, reloadSubmission, useSubmission } from '../stores/submission-store.ts';
import { RoomTabs, roomTitle } from './room-tabs.tsx';
import styles from './submission-frame.module.css';
import { titleOf } from './top-bar.tsx';

const load: Record<Room, () => Promise<{ default: ComponentType<RoomProps> }>> = {
  files: () => import('../screens/files/files-room.tsx').then((m) => ({ default: m.FilesRoom })),
  look: () => import('../screens/look/look-room.tsx').then((m) => ({ default: m.LookRoom })),
  describe: () => import('../screens/describe/describe-room.tsx').then((m) => ({ default: m.DescribeRoom })),
  check: () => import('../screens/check/check-room.tsx').then((m) => ({ default: m.CheckRoom })),
  send: () => import('../screens/send/send-room.tsx').then((m) => ({ default: m.SendRoom })),
};

const roomComponents: Record<Room, ComponentType<RoomProps>> = {
  files: lazy(load.files),
  look: lazy(load.look),
  describe: lazy(load.describe),
  check: lazy(load.check),
  send: lazy(load.send),
};

/** Fetches all rooms while nothing else is to do, so that they open at once, also when the engine is gone. */
function fetchRooms(): void {
  for (const room of rooms) load[room]().catch(() => {});
}

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

  useEffect(() => {
    const idle = window.requestIdleCallback(fetchRooms, { timeout: 3000 });
    return () => window.cancelIdleCallback(idle);
  }, []);
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

const unfetched = /dynamically imported module|preload css|importing a module/i;

/** What a room's fault is to people; a part of the window that could not be fetched is no fault of the program. */
function roomProblem(thrown: unknown): ProblemData {
  if (!(thrown instanceof Error && unfetched.test(thrown.message))) return problemOf(thrown);
  return {
    code: unfetchedRoom,
    message: 'This part of the window could not be fetched.',
    cause: 'Slipway does not answer at the moment, or was updated since this window was opened.',
    advice: 'Try again when it is back.',
  };
}
const unfetchedRoom = 'unfetched-room';

/** A fault in one room costs that room, not the window. */
class RoomBoundary extends Component<{ readonly children: ReactNode }, { problem: ProblemData | null }> {
  override state: { problem: ProblemData | null } = { problem: null };

  static getDerivedStateFromError(thrown: unknown) {
    return { problem: roomProblem(thrown) };
  }

  override render() {
    const { problem } = this.state;
    if (!problem) return this.props.children;
    const retry = () =>
      problem.code === unfetchedRoom ? window.location.reload() : this.setState({ problem: null });
    return (
      <div className={styles.problem}>
        <ProblemNotice problem={problem} onRetry={retry} />
      </div>
    );
  }
}
