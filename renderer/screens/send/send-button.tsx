import { useId } from 'react';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icons.tsx';
import { roomAddress } from '../../routes.ts';
import { RoomAction } from '../../shell/room-action.tsx';
import type { SendBlocker } from './send-blocker.ts';
import styles from './send-room.module.css';

/** The main action before sending. What is in the way stands beside it and leads to where it is mended. */
export function SendButton({
  id,
  files,
  blocker,
  busy,
  onSend,
}: {
  readonly id: string;
  readonly files: number;
  readonly blocker: SendBlocker | null;
  /** It was pressed and the engine has not begun yet. */
  readonly busy: boolean;
  readonly onSend: () => void;
}) {
  const reason = useId();
  const off = blocker !== null || busy;
  return (
    <RoomAction>
      <section aria-label="Next step" className={styles.action}>
        <p id={reason} className={styles.blocker} data-must={blocker?.mend === 'check' || undefined}>
          {busy && 'Asking the archive what it holds'}
          {!busy && blocker && (
            <>
              <Icon name={blocker.mend === 'check' ? 'must' : 'info'} />
              <BlockerWords id={id} blocker={blocker} />
            </>
          )}
        </p>
        <Button
          variant="primary"
          icon="send"
          aria-disabled={off || undefined}
          aria-describedby={reason}
          onClick={() => !off && onSend()}
        >
          {files > 0 ? `Send ${formatCounted(files, 'file')}` : 'Send'}
        </Button>
      </section>
    </RoomAction>
  );
}

const rooms = { check: 'check', files: 'files' } as const;
const fields = { account: 'send-account', method: 'send-method' } as const;

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
