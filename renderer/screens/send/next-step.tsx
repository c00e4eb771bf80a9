import { useId } from 'react';
import { Button } from '../../components/button.tsx';
import { Icon, type IconName } from '../../components/icons.tsx';
import { roomAddress } from '../../routes.ts';
import { RoomAction } from '../../shell/room-action.tsx';
import type { SendBlocker } from './send-blocker.ts';
import styles from './send-room.module.css';

/** The main action of a face. What is in its way stands beside it and leads to where it is mended. */
export function NextStep({
  id,
  title,
  icon,
  blocker,
  busy,
  onAct,
}: {
  readonly id: string;
  readonly title: string;
  readonly icon: IconName;
  readonly blocker: SendBlocker | null;
  /** What happens since it was pressed and before a snapshot tells; null otherwise. */
  readonly busy: string | null;
  readonly onAct: () => void;
}) {
  const reason = useId();
  const off = blocker !== null || busy !== null;
  return (
    <RoomAction>
      <section aria-label="Next step" className={styles.action}>
        <p id={reason} className={styles.blocker} data-must={blocker?.mend === 'check' || undefined}>
          {busy}
          {busy === null && blocker && (
            <>
              <Icon name={blocker.mend === 'check' ? 'must' : 'info'} />
              <BlockerWords id={id} blocker={blocker} />
            </>
          )}
        </p>
        <Button
          variant="primary"
          icon={icon}
          aria-disabled={off || undefined}
          aria-describedby={reason}
          onClick={() => !off && onAct()}
        >
          {title}
        </Button>
      </section>
    </RoomAction>
  );
}

const rooms = { check: 'check', files: 'files' } as const;
const fields = { account: 'send-account', ftp: 'send-ftp', method: 'send-method' } as const;

function BlockerWords({ id, blocker }: { readonly id: string; readonly blocker: SendBlocker }) {
  const { words, mend } = blocker;
  if (mend === 'check' || mend === 'files') return <a href={roomAddress(id, rooms[mend])}>{words}</a>;
  if (mend === null) return <span>{words}</span>;
  return (
    <button
      type="button"
      className={styles.textButton}
      onClick={() => document.querySelector<HTMLElement>(`#${fields[mend]} :is(input, button)`)?.focus()}
    >
      {words}
    </button>
  );
}
