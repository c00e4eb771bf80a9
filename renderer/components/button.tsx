import type { ComponentProps } from 'react';
import styles from './button.module.css';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icons.tsx';
import { Tooltip } from './tooltip.tsx';

export interface ButtonProps extends ComponentProps<'button'> {
  /** `primary`: the one main action of a screen. `quiet`: no border until touched. `danger`: something will be gone. */
  readonly variant?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly small?: boolean;
  readonly icon?: IconName;
}

export function Button({ variant = 'plain', small, icon, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classes(styles.button, styles[variant], small && styles.small, className)}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** Said by screen readers and shown on hover and focus. */
  readonly label: string;
  readonly icon: IconName;
  readonly small?: boolean;
}

export function IconButton({ label, icon, small, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <button
        type="button"
        aria-label={label}
        {...rest}
        className={classes(styles.button, styles.quiet, styles.square, small && styles.small, className)}
      >
        <Icon name={icon} />
      </button>
    </Tooltip>
  );
}
