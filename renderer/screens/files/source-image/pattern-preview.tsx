import type { EntryTarget, SourcePattern } from '../../../../shared/contract/file-calls.ts';
import { Icon } from '../../../components/icons.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { MiddleTruncate } from '../../../components/quantities.tsx';
import { Skeleton } from '../../../components/states.tsx';
import { useAnswer } from '../../../hooks/use-answer.ts';
import styles from './pattern-preview.module.css';

/** What a pattern would make of the first files. */
export function PatternPreview({
  submissionId,
  entries,
  by,
}: {
  readonly submissionId: string;
  readonly entries: EntryTarget;
  readonly by: SourcePattern;
}) {
  const { data, problem, reload } = useAnswer('sourceImages.preview', { id: submissionId, entries, by }, [
    'entries',
    'pairs',
  ]);
  if (problem) return <ProblemNotice problem={problem} onRetry={reload} />;
  if (!data) return <Skeleton rows={4} height={44} />;
  if (data.rows.length === 0) {
    return <p className={styles.nothing}>None of these files is paired with an image.</p>;
  }
  return (
    <section aria-label="The first of them">
      <h3 className={styles.heading}>{data.rows.length === 1 ? 'What is set' : 'The first of them'}</h3>
      <ul className={styles.rows}>
        {data.rows.map(({ entryId, path, after }) => (
          <li key={entryId} className={styles.row}>
            <MiddleTruncate text={path} className={styles.path} />
            <span className={styles.after}>
              <Icon name="arrowRight" size={14} />
              <MiddleTruncate text={after} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
