import type { EntryTarget } from '../../../../shared/contract/file-calls.ts';
import { Problem } from '../../../../shared/model/problem.ts';
import { formatCounted } from '../../../../shared/rules/format-quantities.ts';
import { engine } from '../../../connection.ts';
import { showUndoable } from '../../../stores/history.ts';
import { trackSave } from '../../../stores/saving-store.ts';
import { showProblem } from '../../../stores/toast-store.ts';

/** Makes one item of picked files. */
export async function groupPicked(id: string, entries: EntryTarget): Promise<void> {
  try {
    if (!Array.isArray(entries)) {
      throw new Problem('too-many-picked', 'Everything a filter shows cannot be grouped at once.', {
        advice: 'Select the files of one image, or look for files that belong together.',
      });
    }
    await trackSave(engine.call('items.group', { id, entryIds: entries }));
    showUndoable(id, `Grouped ${formatCounted(entries.length, 'file')} as one item.`);
  } catch (thrown) {
    showProblem(thrown);
  }
}

/** Makes the files of an item single files again. */
export async function ungroup(id: string, entryId: number): Promise<void> {
  try {
    const { files } = await trackSave(engine.call('items.ungroup', { id, entryId }));
    showUndoable(id, `${formatCounted(files, 'file')} stand for themselves again.`);
  } catch (thrown) {
    showProblem(thrown);
  }
}
