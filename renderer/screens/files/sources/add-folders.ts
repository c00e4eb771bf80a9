import { engine } from '../../../connection.ts';
import { type Granted, host } from '../../../host.ts';
import { scanSources } from '../../../stores/scan-store.ts';
import { showProblem } from '../../../stores/toast-store.ts';
import { askForPlace } from './places-store.ts';

/** Adds picked folders as sources, one after the other, and looks through them. One that fails does not stop the rest. */
export async function addFolders(submissionId: string, grants: readonly Granted[]): Promise<void> {
  let added = 0;
  for (const { grant } of grants) {
    try {
      await engine.call('sources.add', { id: submissionId, grant });
      added += 1;
    } catch (thrown) {
      showProblem(thrown);
    }
  }
  if (added > 0) await scanSources(submissionId);
}

/** Lets a person pick folders: by the desktop's dialog, in a browser by the places dialog. */
export async function pickFolders(search = '', dropped = false): Promise<readonly Granted[]> {
  if (host) return host.chooseFolders();
  return new Promise((resolve) => {
    askForPlace({ wants: 'folder', search, dropped, choose: resolve });
  });
}

/** Picks folders and adds them. */
export async function chooseAndAddFolders(submissionId: string, search = '', dropped = false): Promise<void> {
  try {
    await addFolders(submissionId, await pickFolders(search, dropped));
  } catch (thrown) {
    showProblem(thrown);
  }
}
