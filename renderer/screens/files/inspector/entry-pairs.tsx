import type { Entry } from '../../../../shared/model/entry.ts';
import type { Pair } from '../../../../shared/model/pair.ts';
import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icons.tsx';
import { MiddleTruncate } from '../../../components/quantities.tsx';
import { engine } from '../../../connection.ts';
import { useAnswer } from '../../../hooks/use-answer.ts';
import { showUndoable } from '../../../stores/history.ts';
import { trackSave } from '../../../stores/saving-store.ts';
import { showProblem } from '../../../stores/toast-store.ts';
import { showEntry } from '../show-entry.ts';
import styles from './entry-inspector.module.css';

/** The pairs an entry belongs to, with a way to part them. */
export function EntryPairs({
  submissionId,
  entry,
}: {
  readonly submissionId: string;
  readonly entry: Entry;
}) {
  const { data } = useAnswer(
    'pairs.page',
    entry.kind === 'image' || entry.kind === 'mask'
      ? { id: submissionId, text: entry.path, offset: 0, limit: 50 }
      : null,
    ['pairs', 'entries'],
  );
  if (entry.kind !== 'image' && entry.kind !== 'mask') return null;
  const pairs = data?.rows.filter((pair) => pair.imageEntryId === entry.id || pair.maskEntryId === entry.id);
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>
        {entry.kind === 'image' ? 'Masks of this image' : 'Image of this mask'}
      </h3>
      {pairs?.length === 0 && (
        <p className={styles.soft}>
          {entry.kind === 'image' ? 'No mask was found for it.' : 'No image was found for it.'} Select an
          image and its mask together to pair them, or change the pairing rules.
        </p>
      )}
      <ul className={styles.list}>
        {pairs?.map((pair) => (
          <PairItem key={pair.id} submissionId={submissionId} entry={entry} pair={pair} />
        ))}
      </ul>
    </section>
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
          {inside ? 'a label image inside it' : pair.by === 'manual' ? 'paired by hand' : 'paired by a rule'}
          {!inside && pair.maskPart && `, part ${pair.maskPart}`}
        </span>
        {!inside && (
          <span className={styles.buttons}>
            <Button small onClick={() => void showEntry(submissionId, other)}>
              Show it
            </Button>
            <Button small onClick={() => void part(submissionId, pair)}>
              Part them
            </Button>
          </span>
        )}
      </div>
    </li>
  );
}

async function part(id: string, pair: Pair): Promise<void> {
  try {
    await trackSave(engine.call('pairs.part', { id, pairId: pair.id }));
    showUndoable(id, 'Parted the image and the mask.');
  } catch (thrown) {
    showProblem(thrown);
  }
}
