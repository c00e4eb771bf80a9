import { engine } from '../connection.ts';
import { forgetLastChange, showProblem, showToast } from './toast-store.ts';

let savers: readonly ((id: string) => Promise<void>)[] = [];

/** Registers something that must be saved before a step is taken back, so that the right one is. */
export function saveFirst(save: (id: string) => Promise<void>): void {
  savers = [...savers, save];
}

async function saveAll(id: string): Promise<void> {
  await Promise.all(savers.map((save) => save(id)));
}

/** Says what was done and offers to take it back, until the next change. */
export function showUndoable(id: string, message: string, detail?: string): void {
  showToast({
    message,
    ...(detail === undefined ? {} : { detail }),
    action: { label: 'Undo', run: () => void undo(id) },
    ofLastChange: true,
  });
}

/** Takes back the last change of a submission and says what it was. */
export async function undo(id: string): Promise<void> {
  try {
    await saveAll(id);
    const { undone } = await engine.call('history.undo', { id });
    showToast(
      undone === null
        ? { message: 'There is nothing to undo.' }
        : {
            message: `Undone: ${undone}.`,
            action: { label: 'Redo', run: () => void redo(id) },
            ofLastChange: true,
          },
    );
  } catch (thrown) {
    showProblem(thrown);
  }
}

/** Makes the last undone change again. */
export async function redo(id: string): Promise<void> {
  try {
    await saveAll(id);
    const { redone } = await engine.call('history.redo', { id });
    forgetLastChange();
    showToast({ message: redone === null ? 'There is nothing to redo.' : `Done again: ${redone}.` });
  } catch (thrown) {
    showProblem(thrown);
  }
}
