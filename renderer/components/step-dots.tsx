import { classes } from './classes.ts';
import styles from './step-dots.module.css';

const titles = ['files', 'pairs', 'described', 'checked', 'sent'] as const;

/** The five dots of a submission: files, pairs, described, checked, sent. */
export function StepDots({ steps }: { readonly steps: readonly boolean[] }) {
  const done = titles.filter((_, index) => steps[index]);
  const words = `${done.length} of 5 steps done${done.length > 0 ? `: ${done.join(', ')}` : ''}`;
  return (
    <span className={styles.dots} role="img" aria-label={words} title={words}>
      {titles.map((title, index) => (
        <span key={title} className={classes(styles.dot, steps[index] && styles.done)} />
      ))}
    </span>
  );
}
