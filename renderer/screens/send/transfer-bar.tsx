import { useRef } from 'react';
import type { TransferSnapshot } from '../../../shared/model/transfer.ts';
import { formatExactBytes, formatRate } from '../../../shared/rules/format-quantities.ts';
import { Progress } from '../../components/progress.tsx';
import {
  bytesWords,
  filesWords,
  fractionDone,
  percentDone,
  spokenProgress,
  timeLeftWords,
} from './progress-words.ts';
import { createSpeaker } from './spoken.ts';
import styles from './transfer-bar.module.css';

/** One large bar that tells the truth, its numbers above it, and below it what happens now. */
export function TransferBar({
  snapshot,
  still,
}: {
  readonly snapshot: TransferSnapshot;
  readonly still?: boolean;
}) {
  const speak = useRef(createSpeaker(20_000));
  const spoken = speak.current(snapshot.phase, spokenProgress(snapshot), Date.now());
  const percent = percentDone(snapshot);
  const moving = snapshot.phase === 'running' && still !== true;
  const rests = still === true || snapshot.phase === 'paused' || snapshot.phase === 'failed';
  // Before the files are counted there are no numbers yet.
  if (snapshot.filesTotal === 0 && !rests)
    return <Progress now={snapshot.now || 'Starting'} value={0} max={null} />;
  return (
    <div className={styles.transfer}>
      <div className={styles.numbers}>
        <p className={styles.percent}>{percent} %</p>
        <p className={styles.amounts}>
          <span title={`${formatExactBytes(snapshot.bytesDone)} of ${formatExactBytes(snapshot.bytesTotal)}`}>
            {bytesWords(snapshot)}
          </span>
          <span>{filesWords(snapshot)}</span>
        </p>
        {moving && (
          <p className={styles.speed}>
            <span>{snapshot.rate > 0 ? formatRate(snapshot.rate) : 'Rate: measuring'}</span>
            <span>{timeLeftWords(snapshot)}</span>
          </p>
        )}
      </div>
      <div
        className={styles.track}
        role="progressbar"
        aria-label="Sent and confirmed"
        aria-valuenow={percent}
        aria-valuetext={`${percent} percent, ${bytesWords(snapshot)}, ${filesWords(snapshot)}`}
      >
        <div
          className={styles.bar}
          data-still={rests || undefined}
          style={{ transform: `scaleX(${fractionDone(snapshot)})` }}
        />
      </div>
      {snapshot.now && <p className={styles.now}>{snapshot.now}</p>}
      <p className="hidden-visually" role="status">
        {spoken}
      </p>
    </div>
  );
}
