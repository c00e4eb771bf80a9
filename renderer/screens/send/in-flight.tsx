import type { TransferSnapshot } from '../../../shared/model/transfer.ts';
import { formatBytes } from '../../../shared/rules/format-quantities.ts';
import { MiddleTruncate } from '../../components/quantities.tsx';
import styles from './transfer-files.module.css';

type Flight = TransferSnapshot['inFlight'][number];

/** `server is saving`, and which attempt it is when it is not the first. */
export function flightWords({ stage, attempt }: Pick<Flight, 'stage' | 'attempt'>): string {
  const words = stage.charAt(0).toUpperCase() + stage.slice(1);
  return attempt > 1 ? `${words}, attempt ${attempt}` : words;
}

/** The files on their way now, each with how far it is. */
export function InFlight({ files }: { readonly files: readonly Flight[] }) {
  if (files.length === 0) return <p className={styles.none}>No file is on its way at the moment.</p>;
  return (
    <ul>
      {files.map((file) => (
        <li key={file.remotePath} className={styles.flight}>
          <MiddleTruncate text={file.remotePath} />
          <span className={styles.flightWords}>{flightWords(file)}</span>
          <span className={styles.size}>
            {formatBytes(file.bytes)} of {formatBytes(file.size)}
          </span>
          <span className={styles.flightTrack} aria-hidden="true">
            <span
              style={{ transform: `scaleX(${file.size > 0 ? Math.min(1, file.bytes / file.size) : 1})` }}
              data-waiting={file.stage === 'waiting' || undefined}
            />
          </span>
        </li>
      ))}
    </ul>
  );
}
