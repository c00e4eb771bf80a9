import { create } from 'zustand';
import type { Granted } from '../../host.ts';

/** What the dialog for a new submission starts with. */
export interface NewSubmission {
  /** Folders dropped on the library, added as soon as the submission is made. */
  readonly folders: readonly Granted[];
  /** Name of a folder dropped on a browser window, looked for afterwards. */
  readonly droppedName: string;
}

export const useNewSubmission = create<{ readonly start: NewSubmission | null }>()(() => ({ start: null }));

export function startNewSubmission(start: NewSubmission = { folders: [], droppedName: '' }): void {
  useNewSubmission.setState({ start });
}

export function endNewSubmission(): void {
  useNewSubmission.setState({ start: null });
}
