import { create } from 'zustand';
import { type ProblemData, problemOf } from '../../shared/model/problem.ts';
import type { SubmissionSummary } from '../../shared/model/submission.ts';
import { engine } from '../connection.ts';
import { coalesce } from '../hooks/coalesce.ts';
import { useConnection } from './connection-store.ts';

/** The submission whose rooms are open, as the header and the five tabs show it. */
export interface OpenSubmission {
  readonly id: string | null;
  readonly summary: SubmissionSummary | null;
  readonly problem: ProblemData | null;
}

export const noSubmission: OpenSubmission = { id: null, summary: null, problem: null };

/** Another submission is opened: nothing of the former stays in sight. */
export function opening(now: OpenSubmission, id: string): OpenSubmission {
  return now.id === id ? now : { id, summary: null, problem: null };
}

/** An answer arrived; late answers about another submission change nothing. */
export function arrived(now: OpenSubmission, summary: SubmissionSummary): OpenSubmission {
  return now.id === summary.id ? { id: now.id, summary, problem: null } : now;
}

/** The answer failed; what was known stays in sight beside the problem. */
export function failed(now: OpenSubmission, id: string, problem: ProblemData): OpenSubmission {
  return now.id === id ? { ...now, problem } : now;
}

export const useSubmission = create<OpenSubmission>()(() => noSubmission);

function read(): void {
  const { id } = useSubmission.getState();
  if (id === null) return;
  engine.call('submission.get', { id }).then(
    (summary) => useSubmission.setState((now) => arrived(now, summary)),
    (thrown: unknown) => useSubmission.setState((now) => failed(now, id, problemOf(thrown))),
  );
}

const { ask: readSoon, cancel } = coalesce(read, 250);

/** Opens a submission's summary and keeps it fresh; null closes it. */
export function openSubmission(id: string | null): void {
  cancel();
  if (id === null) {
    useSubmission.setState(noSubmission);
    return;
  }
  useSubmission.setState((now) => opening(now, id));
  readSoon();
}

/** Takes a summary that a call has just answered with. */
export function takeSummary(summary: SubmissionSummary): void {
  useSubmission.setState((now) => arrived(now, summary));
}

export const reloadSubmission = readSoon;

/** Starts listening; called once. */
export function followSubmission(): void {
  engine.on('submission.changed', ({ id }) => {
    if (id === useSubmission.getState().id) readSoon();
  });
  useConnection.subscribe((now, before) => {
    if (now.generation !== before.generation) readSoon();
  });
}
