import { Icon } from '../components/icons.tsx';
import { Tooltip } from '../components/tooltip.tsx';
import { savingWord, useSaving } from '../stores/saving-store.ts';
import styles from './saved-mark.module.css';

/** Tells whether everything typed is on disk. */
export function SavedMark() {
  const saving = useSaving();
  const word = savingWord(saving);
  if (word === 'not saved') {
    return (
      <Tooltip text={[saving.problem?.message, saving.problem?.advice].filter(Boolean).join(' ')}>
        <button type="button" className={styles.problem}>
          <Icon name="must" size={14} /> Not saved
        </button>
      </Tooltip>
    );
  }
  return (
    <span className={styles.mark} role="status">
      {word === 'saved' ? 'Saved' : 'Saving'}
      {word === 'saved' && <Icon name="check" size={14} />}
    </span>
  );
}
