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
  /** The row that had the focus last, to come back to. */
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

/** Opens or closes a group; a closed one is not come back to. */
export function setGroupOpen(group: string, open: boolean): void {
  useCheckView.setState(({ toggled, left }) => ({
    toggled: new Map(toggled).set(group, open),
    left: !open && left?.group === group ? null : left,
  }));
}

/** A row has the focus: its group stays open, and it is come back to. */
export function standAt(left: FindingSpot): void {
  setGroupOpen(left.group, true);
  useCheckView.setState({ left });
}

/** The row of a group to come back to; null for none. */
export function rowLeft(group: string): number | null {
  const { left } = useCheckView.getState();
  return left?.group === group ? left.row : null;
}
