import { type EntryFilter, type EntryTarget, mostExcepted } from '../../../shared/contract/file-calls.ts';

/** What is selected: some entries by id, or everything the present filter matches, however many, but a few. */
export type Selection =
  | { readonly all: true; readonly except: ReadonlySet<number> }
  | { readonly all: false; readonly ids: ReadonlySet<number> };

export const nothing: Selection = { all: false, ids: new Set() };
export const everything: Selection = { all: true, except: new Set() };

export function only(ids: Iterable<number>): Selection {
  return { all: false, ids: new Set(ids) };
}

export function isSelected(selection: Selection, id: number): boolean {
  return selection.all ? !selection.except.has(id) : selection.ids.has(id);
}

/** Turns one entry on or off. Of everything at most {@link mostExcepted} are turned off one by one. */
export function toggled(selection: Selection, id: number): Selection {
  if (selection.all) {
    const except = new Set(selection.except);
    if (!except.delete(id) && except.size < mostExcepted) except.add(id);
    return { all: true, except };
  }
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { all: false, ids };
}

/** How many are selected, of `total` that the filter matches. */
export function selectedCount(selection: Selection, total: number): number {
  return selection.all ? Math.max(0, total - selection.except.size) : selection.ids.size;
}

/** What `entries.edit` is told: the ids, the filter itself, or the filter but some ids. */
export function editTarget(selection: Selection, filter: EntryFilter): EntryTarget {
  if (!selection.all) return [...selection.ids];
  return selection.except.size === 0 ? filter : { filter, except: [...selection.except] };
}

/** The rows from one to another, both included, in either order. */
export function rowsBetween(a: number, b: number): { readonly first: number; readonly end: number } {
  return { first: Math.min(a, b), end: Math.max(a, b) + 1 };
}
