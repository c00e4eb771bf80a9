import { useState } from 'react';
import { Icon, type IconName } from '../../components/icons.tsx';
import styles from './first-run.module.css';
import { chooseAndOpen, practise } from './library-acts.ts';
import { startNewSubmission } from './new-submission-store.ts';

interface Door {
  readonly icon: IconName;
  readonly title: string;
  readonly words: string;
  readonly open: () => void | Promise<void>;
  /** Shown instead of the title while it takes its time. */
  readonly busy?: string;
}

const doors: readonly Door[] = [
  {
    icon: 'practice',
    title: 'Practice with sample data',
    words:
      'Small images and masks, and an archive that lives on this computer. Do the whole job once; nothing leaves this computer.',
    open: practise,
    busy: 'Making the sample data',
  },
  {
    icon: 'add',
    title: 'New submission',
    words: 'Start with a title and a destination, then add the folders with your images and masks.',
    open: () => startNewSubmission(),
  },
  {
    icon: 'folder',
    title: 'Open a file',
    words: 'Go on with a .slipway file from a colleague, another computer or a backup.',
    open: () => void chooseAndOpen(),
  },
];

/** What an empty library shows: three ways to begin. */
export function FirstRun() {
  return (
    <div className={styles.page}>
      <h1>Bring imaging data to the archive</h1>
      <p className={styles.lead}>
        Look at your images and masks, describe them, see what an archive would refuse before a byte is sent,
        and upload with a receipt for every file.
      </p>
      <ul className={styles.doors}>
        {doors.map((door) => (
          <li key={door.title}>
            <DoorButton door={door} />
          </li>
        ))}
      </ul>
      <p className={styles.foot}>
        Or drop a folder anywhere in this window. Your files stay where they are and are never changed.
      </p>
    </div>
  );
}

function DoorButton({ door }: { readonly door: Door }) {
  const [busy, setBusy] = useState(false);
  const open = async () => {
    setBusy(true);
    await door.open();
    setBusy(false);
  };
  return (
    <button
      type="button"
      className={styles.door}
      disabled={busy && door.busy !== undefined}
      onClick={() => void open()}
    >
      <span className={styles.icon}>
        <Icon name={door.icon} size={24} />
      </span>
      <span className={styles.title}>{busy && door.busy ? door.busy : door.title}</span>
      <span className={styles.words}>{door.words}</span>
    </button>
  );
}
