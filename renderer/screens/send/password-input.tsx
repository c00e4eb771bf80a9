import { type ComponentProps, useState } from 'react';
import { IconButton } from '../../components/button.tsx';
import { TextInput } from '../../components/field.tsx';
import styles from './account-section.module.css';

/** A password that can be looked at while it is typed. */
export function PasswordInput({
  onValue,
  ...rest
}: Omit<ComponentProps<typeof TextInput>, 'type' | 'onChange'> & {
  readonly onValue: (value: string) => void;
}) {
  const [shown, setShown] = useState(false);
  return (
    <span className={styles.password}>
      <TextInput
        {...rest}
        type={shown ? 'text' : 'password'}
        spellCheck={false}
        onChange={(event) => onValue(event.target.value)}
      />
      <IconButton
        icon="eye"
        label={shown ? 'Hide the password' : 'Show the password'}
        aria-pressed={shown}
        onClick={() => setShown((now) => !now)}
      />
    </span>
  );
}
