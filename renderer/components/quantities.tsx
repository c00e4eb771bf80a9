import { useEffect, useState } from 'react';
import { formatAgo, formatBytes, formatExactBytes } from '../../shared/rules/format-quantities.ts';
import { classes } from './classes.ts';
import { splitForMiddle } from './middle.ts';
import styles from './quantities.module.css';

/** Bytes in decimal units, exact on hover. */
export function Bytes({ value }: { readonly value: number }) {
  return (
    <span className={styles.quantity} title={formatExactBytes(value)}>
      {formatBytes(value)}
    </span>
  );
}

/** How long ago, exact on hover; moves on by itself. `at` is ISO 8601. */
export function RelativeTime({ at }: { readonly at: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 30_000);
    return () => window.clearInterval(timer);
  }, []);
  const then = Date.parse(at);
  if (Number.isNaN(then)) return null;
  const exact = new Date(then).toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'medium' });
  return (
    <time className={styles.quantity} dateTime={at} title={exact}>
      {formatAgo(then, Math.max(now, then))}
    </time>
  );
}

/** One line that loses its middle, not its end, when there is no room. The whole text shows on hover and is copied whole. */
export function MiddleTruncate({
  text,
  className,
}: {
  readonly text: string;
  readonly className?: string | undefined;
}) {
  const [head, tail] = splitForMiddle(text);
  return (
    <span className={classes(styles.middle, className)} title={text}>
      {/* The two pieces would be read with a gap between them. */}
      {tail && <span className={classes('hidden-visually', styles.whole)}>{text}</span>}
      <span className={styles.head} aria-hidden={tail ? true : undefined}>
        {head}
      </span>
      {tail && (
        <span className={styles.tail} aria-hidden="true">
          {tail}
        </span>
      )}
    </span>
  );
}
