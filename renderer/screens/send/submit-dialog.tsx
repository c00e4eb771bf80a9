import { formatBytes, formatCounted } from '../../../shared/rules/format-quantities.ts';
import { todayAtArchive } from '../../../shared/rules/release-date.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import styles from './send-room.module.css';
import { SubmitFactList } from './submit-fact-list.tsx';
import type { SubmitFacts } from './submit-facts.ts';

/** Says exactly what submitting does, once, before it is done. */
export function SubmitDialog({
  open,
  onOpenChange,
  archive,
  practice,
  facts,
  files,
  bytes,
  onConfirm,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly archive: string;
  readonly practice: boolean;
  readonly facts: SubmitFacts | null;
  readonly files: number;
  readonly bytes: number;
  readonly onConfirm: () => void;
}) {
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Submit to ${archive}?`}
      confirm="Submit, for good"
      disabled={facts === null}
      onConfirm={onConfirm}
    >
      <div className={styles.confirm}>
        <p>
          {formatCounted(files, 'file')} ({formatBytes(bytes)}) and the description are handed over. The
          archive gives an accession{practice ? '.' : ', and its curators start to work with it.'}{' '}
          <strong>Slipway cannot take this back.</strong>
        </p>
        <SubmitFactList facts={facts} today={todayAtArchive()} />
        {practice && (
          <p className={styles.soft}>
            This is the practice archive: its accession counts nowhere, and nothing leaves this computer.
          </p>
        )}
      </div>
    </ConfirmDialog>
  );
}
