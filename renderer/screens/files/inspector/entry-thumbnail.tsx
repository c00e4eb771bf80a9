import { useState } from 'react';
import { contentAddress } from '../../../../shared/contract/content.ts';
import type { Entry } from '../../../../shared/model/entry.ts';
import { useAnswer } from '../../../hooks/use-answer.ts';
import styles from './entry-inspector.module.css';

/** A small picture of an image or mask, an image with its mask over it; says so when there is none. */
export function EntryThumbnail({
  submissionId,
  entry,
}: {
  readonly submissionId: string;
  readonly entry: Entry;
}) {
  const picture = entry.kind === 'image' || entry.kind === 'mask';
  const pairs = useAnswer(
    'pairs.page',
    picture && entry.pairedWith.length > 0
      ? { id: submissionId, text: entry.path, offset: 0, limit: 20 }
      : null,
    ['pairs', 'entries'],
  );
  const pair = pairs.data?.rows.find((one) => one.imageEntryId === entry.id);
  const mask = pair ? { maskEntryId: pair.maskEntryId, maskPart: pair.maskPart } : {};
  // The times of change make a changed file a new picture.
  const address = `${contentAddress({ what: 'thumbnail', id: submissionId, entryId: entry.id, size: 512, ...mask })}&seen=${entry.modifiedMs}-${pair?.maskModifiedMs ?? 0}`;
  const [failed, setFailed] = useState<string | null>(null);
  if (!picture) return null;
  return (
    <div className={styles.thumbnail}>
      {failed === address ? (
        <span className={styles.noPicture}>
          No picture of this file could be made. Look at it to read why.
        </span>
      ) : (
        <img
          key={address}
          src={address}
          alt={pair ? `${entry.name} with its mask` : entry.name}
          onError={() => setFailed(address)}
        />
      )}
    </div>
  );
}
