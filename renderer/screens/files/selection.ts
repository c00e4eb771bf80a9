import { type EntryFilter, type EntryTarget, mostExcepted } from '../../../shared/contract/file-calls.ts';

/**
 * What is selected: some entries by id, rows as they stand from one to another, or everything the present filter
 * matches, however many, but a few.
 */
export type Selection = Picked | { readonly all: false; readonly rows: RowRange };

/** A selection that does not depend on which rows stand where. */
export type Picked =
  | { readonly all: true; readonly except: ReadonlySet<number> }
  | { readonly all: false; readonly ids: ReadonlySet<number> };

/** Rows of the grid as it stands; `end` is one beyond. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

export const nothing: Picked = { all: false, ids: new Set() };
export const everything: Picked = { all: true, except: new Set() };

export function only(ids: Iterable<number>): Picked {
  return { all: false, ids: new Set(ids) };
}

/** The rows from one to another, both included, in either order. */
export function rowRange(a: number, b: number): Selection {
  return { all: false, rows: rowsBetween(a, b) };
}

/** Whether an entry that stands in a row is selected. */
export function isSelected(selection: Selection, id: number, row: number): boolean {
  if (selection.all) return !selection.except.has(id);
  if ('rows' in selection) return row >= selection.rows.first && row < selection.rows.end;
  return selection.ids.has(id);
}

/**
 * Turns one entry on or off. Of everything at most {@link mostExcepted} are turned off one by one. A range is given
 * up for the ids of its rows first, see `idsOfRows`; here it counts as nothing.
 */
export function toggled(selection: Selection, id: number): Picked {
  if (selection.all) {
    const except = new Set(selection.except);
    if (!except.delete(id) && except.size < mostExcepted) except.add(id);
    return { all: true, except };
  }
  const ids = new Set('rows' in selection ? [] : selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { all: false, ids };
}

/** How many are selected, of `total` that the filter matches. */
export function selectedCount(selection: Selection, total: number): number {
  if (selection.all) return Math.max(0, total - selection.except.size);
  if ('rows' in selection) return Math.max(0, Math.min(total, selection.rows.end) - selection.rows.first);
  return selection.ids.size;
}

/** What `entries.edit` is told: the ids, the filter itself, or the filter but some ids. */
export function editTarget(selection: Picked, filter: EntryFilter): EntryTarget {
  if (!selection.all) return [...selection.ids];
  return selection.except.size === 0 ? filter : { filter, except: [...selection.except] };
}

/** The rows from one to another, both included, in either order. */
export function rowsBetween(a: number, b: number): RowRange {
  return { first: Math.min(a, b), end: Math.max(a, b) + 1 };
}
