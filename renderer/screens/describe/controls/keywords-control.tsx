import { useState } from 'react';
import { Icon } from '../../../components/icons.tsx';
import type { ControlProps } from './control-props.ts';
import styles from './controls.module.css';
import { splitKeywords, withKeywords } from './keywords.ts';

/** Words as chips. Enter, comma or leaving the field adds; Backspace in the empty field takes the last one back. */
export function KeywordsControl({ field, ids, value, onValue }: ControlProps) {
  const [draft, setDraft] = useState('');
  const words = Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
  const keep = (next: readonly string[]) => onValue(next.length > 0 ? [...next] : null);
  const add = (text: string) => {
    setDraft('');
    const added = splitKeywords(text);
    if (added.length > 0) keep(withKeywords(words, added));
  };
  return (
    <div className={styles.chips}>
      {words.length > 0 && (
        <ul className={styles.chipList} aria-label={field.title}>
          {words.map((word) => (
            <li key={word} className={styles.chip}>
              <span>{word}</span>
              <button
                type="button"
                aria-label={`Remove ${word}`}
                onClick={() => keep(words.filter((one) => one !== word))}
              >
                <Icon name="close" size={12} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        {...ids}
        className={styles.chipInput}
        value={draft}
        placeholder={words.length === 0 ? field.example : 'Add another'}
        autoComplete="off"
        onChange={(event) => {
          if (/[,;\n]/.test(event.target.value)) add(event.target.value);
          else setDraft(event.target.value);
        }}
        onBlur={() => add(draft)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            add(draft);
          } else if (event.key === 'Backspace' && draft === '' && words.length > 0) {
            event.preventDefault();
            setDraft(words.at(-1) ?? '');
            keep(words.slice(0, -1));
          }
        }}
      />
    </div>
  );
}
