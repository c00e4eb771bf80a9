import { memo, useState } from 'react';
import { contentAddress } from '../../../shared/contract/content.ts';
import type { FindingCounts } from '../../../shared/model/finding.ts';
import { FindingMarks } from '../../components/badge.tsx';
import { classes } from '../../components/classes.ts';
import { Icon } from '../../components/icons.tsx';
import { MiddleTruncate } from '../../components/quantities.tsx';
import { useAnswer } from '../../hooks/use-answer.ts';
import { useSettled } from '../../hooks/use-settled.ts';
import { useSubmission } from '../../stores/submission-store.ts';
import styles from './gallery.module.css';
import { type LookItem, type LookTarget, targetName } from './look-item.ts';

export function galleryRowId(row: number): string {
  return `look-row-${row}`;
}

export interface GalleryRowProps {
  readonly submissionId: string;
  readonly row: number;
  readonly count: number;
  /** Undefined while it is on the way. */
  readonly item: LookItem | undefined;
  readonly selected: boolean;
}

/** One image with its mask over it: thumbnail, names, findings. */
export function GalleryRow({ submissionId, row, count, item, selected }: GalleryRowProps) {
  return (
    <div
      id={galleryRowId(row)}
      role="option"
      // The list box has the focus and handles clicks and keys for all its rows.
      tabIndex={-1}
      data-row={row}
      aria-selected={selected}
      aria-posinset={row + 1}
      aria-setsize={count}
      className={classes(styles.row, selected && styles.selected)}
    >
      {item ? (
        <Inside submissionId={submissionId} item={item} />
      ) : (
        <span className={styles.coming}>
          <span className="hidden-visually">Loading</span>
        </span>
      )}
    </div>
  );
}

const Inside = memo(function Inside({
  submissionId,
  item,
}: {
  readonly submissionId: string;
  readonly item: LookItem;
}) {
  return (
    <>
      <Thumbnail submissionId={submissionId} item={item} />
      <span className={styles.words}>
        <MiddleTruncate text={targetName(item.image)} className={styles.name} />
        <span className={styles.maskName}>
          {item.kind === 'pair' && item.mask ? (
            <>
              <Icon name="mask" size={14} />
              <MiddleTruncate text={targetName(item.mask)} />
            </>
          ) : item.kind === 'image' ? (
            'no mask'
          ) : (
            'mask without image'
          )}
        </span>
        <Marks submissionId={submissionId} item={item} />
      </span>
    </>
  );
});

function Thumbnail({ submissionId, item }: { readonly submissionId: string; readonly item: LookItem }) {
  const { image, mask } = item;
  const address = (over: LookTarget | null) =>
    `${contentAddress({
      what: 'thumbnail',
      id: submissionId,
      entryId: image.entryId,
      part: image.part,
      ...(over ? { maskEntryId: over.entryId, maskPart: over.part } : {}),
      size: 128,
    })}&seen=${image.modifiedMs}-${over?.modifiedMs ?? 0}`;
  // A mask that does not fit its image still leaves the image to be seen.
  const sources = mask ? [address(mask), address(null)] : [address(null)];
  const [failed, setFailed] = useState<readonly string[]>([]);
  const source = sources.find((one) => !failed.includes(one));
  return (
    <span className={styles.thumbnail}>
      {source === undefined ? (
        <Icon name="image" size={20} />
      ) : (
        <img
          src={source}
          alt=""
          loading="lazy"
          fetchPriority="low"
          decoding="async"
          onError={() => setFailed((now) => [...now, source])}
        />
      )}
    </span>
  );
}

/** Findings of image and mask together; asked for only where the submission has any and the row stays in sight. */
function Marks({ submissionId, item }: { readonly submissionId: string; readonly item: LookItem }) {
  const findings = useSubmission((state) => state.summary?.findings);
  const any = findings !== undefined && findings.must + findings.should + findings.may > 0;
  const key = useSettled(item.key, 200);
  const resting = useSettled(true, 200) && key === item.key;
  const other = item.mask && item.mask.entryId !== item.image.entryId ? item.mask : null;
  const ask = (target: LookTarget | null) =>
    any && resting && target ? { id: submissionId, entryId: target.entryId } : null;
  const image = useAnswer('entries.get', ask(item.image), ['findings']);
  const mask = useAnswer('entries.get', ask(other), ['findings']);
  const counts = addCounts(image.data?.findings, mask.data?.findings);
  return counts.must + counts.should + counts.may > 0 ? <FindingMarks counts={counts} /> : null;
}

function addCounts(...all: readonly (FindingCounts | undefined)[]): FindingCounts {
  const sum = (level: keyof FindingCounts) => all.reduce((total, one) => total + (one?.[level] ?? 0), 0);
  return { must: sum('must'), should: sum('should'), may: sum('may') };
}
