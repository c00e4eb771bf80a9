import { useId } from 'react';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icons.tsx';
import styles from './radio-cards.module.css';

export interface RadioCard<V extends string> {
  readonly value: V;
  readonly title: string;
  readonly words: string;
  readonly icon?: IconName;
}

/** A choice of one among a few, each with its explanation. Plain radio buttons underneath, so arrows walk them. */
export function RadioCards<V extends string>({
  label,
  value,
  onChange,
  choices,
  columns,
}: {
  readonly label: string;
  readonly value: V;
  readonly onChange: (value: V) => void;
  readonly choices: readonly RadioCard<V>[];
  readonly columns?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className={styles.group}>
      <legend className={styles.label}>{label}</legend>
      <div className={classes(styles.cards, columns && styles.columns)}>
        {choices.map((choice) => (
          <label key={choice.value} className={styles.card}>
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
            />
            <span className={styles.inside}>
              <span className={styles.title}>
                {choice.icon && <Icon name={choice.icon} />}
                {choice.title}
              </span>
              <span className={styles.words}>{choice.words}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
