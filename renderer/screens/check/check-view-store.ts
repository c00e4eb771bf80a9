import { create } from 'zustand';

/** A row of a group of findings. */
export interface FindingSpot {
  /** As {@link groupKey} names it. */
  readonly group: string;
  readonly row: number;
}

/** What the Check room shows; kept while other rooms are visited. */
export interface CheckView {
  readonly submissionId: string;
  /** What is searched for. */
  readonly text: string;
  /** Groups that a person opened or closed. */
  readonly toggled: ReadonlyMap<string, boolean>;
  /** Where a link was followed from, to come back to. */
  readonly left: FindingSpot | null;
}

export const freshView: CheckView = { submissionId: '', text: '', toggled: new Map(), left: null };

export const useCheckView = create<CheckView>()(() => freshView);

/** Starts anew for another submission. */
export function openCheckView(submissionId: string): void {
  if (useCheckView.getState().submissionId !== submissionId) {
    useCheckView.setState({ ...freshView, submissionId });
  }
}

export function setGroupOpen(group: string, open: boolean): void {
  useCheckView.setState(({ toggled }) => ({ toggled: new Map(toggled).set(group, open) }));
}

/** A link of a finding is followed: its group stays open and its row is come back to. */
export function leaveFrom(left: FindingSpot): void {
  setGroupOpen(left.group, true);
  useCheckView.setState({ left });
}

/** The row of a group that is to be come back to, once; null for none. */
export function takeLeft(group: string): number | null {
  const { left } = useCheckView.getState();
  if (left?.group !== group) return null;
  useCheckView.setState({ left: null });
  return left.row;
}
