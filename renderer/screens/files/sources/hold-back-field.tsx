import { useId, useState } from 'react';
import { settleSecondsSchema } from '../../../../shared/model/walk.ts';
import { formatDuration } from '../../../../shared/rules/format-quantities.ts';
import { TextInput } from '../../../components/field.tsx';
import { engine } from '../../../connection.ts';
import { useAnswer } from '../../../hooks/use-answer.ts';
import { showUndoable } from '../../../stores/history.ts';
import { trackSave } from '../../../stores/saving-store.ts';
import { showProblem } from '../../../stores/toast-store.ts';
import styles from './sources-bar.module.css';

/** How long a file must rest before it is sent. Kept when the field is left or Enter is pressed. */
export function HoldBackField({ submissionId }: { readonly submissionId: string }) {
  const { data } = useAnswer('walk.settings', { id: submissionId }, ['sources']);
  const field = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const kept = data?.settleSeconds ?? null;
  if (kept === null) return null;

  const seconds = settleSecondsSchema.safeParse(typed === null ? kept : Number(typed.trim() || 'x'));
  const save = async () => {
    setTyped(null);
    if (!seconds.success || seconds.data === kept) return;
    try {
      await trackSave(engine.call('walk.setSettle', { id: submissionId, seconds: seconds.data }));
      showUndoable(
        submissionId,
        `Files written in the last ${formatDuration(seconds.data)} are held back from the next look on.`,
      );
    } catch (thrown) {
      showProblem(thrown);
    }
  };
  return (
    <div className={styles.hold}>
      <label htmlFor={field}>Hold back files written in the last</label>
      <TextInput
        id={field}
        className={styles.seconds}
        inputMode="numeric"
        aria-describedby={`${field}-unit`}
        aria-invalid={!seconds.success || undefined}
        value={typed ?? String(kept)}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void save();
          if (event.key === 'Escape') setTyped(null);
        }}
      />
      <span id={`${field}-unit`}>seconds</span>
    </div>
  );
}
