import { type ComponentProps, type ReactNode, useId } from 'react';
import { classes } from './classes.ts';
import styles from './field.module.css';
import { Icon } from './icons.tsx';

/** What a control needs to belong to its label, help and problem. */
export interface ControlIds {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
  readonly 'aria-required': boolean | undefined;
}

export interface FieldProps {
  /** Of the control; made up when left out. */
  readonly id?: string;
  readonly label: ReactNode;
  readonly help?: ReactNode;
  /** One sentence; shown below the control with an icon. */
  readonly problem?: string | null;
  readonly level?: 'required' | 'desirable' | 'optional';
  /** Set when the control is not one element but a group: the label then names the group. */
  readonly group?: boolean;
  readonly children: (ids: ControlIds) => ReactNode;
}

/** A label above, a control, help below. The control gets its ids from here, so that all of it is read together. */
export function Field({ id: givenId, label, help, problem, level, group, children }: FieldProps) {
  const ownId = useId();
  const id = givenId ?? ownId;
  const described = [problem && `${id}-problem`, help && `${id}-help`].filter(Boolean).join(' ');
  const words = (
    <>
      {label}
      {level === 'required' && <span className={styles.required}>required</span>}
      {level === 'desirable' && <span className={styles.level}>asked for</span>}
    </>
  );
  const control = children({
    id,
    'aria-describedby': described || undefined,
    'aria-invalid': problem ? true : undefined,
    'aria-required': level === 'required' ? true : undefined,
  });
  const below = (
    <>
      {problem && (
        <p id={`${id}-problem`} className={styles.problem}>
          <Icon name="must" />
          <span>{problem}</span>
        </p>
      )}
      {help && (
        <p id={`${id}-help`} className={styles.help}>
          {help}
        </p>
      )}
    </>
  );
  if (group) {
    return (
      <fieldset className={styles.field} aria-describedby={described || undefined}>
        <legend className={styles.label}>{words}</legend>
        {control}
        {below}
      </fieldset>
    );
  }
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {words}
      </label>
      {control}
      {below}
    </div>
  );
}

export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return <input type="text" {...rest} className={classes(styles.input, className)} />;
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea rows={4} {...rest} className={classes(styles.input, styles.area, className)} />;
}

export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select {...rest} className={classes(styles.input, styles.select, className)} />;
}

export function Checkbox({ label, ...rest }: ComponentProps<'input'> & { readonly label: ReactNode }) {
  return (
    <label className={styles.checkbox}>
      <input {...rest} type="checkbox" />
      <span>{label}</span>
    </label>
  );
}

/** A search field with its icon; Escape empties it. */
export function SearchInput({
  value,
  onValue,
  label,
  className,
  ...rest
}: Omit<ComponentProps<'input'>, 'value' | 'onChange'> & {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly label: string;
}) {
  return (
    <span className={classes(styles.search, className)}>
      <Icon name="search" />
      <input
        placeholder={label}
        {...rest}
        type="search"
        aria-label={label}
        value={value}
        onChange={(event) => onValue(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value) {
            event.stopPropagation();
            onValue('');
          }
        }}
        className={styles.input}
      />
    </span>
  );
}
