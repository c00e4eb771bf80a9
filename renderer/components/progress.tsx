import styles from './progress.module.css';

/**
 * Progress with its numbers above the bar. `value` of `max`; without `max` the bar only says that it goes on.
 * What is happening is read out politely, the numbers are not.
 */
export function Progress({
  now,
  numbers,
  value,
  max,
}: {
  /** What is happening, in words. */
  readonly now: string;
  /** For example "1,204 of 12,408 files". */
  readonly numbers?: string;
  readonly value: number;
  readonly max: number | null;
}) {
  const share = max && max > 0 ? Math.min(1, value / max) : null;
  return (
    <div className={styles.progress}>
      <div className={styles.words}>
        <span role="status">{now}</span>
        {numbers && <span className={styles.numbers}>{numbers}</span>}
      </div>
      <div
        className={styles.track}
        role="progressbar"
        aria-label={now}
        aria-valuetext={numbers}
        {...(share === null ? {} : { 'aria-valuenow': Math.round(share * 100) })}
      >
        <div
          className={share === null ? styles.endless : styles.bar}
          style={share === null ? {} : { transform: `scaleX(${share})` }}
        />
      </div>
    </div>
  );
}
