import type { Source } from '../../../../shared/model/entry.ts';
import type { ProblemData } from '../../../../shared/model/problem.ts';
import { formatBytes, formatCount, formatCounted } from '../../../../shared/rules/format-quantities.ts';
import { Button, IconButton } from '../../../components/button.tsx';
import { Icon } from '../../../components/icons.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { MiddleTruncate, RelativeTime } from '../../../components/quantities.tsx';
import { engine } from '../../../connection.ts';
import { showUndoable } from '../../../stores/history.ts';
import { trackSave } from '../../../stores/saving-store.ts';
import { type Scan, scanSources, useScans } from '../../../stores/scan-store.ts';
import { showProblem } from '../../../stores/toast-store.ts';
import styles from './sources-bar.module.css';

/** The folders of a submission, what was found in them, and the scan that runs. */
export function SourcesBar({
  submissionId,
  sources,
  problem,
}: {
  readonly submissionId: string;
  readonly sources: readonly Source[];
  readonly problem: ProblemData | null;
}) {
  const scan = useScans((state) => state.running[submissionId]);
  const scanProblem = useScans((state) => state.problems[submissionId]);
  return (
    <section className={styles.bar} aria-label="Folders">
      <ul className={styles.list}>
        {sources.map((source) => (
          <SourceRow
            key={source.id}
            submissionId={submissionId}
            source={source}
            scanning={scan !== undefined}
          />
        ))}
      </ul>
      {scan && <ScanRow scan={scan} />}
      {problem && <ProblemNotice problem={problem} />}
      {scanProblem && !scan && (
        <ProblemNotice problem={scanProblem} onRetry={() => void scanSources(submissionId)} />
      )}
    </section>
  );
}

function SourceRow({
  submissionId,
  source,
  scanning,
}: {
  readonly submissionId: string;
  readonly source: Source;
  readonly scanning: boolean;
}) {
  return (
    <li className={styles.row}>
      <Icon name="folder" />
      <MiddleTruncate text={source.path} className={styles.path} />
      <span className={styles.facts}>
        <SourceFacts source={source} />
      </span>
      <span className={styles.buttons}>
        <IconButton
          small
          icon="refresh"
          label="Look again"
          disabled={scanning}
          onClick={() => void scanSources(submissionId, source.id)}
        />
        <IconButton
          small
          icon="close"
          label={`Take ${source.path} off the submission`}
          disabled={scanning}
          onClick={() => void removeSource(submissionId, source)}
        />
      </span>
    </li>
  );
}

function SourceFacts({ source }: { readonly source: Source }) {
  if (source.state === 'gone') {
    return (
      <span className={styles.gone}>
        <Icon name="must" size={14} />
        This folder is not there now. Is its drive connected?
      </span>
    );
  }
  if (source.state === 'new') return 'not looked through yet';
  if (source.state === 'scanning') return 'being looked through';
  return (
    <>
      {formatCounted(source.files, 'file')}, {formatBytes(source.bytes)}
      {source.skipped > 0 && `, ${formatCount(source.skipped)} skipped`}
      {source.scannedAt && (
        <>
          {', seen '}
          <RelativeTime at={source.scannedAt} />
        </>
      )}
    </>
  );
}

function ScanRow({ scan }: { readonly scan: Scan }) {
  const { progress } = scan;
  const numbers = progress
    ? progress.total === null
      ? formatCounted(progress.done, 'file')
      : `${formatCount(progress.done)} of ${formatCounted(progress.total, 'file')}`
    : '';
  return (
    <div className={styles.scan}>
      <div className={styles.progress}>
        <Progress
          now={progress?.now ?? 'Starting to look through the folders'}
          numbers={numbers}
          value={progress?.done ?? 0}
          max={progress?.total ?? null}
        />
      </div>
      <Button small icon="stop" onClick={scan.stop}>
        Stop
      </Button>
    </div>
  );
}

/** Takes a folder off, which can be undone; the folder itself is not touched. */
async function removeSource(id: string, source: Source): Promise<void> {
  try {
    await trackSave(engine.call('sources.remove', { id, sourceId: source.id }));
    showUndoable(id, `Took ${source.path} off the submission.`, 'The folder itself is untouched.');
  } catch (thrown) {
    showProblem(thrown);
  }
}
