import type { CallOutput } from '../../../../shared/contract/contract.ts';
import { formatCount } from '../../../../shared/rules/format-quantities.ts';
import styles from './kinds-view.module.css';

type Skipped = CallOutput<'tree.summary'>['skipped'];

/** What the scan left out and why, with a few of each. */
export function SkippedList({
  skipped,
  isLookedThrough,
  inFolder,
}: {
  readonly skipped: Skipped;
  /** Whether any folder was looked through to its end. */
  readonly isLookedThrough: boolean;
  readonly inFolder: boolean;
}) {
  const none = isLookedThrough
    ? `Nothing was left out${inFolder ? ' here' : ''}.`
    : 'What is left out shows after a look through the folders.';
  return (
    <section className={styles.part} aria-labelledby="skipped-heading">
      <h3 id="skipped-heading">Left out</h3>
      {skipped.length === 0 ? (
        <p className={styles.none}>{none}</p>
      ) : (
        <ul>
          {skipped.map(({ reason, count, examples }) => (
            <li key={reason} className={styles.skipped}>
              <span className={styles.line}>
                <span className={styles.reason}>{firstUpper(reason)}</span>
                <span>{formatCount(count)}</span>
              </span>
              <span className={styles.examples} title={examples.join('\n')}>
                {examples.map(ending).join(', ')}
                {count > examples.length && ', …'}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function firstUpper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function ending(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
