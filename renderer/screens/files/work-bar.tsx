import { formatCount } from '../../../shared/rules/format-quantities.ts';
import { Button } from '../../components/button.tsx';
import { Progress } from '../../components/progress.tsx';
import { useSettled } from '../../hooks/use-settled.ts';
import styles from './bulk-bar.module.css';
import { useWork } from './work-store.ts';

/** Shows what is being done to many files once that takes longer than a moment, and stops it. */
export function WorkBar() {
  const work = useWork((state) => state.work);
  const isLong = useSettled(work?.what ?? '', 400) === work?.what;
  if (!work || !isLong) return null;
  const { progress } = work;
  const total = progress?.total ?? null;
  const numbers = progress
    ? total === null
      ? formatCount(progress.done)
      : `${formatCount(progress.done)} of ${formatCount(total)}`
    : undefined;
  return (
    <section className={styles.bar} aria-label="What is going on">
      <div className={styles.work}>
        <Progress
          now={work.what}
          {...(numbers === undefined ? {} : { numbers })}
          value={progress?.done ?? 0}
          max={total}
        />
      </div>
      <Button small icon="stop" onClick={work.stop}>
        Stop
      </Button>
    </section>
  );
}
