import { engine } from '../../connection.ts';
import { showUndoable } from '../../stores/history.ts';
import { trackSave } from '../../stores/saving-store.ts';
import { showProblem } from '../../stores/toast-store.ts';
import { rereadDescription, saveNow } from './description-store.ts';

/** Adds a block, empty or as a copy; returns its id, or null when it could not be added. */
export async function addBlock(id: string, section: string, copyOf?: string): Promise<string | null> {
  try {
    await saveNow(id);
    const input = copyOf === undefined ? { id, section } : { id, section, copyOf };
    const { block } = await trackSave(engine.call('describe.addBlock', input));
    rereadDescription(id);
    return block;
  } catch (thrown) {
    showProblem(thrown);
    return null;
  }
}

/** Takes a block away and offers to bring it back. */
export async function removeBlock(id: string, section: string, block: string, name: string): Promise<void> {
  try {
    await saveNow(id);
    await trackSave(engine.call('describe.removeBlock', { id, section, block }));
    rereadDescription(id);
    showUndoable(id, `Removed ${name}.`);
  } catch (thrown) {
    showProblem(thrown);
  }
}

export async function moveBlock(id: string, section: string, block: string, to: number): Promise<void> {
  try {
    await saveNow(id);
    await trackSave(engine.call('describe.moveBlock', { id, section, block, to }));
    rereadDescription(id);
  } catch (thrown) {
    showProblem(thrown);
  }
}
