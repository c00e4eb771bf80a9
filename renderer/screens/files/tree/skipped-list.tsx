import type { CallOutput } from '../../../../shared/contract/contract.ts';
import { formatCount } from '../../../../shared/rules/format-quantities.ts';
import { Button } from '../../../components/button.tsx';
import { openWalkPanel } from '../sources/walk-panel-store.ts';
import { causeWords } from '../sources/walk-words.ts';
import styles from './kinds-view.module.css';

type Skipped = CallOutput<'tree.summary'>['skipped'];

/** What the scan left out and why, with a few of each, and the way to all of it and to its rules. */
export function SkippedList({
  skipped,
  isLookedThrough,
  sourceId,
}: {
  readonly skipped: Skipped;
  /** Whether any folder was looked through to its end. */
  readonly isLookedThrough: boolean;
  /** Of the folder shown; null above all. */
  readonly sourceId: number | null;
}) {
  const none = isLookedThrough
    ? `Nothing was skipped${sourceId === null ? '' : ' here'}.`
    : 'What is skipped shows after a look through the folders.';
  return (
    <section className={styles.part} aria-labelledby="skipped-heading">
      <h2 id="skipped-heading">Skipped</h2>
      {skipped.length === 0 ? (
        <p className={styles.none}>{none}</p>
      ) : (
        <ul>
          {skipped.map(({ cause, reason, count, examples }) => (
            <li key={`${cause} ${reason}`} className={styles.skipped}>
              <span className={styles.line}>
                <span className={styles.reason}>{causeWords(cause, reason)}</span>
                <span>{formatCount(count)}</span>
              </span>
              <span className={styles.examples} title={examples.join('\n')}>
                {[...new Set(examples.map(lastSegment))].join(', ')}
                {count > examples.length && ', …'}
              </span>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.more}>
        {skipped.length > 0 && (
          <Button
            small
            variant="quiet"
            onClick={() => openWalkPanel({ what: 'skips', tab: 'skipped', sourceId })}
          >
            See each of them
          </Button>
        )}
        <Button
          small
          variant="quiet"
          onClick={() => openWalkPanel({ what: 'skips', tab: 'rules', sourceId })}
        >
          Change the rules
        </Button>
      </div>
    </section>
  );
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
