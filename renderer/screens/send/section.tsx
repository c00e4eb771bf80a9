import { type ReactNode, useId } from 'react';
import { classes } from '../../components/classes.ts';
import styles from './section.module.css';

/** A part of a face: a heading, perhaps something at its right, and content below a line. */
export function Section({
  title,
  aside,
  tone,
  children,
}: {
  readonly title: string;
  readonly aside?: ReactNode;
  /** `practice` marks what never leaves this computer. */
  readonly tone?: 'practice';
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={classes(styles.section, tone && styles[tone])}>
      <header className={styles.head}>
        <h3 id={id}>{title}</h3>
        {aside}
      </header>
      {children}
    </section>
  );
}
