import { IconButton } from '../../../components/button.tsx';
import { Icon } from '../../../components/icons.tsx';
import { MiddleTruncate } from '../../../components/quantities.tsx';
import { useFilesView } from '../files-view-store.ts';
import { choosePlace } from './choose-place.ts';
import styles from './folder-panel.module.css';
import type { PanelProps } from './folder-panel.tsx';
import { above, lastName, placeOf } from './place.ts';

/** While the tree is hidden: which folder the grid is narrowed to, and the way out of it. */
export function FolderChip({ sources }: Pick<PanelProps, 'sources'>) {
  const { sourceId, folder } = placeOf(useFilesView((view) => view.filter));
  if (sourceId === null) return null;
  const source = sources.find(({ id }) => id === sourceId)?.path ?? '';
  return (
    <div className={styles.chip}>
      <Icon name="folder" size={14} />
      <span>Only in</span>
      <MiddleTruncate text={folder === '' ? lastName(source) : folder} className={styles.chipName} />
      <IconButton small icon="close" label="Show all folders again" onClick={() => choosePlace(above)} />
    </div>
  );
}
