import type { ColumnKey, ListColumn } from '../../../../shared/model/list-column.ts';
import { formatCounted } from '../../../../shared/rules/format-quantities.ts';
import { engine } from '../../../connection.ts';
import { showUndoable } from '../../../stores/history.ts';
import { trackSave } from '../../../stores/saving-store.ts';
import { showProblem } from '../../../stores/toast-store.ts';

/** Adds a free column. Throws the Problem that says why it cannot be called so. */
export async function addColumn(id: string, title: string): Promise<ListColumn> {
  return await trackSave(engine.call('columns.add', { id, title }));
}

/** Renames a free column with all its cells. Throws the Problem that says why it cannot be called so. */
export async function renameColumn(id: string, column: ColumnKey, title: string): Promise<ListColumn> {
  return await trackSave(engine.call('columns.rename', { id, column, title }));
}

/** Takes a free column away with all its cells and offers to bring it back. */
export async function removeColumn(id: string, column: ListColumn): Promise<void> {
  try {
    const { cells } = await trackSave(engine.call('columns.remove', { id, column: column.key }));
    const held = cells === 0 ? 'Its cells were empty.' : `It held ${formatCounted(cells, 'cell')}.`;
    showUndoable(id, `Removed the column ${column.title}.`, held);
  } catch (thrown) {
    showProblem(thrown);
  }
}
