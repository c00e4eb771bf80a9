import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import { engine } from '../../connection.ts';
import { pickJsonFile, readJsonFile } from '../../json-file.ts';
import { showUndoable } from '../../stores/history.ts';
import { trackSave } from '../../stores/saving-store.ts';
import { showProblem, showToast } from '../../stores/toast-store.ts';
import { rereadDescription, saveNow } from './description-store.ts';

async function fill(id: string, json: unknown, from: string): Promise<void> {
  await saveNow(id);
  const { filled } = await trackSave(engine.call('describe.fill', { id, json }));
  rereadDescription(id);
  if (filled === 0) {
    showToast({ message: `There is nothing filled in ${from}, so nothing was changed.` });
    return;
  }
  showUndoable(id, `Filled ${formatCounted(filled, 'field')} from ${from}.`);
}

/** Fills what is required and still empty with the form's examples; for practising. */
export async function fillWithExample(id: string): Promise<void> {
  try {
    await saveNow(id);
    const { filled } = await trackSave(engine.call('describe.fillExample', { id }));
    rereadDescription(id);
    if (filled === 0) showToast({ message: 'Nothing that is required is empty.' });
    else {
      showUndoable(
        id,
        `Filled ${formatCounted(filled, 'required field')} with example values.`,
        'They are made up, to practise with. Everything you typed is kept.',
      );
    }
  } catch (thrown) {
    showProblem(thrown);
  }
}

/** Lets a person pick a JSON file and fills the description from it. */
export async function fillFromFile(id: string): Promise<void> {
  try {
    const file = await pickJsonFile();
    if (file) await fill(id, await readJsonFile(file), `“${file.name}”`);
  } catch (thrown) {
    showProblem(thrown);
  }
}

/** Fills the description from that of another submission. */
export async function fillFromSubmission(id: string, other: string): Promise<void> {
  try {
    const { template } = await engine.call('library.template', { id: other });
    await fill(id, template, 'the other submission');
  } catch (thrown) {
    showProblem(thrown);
  }
}
