import { useState } from 'react';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import { todayAtArchive } from '../../../shared/rules/release-date.ts';
import { useCommands } from '../../commands.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icons.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Bytes } from '../../components/quantities.tsx';
import { AccountSection } from './account-section.tsx';
import type { FaceProps } from './face-props.ts';
import { theArchive } from './method-title.ts';
import { NextStep } from './next-step.tsx';
import { Section } from './section.tsx';
import styles from './send-room.module.css';
import { StepList } from './step-list.tsx';
import { SubmitDialog } from './submit-dialog.tsx';
import { SubmitFactList } from './submit-fact-list.tsx';
import { submit, upload, useAsked } from './transfer-acts.ts';
import { TransferFiles } from './transfer-files.tsx';
import { useReadiness } from './use-readiness.ts';
import { useSubmitFacts } from './use-submit-facts.ts';

/** Everything arrived: what is left is the one step that cannot be taken back. */
export function ArrivedFace({ id, summary, snapshot }: FaceProps) {
  const { plan, account, blocker } = useReadiness(id, summary);
  const facts = useSubmitFacts(id, summary);
  const asked = useAsked(id);
  const [confirming, setConfirming] = useState(false);
  const archive = plan.data ? theArchive(plan.data.archive) : 'the archive';
  const more = (plan.data?.files ?? snapshot.filesTotal) - snapshot.filesTotal;
  const open = () => setConfirming(true);
  useCommands([
    {
      id: 'send.submit',
      title: `Submit to ${archive}`,
      group: 'Send',
      run: () => blocker === null && open(),
    },
  ]);
  return (
    <>
      <NextStep
        id={id}
        title={`Submit to ${archive}`}
        icon="archive"
        blocker={blocker}
        busy={asked.what === 'submit' ? 'Submitting' : null}
        onAct={open}
      />
      <header className={styles.lead}>
        <h2 className={styles.good}>
          <Icon name="checkCircle" size={24} />
          Everything arrived: {formatCounted(snapshot.filesDone, 'file')}, confirmed by the archive.
        </h2>
        <p className={styles.soft}>
          <Bytes value={snapshot.bytesTotal} /> are in the upload area. Nothing is published and no accession
          is given before you submit; that last step cannot be taken back.
        </p>
      </header>
      {asked.problem && <ProblemNotice problem={asked.problem} onRetry={open} />}
      {more !== 0 && (
        <p className={styles.note}>
          <Icon name="should" />
          <span>
            The plan has changed since:{' '}
            {more > 0
              ? `${formatCounted(more, 'file')} more than arrived.`
              : `${formatCounted(-more, 'file')} fewer than arrived.`}
          </span>
          <Button small onClick={() => void upload(id)}>
            Bring the archive up to date
          </Button>
        </p>
      )}
      <div className={styles.columns}>
        <div className={styles.main}>
          <Section title={`What ${archive} will be given`}>
            <SubmitFactList facts={facts} today={todayAtArchive()} />
          </Section>
          <TransferFiles id={id} snapshot={snapshot} onAgain={() => void upload(id)} />
        </div>
        <div className={styles.side}>
          {blocker?.mend === 'account' && <AccountSection id={id} summary={summary} account={account} />}
          <StepList steps={snapshot.steps} />
        </div>
      </div>
      <SubmitDialog
        open={confirming}
        onOpenChange={setConfirming}
        archive={archive}
        practice={summary.archive === 'practice'}
        facts={facts}
        files={snapshot.filesDone}
        bytes={snapshot.bytesTotal}
        onConfirm={() => void submit(id)}
      />
    </>
  );
}
