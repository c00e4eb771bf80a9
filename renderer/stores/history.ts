import { engine } from '../connection.ts';
import { showProblem, showToast } from './toast-store.ts';

/** Takes back the last change of a submission and says what it was. */
export async function undo(id: string): Promise<void> {
  try {
    const { undone } = await engine.call('history.undo', { id });
    showToast(
      undone === null
        ? { message: 'There is nothing to undo.' }
        : { message: `Undone: ${undone}.`, action: { label: 'Redo', run: () => void redo(id) } },
    );
  } catch (thrown) {
    showProblem(thrown);
  }
}

/** Makes the last undone change again. */
export async function redo(id: string): Promise<void> {
  try {
    const { redone } = await engine.call('history.redo', { id });
    showToast({ message: redone === null ? 'There is nothing to redo.' : `Done again: ${redone}.` });
  } catch (thrown) {
    showProblem(thrown);
  }
}
