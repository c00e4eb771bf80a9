import { create } from 'zustand';
import { type ProblemData, problemOf } from '../../shared/model/problem.ts';
import { forgetLastChange } from './toast-store.ts';

/** Whether what was typed or chosen is on disk. */
export interface Saving {
  readonly running: number;
  /** Edits typed but not yet on their way, as told by whoever holds them. */
  readonly waiting: number;
  /** The last save that failed and was not repeated since. */
  readonly problem: ProblemData | null;
}

export const useSaving = create<Saving>()(() => ({ running: 0, waiting: 0, problem: null }));

/** What the header says: saved, saving, or not saved. */
export function savingWord(saving: Saving): 'saved' | 'saving' | 'not saved' {
  if (saving.problem && saving.waiting > 0) return 'not saved';
  return saving.running + saving.waiting > 0 ? 'saving' : 'saved';
}

/**
 * Counts a save while it runs. `held` says that what is saved is kept when it fails and tried again: only then
 * something is "not saved". Gives back the same promise.
 */
export function trackSave<T>(save: Promise<T>, held = false): Promise<T> {
  forgetLastChange();
  useSaving.setState((now) => ({ running: now.running + 1 }));
  save.then(
    () => useSaving.setState((now) => ({ running: now.running - 1, problem: null })),
    (thrown: unknown) =>
      useSaving.setState((now) => ({
        running: now.running - 1,
        problem: held ? problemOf(thrown) : now.problem,
      })),
  );
  return save;
}

export function setWaitingEdits(waiting: number): void {
  useSaving.setState({ waiting });
}
