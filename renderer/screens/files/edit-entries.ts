import type { EntryFilter, EntrySort, EntryTarget } from '../../../shared/contract/file-calls.ts';
import type { EntryEdit } from '../../../shared/model/entry.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { formatCount, formatCounted } from '../../../shared/rules/format-quantities.ts';
import { engine } from '../../connection.ts';
import { showUndoable } from '../../stores/history.ts';
import { trackSave } from '../../stores/saving-store.ts';
import { showProblem } from '../../stores/toast-store.ts';
import { editTarget, type RowRange, type Selection } from './selection.ts';

/** Changes entries, says how many, and offers to take it back. */
export async function editEntries(
  id: string,
  entries: EntryTarget,
  edit: EntryEdit,
  did: string,
): Promise<void> {
  try {
    const { changed } = await trackSave(engine.call('entries.edit', { id, entries, edit }));
    if (changed > 1 || !Array.isArray(entries)) {
      showUndoable(id, `${did}: ${formatCounted(changed, 'file')}.`);
    }
  } catch (thrown) {
    showProblem(thrown);
  }
}

/** More rows than this are not listed one by one; a filter names them better. */
export const mostListed = 20_000;

/** Rows as they stand in the grid. */
export interface GridOrder {
  readonly filter: EntryFilter;
  readonly sort: EntrySort;
}

/** Says that a range has more rows than {@link mostListed}, and what to do. */
export function rangeTooLong(): Problem {
  return new Problem('range-too-long', `At most ${formatCount(mostListed)} rows are changed as a range.`, {
    advice: 'Filter for what you want, select all of it with Ctrl A and fill one column at a time.',
  });
}

/** The ids of a range of rows, in the order shown. Throws a Problem when they are more than {@link mostListed}. */
export async function idsOfRows(id: string, { filter, sort }: GridOrder, range: RowRange): Promise<number[]> {
  if (range.end - range.first > mostListed) {
    throw rangeTooLong();
  }
  const ids: number[] = [];
  for (let offset = range.first; offset < range.end; ) {
    const limit = Math.min(500, range.end - offset);
    const { rows } = await engine.call('entries.page', { id, offset, limit, filter, sort });
    if (rows.length === 0) break;
    ids.push(...rows.map((one) => one.id));
    offset += rows.length;
  }
  return ids;
}

/** What is selected, as the engine is told. */
export async function targetOf(
  id: string,
  view: GridOrder & { readonly selection: Selection },
): Promise<EntryTarget> {
  const { selection, filter } = view;
  return 'rows' in selection ? await idsOfRows(id, view, selection.rows) : editTarget(selection, filter);
}
