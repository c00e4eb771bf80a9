import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icons.tsx';
import styles from './states.module.css';

/** Grey lines where text will be, for waits under a second. Says "Loading" once to screen readers. */
export function Skeleton({ rows = 6, height = 32 }: { readonly rows?: number; readonly height?: number }) {
  return (
    <div className={styles.skeleton} role="status">
      <span className="hidden-visually">Loading</span>
      {Array.from({ length: rows }, (_, index) => index).map((index) => (
        <div key={index} className={styles.row} style={{ height }}>
          <span style={{ width: `${[38, 62, 47, 71, 54][index % 5]}%` }} />
        </div>
      ))}
    </div>
  );
}

/** A screen or list with nothing in it: says what would be here and how it gets here. */
export function EmptyState({
  icon,
  title,
  children,
  action,
  compact,
}: {
  readonly icon?: IconName;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly compact?: boolean;
}) {
  return (
    <div className={classes(styles.empty, compact && styles.compact)}>
      {icon && (
        <span className={styles.icon}>
          <Icon name={icon} size={compact ? 20 : 28} />
        </span>
      )}
      <h2>{title}</h2>
      {children && <div className={styles.words}>{children}</div>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
