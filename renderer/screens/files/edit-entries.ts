import type { EntryFilter, EntrySort, EntryTarget } from '../../../shared/contract/file-calls.ts';
import type { Entry, EntryEdit } from '../../../shared/model/entry.ts';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import { engine } from '../../connection.ts';
import { showUndoable } from '../../stores/history.ts';
import { trackSave } from '../../stores/saving-store.ts';
import { showProblem } from '../../stores/toast-store.ts';

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

/** The ids of a range of rows, in the order shown; rows that are not here yet are fetched. */
export async function idsOfRows(
  id: string,
  view: { readonly filter: EntryFilter; readonly sort: EntrySort },
  range: { readonly first: number; readonly end: number },
  row: (index: number) => Entry | undefined,
): Promise<number[]> {
  const ids: number[] = [];
  for (let index = range.first; index < range.end; ) {
    const here = row(index);
    if (here) {
      ids.push(here.id);
      index += 1;
      continue;
    }
    const answer = await engine.call('entries.page', {
      id,
      offset: index,
      limit: Math.min(500, range.end - index),
      filter: view.filter,
      sort: view.sort,
    });
    if (answer.rows.length === 0) break;
    ids.push(...answer.rows.map((one) => one.id));
    index += answer.rows.length;
  }
  return ids;
}
