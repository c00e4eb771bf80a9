import type { PairingRule } from '../../../../shared/model/pair.ts';
import { formatCount, formatCounted } from '../../../../shared/rules/format-quantities.ts';
import { Icon } from '../../../components/icons.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { MiddleTruncate } from '../../../components/quantities.tsx';
import { Skeleton } from '../../../components/states.tsx';
import { byWords } from './pair-words.ts';
import styles from './pairs-preview.module.css';
import type { Preview } from './use-preview.ts';

/** What the rules would find: numbers, masks left open and examples, as they come. */
export function PairsPreview({
  preview,
  rules,
}: {
  readonly preview: Preview;
  readonly rules: readonly PairingRule[];
}) {
  const { found, problem, progress, waiting } = preview;
  if (problem) return <ProblemNotice problem={problem} />;
  if (!found) return <Skeleton rows={5} />;
  const ids = rules.map(({ id }) => id);
  const isWhole = progress === null;
  return (
    <section className={styles.preview} aria-label="What these rules find" aria-busy={waiting || !isWhole}>
      <p className={styles.found} role="status">
        <strong>{formatCount(found.pairs)}</strong> {found.pairs === 1 ? 'pair' : 'pairs'}
        {!isWhole && ' so far'}
      </p>
      {progress ? (
        <Progress now={progress.now} value={progress.done} max={progress.total} />
      ) : (
        <p className={styles.left}>
          Left over: {formatCounted(found.unpairedImages, 'image')} without a mask,{' '}
          {formatCounted(found.unpairedMasks, 'mask')} without an image.
        </p>
      )}
      {found.ambiguousMasks > 0 && (
        <p className={styles.open}>
          <Icon name="should" size={14} />
          <span>{formatCounted(found.ambiguousMasks, 'mask')} for you to decide</span>
        </p>
      )}
      <ul className={styles.examples}>
        {found.ambiguous.slice(0, 4).map((example) => (
          <li key={`${example.image} ${example.mask}`}>
            <MiddleTruncate text={example.mask} />
            <span className={styles.maybe}>
              {example.choices === 1 ? 'perhaps' : `${formatCount(example.choices)} images, perhaps`}
            </span>
            <MiddleTruncate text={example.image} className={styles.exampleMask} />
            <span className={styles.by}>{byWords(example.rule, ids)}</span>
          </li>
        ))}
        {found.examples.map((example) => (
          <li key={`${example.image} ${example.mask}`}>
            <MiddleTruncate text={example.image} />
            <MiddleTruncate text={example.mask} className={styles.exampleMask} />
            <span className={styles.by}>{byWords(example.rule, ids)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
