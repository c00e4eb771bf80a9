import type { EntryFilter } from '../../../shared/contract/file-calls.ts';

/** What is selected: some entries by id, or everything the present filter matches, however many. */
export type Selection = { readonly all: true } | { readonly all: false; readonly ids: ReadonlySet<number> };

export const nothing: Selection = { all: false, ids: new Set() };
export const everything: Selection = { all: true };

export function only(ids: Iterable<number>): Selection {
  return { all: false, ids: new Set(ids) };
}

export function isSelected(selection: Selection, id: number): boolean {
  return selection.all || selection.ids.has(id);
}

/** Turns one entry on or off. Of everything none can be turned off; the caller lists the ids first. */
export function toggled(selection: Selection, id: number): Selection {
  if (selection.all) return selection;
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { all: false, ids };
}

/** Adds entries to what is selected. */
export function extended(selection: Selection, more: Iterable<number>): Selection {
  return selection.all ? selection : only([...selection.ids, ...more]);
}

/** How many are selected, of `total` that the filter matches. */
export function selectedCount(selection: Selection, total: number): number {
  return selection.all ? total : selection.ids.size;
}

/** What `entries.edit` is told: the ids, or the filter itself. */
export function editTarget(selection: Selection, filter: EntryFilter): number[] | EntryFilter {
  return selection.all ? filter : [...selection.ids];
}

/** The rows from one to another, both included, in either order. */
export function rowsBetween(a: number, b: number): { readonly first: number; readonly end: number } {
  return { first: Math.min(a, b), end: Math.max(a, b) + 1 };
}
