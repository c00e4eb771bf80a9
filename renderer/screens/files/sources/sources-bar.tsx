import { useEffect, useRef } from 'react';
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

/** A folder to bring into sight, with the focus on it; a new object is a new wish. */
export interface SourceGoal {
  readonly sourceId: number;
}

/** The folders of a submission, what was found in them, and the scan that runs. */
export function SourcesBar({
  submissionId,
  sources,
  goal,
  problem,
}: {
  readonly submissionId: string;
  readonly sources: readonly Source[];
  readonly goal: SourceGoal | null;
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
            goal={goal?.sourceId === source.id ? goal : null}
            scanning={scan !== undefined}
          />
        ))}
      </ul>
      {scan && <ScanRow scan={scan} />}
      {problem && problem.code !== 'engine-gone' && <ProblemNotice problem={problem} />}
      {scanProblem && !scan && (
        <ProblemNotice problem={scanProblem} onRetry={() => void scanSources(submissionId)} />
      )}
    </section>
  );
}

function SourceRow({
  submissionId,
  source,
  goal,
  scanning,
}: {
  readonly submissionId: string;
  readonly source: Source;
  readonly goal: SourceGoal | null;
  readonly scanning: boolean;
}) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (goal === null) return;
    row.current?.scrollIntoView({ block: 'nearest' });
    row.current?.focus();
  }, [goal]);
  const lookAgain = () => void scanSources(submissionId, source.id);
  return (
    <li ref={row} tabIndex={-1} className={styles.row}>
      <Icon name="folder" />
      <MiddleTruncate text={source.path} className={styles.path} />
      <span className={styles.facts}>
        <SourceFacts source={source} />
      </span>
      <span className={styles.buttons}>
        {source.state === 'gone' ? (
          <Button small icon="refresh" disabled={scanning} onClick={lookAgain}>
            Look again
          </Button>
        ) : (
          <IconButton small icon="refresh" label="Look again" disabled={scanning} onClick={lookAgain} />
        )}
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
        Cannot be looked through: {source.trouble || 'it is not there now'}. Its files stay listed.
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
