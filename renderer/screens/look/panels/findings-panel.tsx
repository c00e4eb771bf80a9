import type { Finding } from '../../../../shared/model/finding.ts';
import { LevelBadge } from '../../../components/badge.tsx';
import { useAnswer } from '../../../hooks/use-answer.ts';
import { roomAddress } from '../../../routes.ts';
import type { LookItem } from '../look-item.ts';
import { Panel } from './panel.tsx';
import styles from './panels.module.css';

const MOST = 20;

/** What was found about the image and its mask; nothing when nothing was. */
export function FindingsPanel({
  submissionId,
  item,
}: {
  readonly submissionId: string;
  readonly item: LookItem;
}) {
  const ask = (entryId: number | null) =>
    entryId === null ? null : { id: submissionId, entryId, offset: 0, limit: MOST };
  const maskId = item.mask && item.mask.entryId !== item.image.entryId ? item.mask.entryId : null;
  const image = useAnswer('findings.page', ask(item.image.entryId), ['findings']);
  const mask = useAnswer('findings.page', ask(maskId), ['findings']);
  const rows: (Finding & { readonly of?: string })[] = [
    ...(image.data?.rows ?? []),
    ...(mask.data?.rows ?? []).map((row) => ({ ...row, of: 'Mask file' })),
  ];
  if (rows.length === 0) return null;
  return (
    <Panel title="Findings" action={<a href={roomAddress(submissionId, 'check')}>Open Check</a>}>
      <ul className={styles.findings}>
        {rows.map(({ id, level, message, of }) => (
          <li key={id}>
            <LevelBadge level={level} /> {of && <span className={styles.soft}>{of}: </span>}
            <span>{message}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
