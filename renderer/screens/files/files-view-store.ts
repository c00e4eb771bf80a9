import { create } from 'zustand';
import type { EntryFilter, EntrySort } from '../../../shared/contract/file-calls.ts';
import { nothing, type Selection } from './selection.ts';

/** What the Files room shows; kept while other rooms are visited. */
export interface FilesView {
  readonly submissionId: string;
  readonly filter: EntryFilter;
  readonly sort: EntrySort;
  readonly selection: Selection;
  /** Row of the keyboard cursor; -1 for none. */
  readonly cursor: number;
  /** Row a range starts from. */
  readonly anchor: number;
  /** The entry the inspector shows. */
  readonly inspected: number | null;
  /** Row that the grid is to bring into sight and to take the focus to, once it is there. */
  readonly goal: number | null;
}

export const freshView: FilesView = {
  submissionId: '',
  filter: {},
  sort: { by: 'path', descending: false },
  selection: nothing,
  cursor: -1,
  anchor: -1,
  inspected: null,
  goal: null,
};

/** A filter with one part set, or left out when it says nothing. */
export function withFilter<K extends keyof EntryFilter>(
  filter: EntryFilter,
  part: K,
  value: EntryFilter[K] | undefined,
): EntryFilter {
  const { [part]: _, ...rest } = filter;
  return value === undefined || value === '' ? rest : { ...rest, [part]: value };
}

/** Another filter matches other rows: positions and selection start anew, the inspector stays. */
export function filtered(view: FilesView, filter: EntryFilter): FilesView {
  return { ...view, filter, selection: nothing, cursor: -1, anchor: -1 };
}

/** The same column again turns the order around; sizes and findings start with the largest. */
export function sortedBy(view: FilesView, by: EntrySort['by']): FilesView {
  const descending =
    view.sort.by === by ? !view.sort.descending : by === 'size' || by === 'findings' || by === 'modified';
  return { ...view, sort: { by, descending }, cursor: -1, anchor: -1 };
}

export const useFilesView = create<FilesView>()(() => freshView);

/** Starts anew for another submission. */
export function openFilesView(submissionId: string): void {
  if (useFilesView.getState().submissionId !== submissionId) {
    useFilesView.setState({ ...freshView, submissionId });
  }
}

export function setFilter<K extends keyof EntryFilter>(part: K, value: EntryFilter[K] | undefined): void {
  useFilesView.setState((view) => filtered(view, withFilter(view.filter, part, value)));
}

export function clearFilter(): void {
  useFilesView.setState((view) => filtered(view, {}));
}

export function setSort(by: EntrySort['by']): void {
  useFilesView.setState((view) => sortedBy(view, by));
}
