import { useEffect, useState } from 'react';
import { Icon } from '../components/icons.tsx';
import { host } from '../host.ts';
import type { Route } from '../routes.ts';
import { addFolders, chooseAndAddFolders } from '../screens/files/sources/add-folders.ts';
import { openTablePanel } from '../screens/files/tables/table-panel-store.ts';
import { isTableName } from '../screens/files/tables/table-upload.ts';
import { openGranted } from '../screens/library/library-acts.ts';
import { startNewSubmission } from '../screens/library/new-submission-store.ts';
import { goToRoom } from '../stores/navigation-store.ts';
import { showProblem } from '../stores/toast-store.ts';
import styles from './drop-zone.module.css';
import { type Dropped, dragsFiles, readDrop, submissionFileAmong } from './dropped.ts';

/** The whole window takes folders. In the library they start a new submission, in a submission they are added. */
export function DropZone({ route }: { readonly route: Route }) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!dragsFiles(event.dataTransfer)) return;
      event.preventDefault();
      depth += 1;
      setOver(true);
    };
    const stay = (event: DragEvent) => {
      if (dragsFiles(event.dataTransfer)) event.preventDefault();
    };
    const leave = (event: DragEvent) => {
      if (!dragsFiles(event.dataTransfer)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer || !dragsFiles(event.dataTransfer)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      take(readDrop(event.dataTransfer), route).catch(showProblem);
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragover', stay);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragover', stay);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [route]);

  if (!over) return null;
  return (
    <div className={styles.zone}>
      <div className={styles.words}>
        <Icon name="folderAdd" size={32} />
        <strong>
          {route.room === 'library' ? 'Start a submission with this' : 'Add this to the submission'}
        </strong>
        <span>Your files stay where they are and are never changed.</span>
      </div>
    </div>
  );
}

async function take(dropped: Dropped, route: Route): Promise<void> {
  if (route.room !== 'library') {
    goToRoom(route.id, 'files');
    const [table] = dropped.files;
    if (table && dropped.files.length === 1 && isTableName(table.name)) {
      openTablePanel('import', table);
      return;
    }
  }
  if (!host) {
    const name = dropped.names[0] ?? '';
    if (route.room === 'library') startNewSubmission({ folders: [], droppedName: name });
    else await chooseAndAddFolders(route.id, name, true);
    return;
  }
  const grants = await host.grantDropped(dropped.files);
  const [first] = grants;
  if (!first) return;
  if (grants.length === 1 && submissionFileAmong(dropped.names)) await openGranted(first);
  else if (route.room === 'library') startNewSubmission({ folders: grants, droppedName: '' });
  else await addFolders(route.id, grants);
}
