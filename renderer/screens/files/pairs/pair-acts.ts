import type { PairWhy } from '../../../../shared/model/pair.ts';
import { formatCounted } from '../../../../shared/rules/format-quantities.ts';
import { engine } from '../../../connection.ts';
import { trackSave } from '../../../stores/saving-store.ts';
import { showProblem } from '../../../stores/toast-store.ts';
import { tellUndoable } from './pair-news.ts';

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** A file as a toast names it. */
interface Named {
  readonly entryId: number;
  readonly path: string;
}

/** Joins an image and a mask by hand. */
export async function join(id: string, image: Named, mask: Named): Promise<void> {
  try {
    await trackSave(
      engine.call('pairs.join', { id, imageEntryId: image.entryId, maskEntryId: mask.entryId }),
    );
    tellUndoable(id, `Paired ${nameOf(mask.path)} with ${nameOf(image.path)}.`);
  } catch (thrown) {
    showProblem(thrown);
  }
}

/** Parts a pair; no rule joins the mask again. */
export async function part(id: string, pairId: number): Promise<void> {
  try {
    await trackSave(engine.call('pairs.part', { id, pairId }));
    tellUndoable(id, 'Parted the image and the mask.');
  } catch (thrown) {
    showProblem(thrown);
  }
}

/** Gives every mask left open by a rule for one reason its likeliest image. */
export async function takeFirst(id: string, rule: string, why: PairWhy): Promise<void> {
  try {
    const { joined } = await trackSave(engine.call('pairs.takeFirst', { id, rule, why }));
    tellUndoable(id, `Paired ${formatCounted(joined, 'mask')} with the likeliest image.`);
  } catch (thrown) {
    showProblem(thrown);
  }
}

/** Gives every mask without an image its likeliest one where that is sure enough. */
export async function takeProposals(id: string, least: number): Promise<void> {
  try {
    const { joined } = await trackSave(engine.call('pairs.takeProposals', { id, least }));
    tellUndoable(id, `Paired ${formatCounted(joined, 'mask')} with the likeliest image.`);
  } catch (thrown) {
    showProblem(thrown);
  }
}
