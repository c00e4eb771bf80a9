import { create } from 'zustand';
import type { EntryFilter, EntrySort } from '../../../shared/contract/file-calls.ts';
import type { ColumnCondition, ColumnKey } from '../../../shared/model/list-column.ts';
import { nothing, type Selection } from './selection.ts';

/** What the Files room shows; kept while other rooms are visited. */
export interface FilesView {
  readonly submissionId: string;
  readonly filter: EntryFilter;
  readonly sort: EntrySort;
  readonly selection: Selection;
  /** Row of the keyboard cursor; -1 for none. */
  readonly cursor: number;
  /** Column of the keyboard cursor. */
  readonly column: ColumnKey;
  /** Whether the cursor is in the head of its column instead of its row. */
  readonly inHead: boolean;
  /** Cell a range starts from. */
  readonly anchor: number;
  readonly columnAnchor: ColumnKey;
  /** The entry the inspector shows. */
  readonly inspected: number | null;
  /** Row that the grid is to bring into sight and to take the focus to, once it is there. */
  readonly goal: number | null;
}

export const plainSort: EntrySort = { by: 'path', descending: false };

const noCursor = { cursor: -1, anchor: -1, inHead: false } as const;

export const freshView: FilesView = {
  submissionId: '',
  filter: {},
  sort: plainSort,
  selection: nothing,
  ...noCursor,
  column: 'path',
  columnAnchor: 'path',
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
  const saysNothing = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return saysNothing ? rest : { ...rest, [part]: value };
}

/** A filter with the condition on one column set, or taken away. */
export function withCondition(
  filter: EntryFilter,
  column: ColumnKey,
  condition: ColumnCondition | null,
): EntryFilter {
  const others = (filter.columns ?? []).filter((one) => one.column !== column);
  return withFilter(filter, 'columns', condition === null ? others : [...others, condition]);
}

/** Only files in which a rule found something. */
export function findingCondition(rule: string): ColumnCondition {
  return { column: 'findings', is: 'equals', text: rule };
}

/** Another filter matches other rows: positions and selection start anew, the inspector stays. */
export function filtered(view: FilesView, filter: EntryFilter): FilesView {
  return { ...view, filter, selection: nothing, ...noCursor };
}

/** Sizes, findings and times are looked at from the largest. */
function startsDescending(by: EntrySort['by']): boolean {
  return by === 'size' || by === 'findings' || by === 'modified';
}

/** A column is sorted by, the second time the other way round, the third time no more. */
export function sortedBy(view: FilesView, by: EntrySort['by']): FilesView {
  const first = startsDescending(by);
  if (view.sort.by !== by) return sortedAs(view, { by, descending: first });
  if (view.sort.descending === first) return sortedAs(view, { by, descending: !first });
  return sortedAs(view, plainSort);
}

/** Another order puts other rows into a range; what was picked by itself stays picked. */
export function sortedAs(view: FilesView, sort: EntrySort): FilesView {
  const selection = 'rows' in view.selection ? nothing : view.selection;
  return { ...view, sort, selection, ...noCursor };
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

export function setCondition(column: ColumnKey, condition: ColumnCondition | null): void {
  useFilesView.setState((view) => filtered(view, withCondition(view.filter, column, condition)));
}

export function clearFilter(): void {
  useFilesView.setState((view) => filtered(view, {}));
}

export function toggleSort(by: EntrySort['by']): void {
  useFilesView.setState((view) => sortedBy(view, by));
}

export function setSort(sort: EntrySort): void {
  useFilesView.setState((view) => sortedAs(view, sort));
}

/** Selects by something else than a range of cells, which is given up; the cursor stays. */
export function select(selection: Selection): void {
  useFilesView.setState((view) => ({ selection, anchor: view.cursor, columnAnchor: view.column }));
}
