import { useState } from 'react';
import styles from './panels.module.css';

/** A number that can be typed; taken when Enter is pressed or the field is left, put back by Escape. */
export function NumberBox({
  label,
  value,
  onValue,
}: {
  readonly label: string;
  readonly value: number;
  readonly onValue: (value: number) => void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const shown = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
  const take = () => {
    const typed = Number(draft?.replace(',', '.'));
    if (draft !== null && draft.trim() !== '' && Number.isFinite(typed)) onValue(typed);
    setDraft(null);
  };
  return (
    <input
      type="text"
      inputMode="decimal"
      className={styles.number}
      aria-label={label}
      value={draft ?? shown}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
        if (event.key === 'Escape') setDraft(null);
      }}
    />
  );
}
