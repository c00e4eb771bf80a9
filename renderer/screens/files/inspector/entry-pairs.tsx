import type { CallOutput } from '../../../../shared/contract/contract.ts';
import type { Entry } from '../../../../shared/model/entry.ts';
import { KEPT, type Pair, type PairChoices } from '../../../../shared/model/pair.ts';
import { formatCount } from '../../../../shared/rules/format-quantities.ts';
import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icons.tsx';
import { MiddleTruncate } from '../../../components/quantities.tsx';
import { useAnswer } from '../../../hooks/use-answer.ts';
import { join, part } from '../pairs/pair-acts.ts';
import { reasonsText, whyWords } from '../pairs/pair-words.ts';
import { showEntry } from '../show-entry.ts';
import styles from './entry-inspector.module.css';

const joinedWords: Readonly<Record<string, string>> = {
  manual: 'paired by hand',
  [KEPT]: 'paired as before it was renamed',
};

/** The pairs an entry belongs to, with a way to part them; the images a mask may belong to while nobody decided. */
export function EntryPairs({
  submissionId,
  entry,
}: {
  readonly submissionId: string;
  readonly entry: Entry;
}) {
  const isOne = entry.kind === 'image' || entry.kind === 'mask';
  const { data } = useAnswer('pairs.ofEntry', isOne ? { id: submissionId, entryId: entry.id } : null, [
    'pairs',
    'entries',
  ]);
  if (!isOne) return null;
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>
        {entry.kind === 'image' ? 'Masks of this image' : 'Image of this mask'}
      </h3>
      {data?.total === 0 && !data.choices && data.wantedByTotal === 0 && (
        <p className={styles.soft}>
          {entry.kind === 'image' ? 'No mask was found for it.' : 'No image was found for it.'} Select an
          image and its mask together to pair them, or change the pairing rules.
        </p>
      )}
      <ul className={styles.list}>
        {data?.pairs.map((pair) => (
          <PairItem key={pair.id} submissionId={submissionId} entry={entry} pair={pair} />
        ))}
      </ul>
      {data && data.total > data.pairs.length && (
        <p className={styles.soft}>and {formatCount(data.total - data.pairs.length)} more</p>
      )}
      {data?.choices && <Choices submissionId={submissionId} choices={data.choices} />}
      {data && data.wantedByTotal > 0 && <WantedBy submissionId={submissionId} data={data} />}
    </section>
  );
}

function Choices({
  submissionId,
  choices,
}: {
  readonly submissionId: string;
  readonly choices: PairChoices;
}) {
  const mask = { entryId: choices.maskEntryId, path: choices.maskPath };
  return (
    <>
      <p className={styles.undecided}>
        <Icon name="should" size={14} />
        <span>For you to decide: the mask {whyWords[choices.why]}.</span>
      </p>
      <ul className={styles.list}>
        {choices.choices.map(({ imageEntryId, imagePath, reasons }) => (
          <li key={imageEntryId} className={styles.item}>
            <Icon name="image" />
            <div>
              <MiddleTruncate text={imagePath} />
              {reasons.length > 0 && <span className={styles.soft}>{reasonsText(reasons)}</span>}
              <span className={styles.buttons}>
                <Button
                  small
                  aria-label={`Pair with ${imagePath}`}
                  onClick={() => void join(submissionId, { entryId: imageEntryId, path: imagePath }, mask)}
                >
                  Pair
                </Button>
                <Button small onClick={() => void showEntry(submissionId, imageEntryId)}>
                  Show it
                </Button>
              </span>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function WantedBy({
  submissionId,
  data,
}: {
  readonly submissionId: string;
  readonly data: CallOutput<'pairs.ofEntry'>;
}) {
  const rest = data.wantedByTotal - data.wantedBy.length;
  return (
    <>
      <p className={styles.undecided}>
        <Icon name="should" size={14} />
        <span>May belong to it, for you to decide:</span>
      </p>
      <ul className={styles.list}>
        {data.wantedBy.map(({ maskEntryId, maskPath }) => (
          <li key={maskEntryId} className={styles.item}>
            <Icon name="mask" />
            <div>
              <MiddleTruncate text={maskPath} />
              <span className={styles.buttons}>
                <Button small onClick={() => void showEntry(submissionId, maskEntryId)}>
                  Show it
                </Button>
              </span>
            </div>
          </li>
        ))}
      </ul>
      {rest > 0 && <p className={styles.soft}>and {formatCount(rest)} more</p>}
    </>
  );
}

function PairItem({
  submissionId,
  entry,
  pair,
}: {
  readonly submissionId: string;
  readonly entry: Entry;
  readonly pair: Pair;
}) {
  const isImage = pair.imageEntryId === entry.id;
  const path = isImage ? pair.maskPath : pair.imagePath;
  const other = isImage ? pair.maskEntryId : pair.imageEntryId;
  const inside = pair.by === 'labels';
  return (
    <li className={styles.item}>
      <Icon name={isImage ? 'mask' : 'image'} />
      <div>
        <MiddleTruncate text={inside ? pair.maskPart : path} />
        <span className={styles.soft}>
          {inside ? 'a label image inside it' : (joinedWords[pair.by] ?? 'paired by a rule')}
          {!inside && pair.maskPart && `, part ${pair.maskPart}`}
        </span>
        {!inside && (
          <span className={styles.buttons}>
            <Button small onClick={() => void showEntry(submissionId, other)}>
              Show it
            </Button>
            <Button small onClick={() => void part(submissionId, pair.id)}>
              Part them
            </Button>
          </span>
        )}
      </div>
    </li>
  );
}
