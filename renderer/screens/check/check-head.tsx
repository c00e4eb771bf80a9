import { contentAddress } from '../../../shared/contract/content.ts';
import type { FindingCounts } from '../../../shared/model/finding.ts';
import { Icon } from '../../components/icons.tsx';
import { RelativeTime } from '../../components/quantities.tsx';
import styles from './check-room.module.css';
import { countsSentence } from './group-list.ts';

/** How things stand, in one sentence, and since when that is known. */
export function CheckHead({
  id,
  counts,
  checkedAt,
  running,
  stopped,
}: {
  readonly id: string;
  readonly counts: FindingCounts;
  readonly checkedAt: string | null;
  readonly running: boolean;
  readonly stopped: boolean;
}) {
  const known = checkedAt !== null || counts.must + counts.should + counts.may > 0;
  if (!known) return null;
  return (
    <header className={styles.head}>
      <div>
        <h2 className={styles.sentence} tabIndex={-1} data-clean={counts.must === 0 || undefined}>
          <Icon name={counts.must > 0 ? 'must' : 'checkCircle'} size={20} />
          {countsSentence(counts)}
        </h2>
        <p className={styles.soft}>
          {running && 'Checking again; what stands here is from before.'}
          {!running && checkedAt !== null && (
            <>
              Checked <RelativeTime at={checkedAt} />
            </>
          )}
          {!running &&
            checkedAt === null &&
            (stopped
              ? 'The check was stopped before its end, so there may be more.'
              : 'Something was changed since the last check.')}
        </p>
      </div>
      <p className={styles.report}>
        <a href={contentAddress({ what: 'report', id, as: 'html' })} target="_blank" rel="noreferrer">
          Report to read
        </a>
        <a href={contentAddress({ what: 'report', id, as: 'json' })} target="_blank" rel="noreferrer">
          Report as JSON
        </a>
      </p>
    </header>
  );
}
