import type { EntryTarget, SourcePattern } from '../../../../shared/contract/file-calls.ts';
import { formatCounted } from '../../../../shared/rules/format-quantities.ts';
import { engine } from '../../../connection.ts';
import { showUndoable } from '../../../stores/history.ts';
import { trackSave } from '../../../stores/saving-store.ts';
import { showProblem, showToast } from '../../../stores/toast-store.ts';

/** Fills source images by a pattern, says of how many files, and offers to take it back. */
export async function fillSourceImages(id: string, entries: EntryTarget, by: SourcePattern): Promise<void> {
  try {
    const { changed, without } = await trackSave(engine.call('sourceImages.fill', { id, entries, by }));
    const left =
      without > 0 ? `${formatCounted(without, 'file')} without an image stayed as they are.` : undefined;
    if (changed > 0) showUndoable(id, `Source image set: ${formatCounted(changed, 'file')}.`, left);
    else showToast({ message: 'None of these files is paired with an image, so nothing was changed.' });
  } catch (thrown) {
    showProblem(thrown);
  }
}
