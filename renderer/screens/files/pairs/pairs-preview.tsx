import type { CallOutput } from '../../../../shared/contract/contract.ts';
import type { PairingRule } from '../../../../shared/model/pair.ts';
import { formatCount } from '../../../../shared/rules/format-quantities.ts';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { MiddleTruncate } from '../../../components/quantities.tsx';
import { Skeleton } from '../../../components/states.tsx';
import type { Answer } from '../../../hooks/use-answer.ts';
import styles from './pairs-dialog.module.css';

/** What the rules would find: three numbers and examples. */
export function PairsPreview({
  preview,
  rules,
  waiting,
}: {
  readonly preview: Answer<CallOutput<'pairs.preview'>>;
  readonly rules: readonly PairingRule[];
  readonly waiting: boolean;
}) {
  const { data, problem } = preview;
  if (problem) return <ProblemNotice problem={problem} onRetry={preview.reload} />;
  if (!data) return <Skeleton rows={5} />;
  const number = (id: string) => rules.findIndex((rule) => rule.id === id) + 1;
  return (
    <section className={styles.preview} aria-label="What these rules find" aria-busy={waiting}>
      <p className={styles.found} role="status">
        <strong>{formatCount(data.pairs)}</strong> {data.pairs === 1 ? 'pair' : 'pairs'}
      </p>
      <p className={styles.left}>
        Left over: {formatCount(data.unpairedImages)} {data.unpairedImages === 1 ? 'image' : 'images'} without
        a mask, {formatCount(data.unpairedMasks)} {data.unpairedMasks === 1 ? 'mask' : 'masks'} without an
        image.
      </p>
      <ul className={styles.examples}>
        {data.examples.map((example) => (
          <li key={`${example.image} ${example.mask}`}>
            <MiddleTruncate text={example.image} />
            <MiddleTruncate text={example.mask} className={styles.exampleMask} />
            {number(example.rule) > 0 && <span className={styles.by}>by rule {number(example.rule)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
