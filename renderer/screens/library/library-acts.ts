import { engine } from '../../connection.ts';
import { type Granted, host } from '../../host.ts';
import { reloadLibrary, useLibrary, withoutItem } from '../../stores/library-store.ts';
import { goToRoom } from '../../stores/navigation-store.ts';
import { showProblem, showToast } from '../../stores/toast-store.ts';
import { askForPlace } from '../files/sources/places-store.ts';

/** Opens a submission file that a person picked or dropped. */
export async function openGranted({ grant }: Granted): Promise<void> {
  const summary = await engine.call('library.open', { grant });
  goToRoom(summary.id, 'files');
}

/** Lets a person pick a submission file and opens it. */
export async function chooseAndOpen(): Promise<void> {
  try {
    const picked = host ? await host.chooseSubmissionFile() : await pickFileInBrowser();
    if (picked) await openGranted(picked);
  } catch (thrown) {
    showProblem(thrown);
  }
}

function pickFileInBrowser(): Promise<Granted | null> {
  return new Promise((resolve) => {
    askForPlace({
      wants: 'submission-file',
      search: '',
      dropped: false,
      choose: ([first]) => resolve(first ?? null),
    });
  });
}

/** Makes the practice submission with sample data and goes to its files. */
export async function practise(): Promise<void> {
  try {
    const summary = await engine.call('library.practise', {});
    goToRoom(summary.id, 'files');
  } catch (thrown) {
    showProblem(thrown);
  }
}

export async function duplicate(id: string): Promise<void> {
  try {
    const copy = await engine.call('library.duplicate', { id });
    showToast({
      message: `Made a copy: ${copy.title || copy.fileName}.`,
      action: { label: 'Open it', run: () => goToRoom(copy.id, 'describe') },
    });
    reloadLibrary();
  } catch (thrown) {
    showProblem(thrown);
  }
}

/** Takes a submission off the list and offers to bring it back. */
export async function remove(id: string, title: string): Promise<void> {
  useLibrary.setState((now) => withoutItem(now, id));
  try {
    const { restoreToken } = await engine.call('library.remove', { id });
    showToast({
      message: `Removed “${title}” from the library.`,
      detail: 'The image files themselves are untouched.',
      action: { label: 'Undo', run: () => void restore(restoreToken) },
    });
  } catch (thrown) {
    showProblem(thrown);
  }
  reloadLibrary();
}

async function restore(restoreToken: string): Promise<void> {
  try {
    await engine.call('library.restore', { restoreToken });
  } catch (thrown) {
    showProblem(thrown);
  }
  reloadLibrary();
}
