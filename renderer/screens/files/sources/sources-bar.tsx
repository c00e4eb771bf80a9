import { useEffect, useRef } from 'react';
import type { Source } from '../../../../shared/model/entry.ts';
import type { ProblemData } from '../../../../shared/model/problem.ts';
import { scanNumbers } from '../../../../shared/rules/scan-words.ts';
import { useCommands } from '../../../commands.ts';
import { Button, IconButton } from '../../../components/button.tsx';
import { Icon } from '../../../components/icons.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { MiddleTruncate } from '../../../components/quantities.tsx';
import { engine } from '../../../connection.ts';
import { showUndoable } from '../../../stores/history.ts';
import { trackSave } from '../../../stores/saving-store.ts';
import { type Scan, scanSources, useScans } from '../../../stores/scan-store.ts';
import { showProblem } from '../../../stores/toast-store.ts';
import { ChangesDialog } from './changes-dialog.tsx';
import { HoldBackField } from './hold-back-field.tsx';
import { SkipDialog } from './skip-dialog.tsx';
import { SourceFacts } from './source-facts.tsx';
import { SourceMenu } from './source-menu.tsx';
import styles from './sources-bar.module.css';
import { closeWalkPanel, openWalkPanel, useWalkPanel } from './walk-panel-store.ts';

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
      {sources.length > 0 && !scan && (
        <div className={styles.rules}>
          <HoldBackField submissionId={submissionId} />
          <Button
            small
            variant="quiet"
            icon="filter"
            onClick={() => openWalkPanel({ what: 'skips', tab: 'rules', sourceId: null })}
          >
            What is skipped
          </Button>
        </div>
      )}
      {problem && problem.code !== 'engine-gone' && <ProblemNotice problem={problem} />}
      {scanProblem && !scan && (
        <ProblemNotice problem={scanProblem} onRetry={() => void scanSources(submissionId)} />
      )}
      <WalkDialogs submissionId={submissionId} sources={sources} />
    </section>
  );
}

function WalkDialogs({
  submissionId,
  sources,
}: {
  readonly submissionId: string;
  readonly sources: readonly Source[];
}) {
  const panel = useWalkPanel((state) => state.panel);
  useEffect(() => closeWalkPanel, []);
  useCommands([
    {
      id: 'files.skips',
      title: 'Change what is skipped',
      group: 'Files',
      run: () => openWalkPanel({ what: 'skips', tab: 'rules', sourceId: null }),
    },
  ]);
  if (panel === null) return null;
  if (panel.what === 'skips') {
    const { tab, sourceId } = panel;
    return <SkipDialog submissionId={submissionId} sources={sources} firstTab={tab} sourceId={sourceId} />;
  }
  const source = sources.find(({ id }) => id === panel.sourceId);
  return source ? <ChangesDialog submissionId={submissionId} source={source} firstTab={panel.tab} /> : null;
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
        {source.state === 'gone' || source.stale ? (
          <Button small icon="refresh" disabled={scanning} onClick={lookAgain}>
            Look again
          </Button>
        ) : (
          <IconButton small icon="refresh" label="Look again" disabled={scanning} onClick={lookAgain} />
        )}
        <SourceMenu submissionId={submissionId} source={source} scanning={scanning} />
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

function ScanRow({ scan }: { readonly scan: Scan }) {
  const { progress } = scan;
  return (
    <div className={styles.scan}>
      <div className={styles.progress}>
        <Progress
          now={progress?.now ?? 'Starting to look through the folders'}
          numbers={progress ? scanNumbers(progress) : ''}
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
