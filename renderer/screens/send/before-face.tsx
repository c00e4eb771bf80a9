import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import { useCommands } from '../../commands.ts';
import { Button } from '../../components/button.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Bytes } from '../../components/quantities.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { goToRoom } from '../../stores/navigation-store.ts';
import { AccountSection } from './account-section.tsx';
import { ArchiveChoice } from './archive-choice.tsx';
import type { FaceProps } from './face-props.ts';
import { FtpSection } from './ftp-section.tsx';
import { theArchive } from './method-title.ts';
import { NetworkSection } from './network-section.tsx';
import { NextStep } from './next-step.tsx';
import { PlanSection } from './plan-section.tsx';
import { PracticeFaults } from './practice-faults.tsx';
import { durationSentence } from './progress-words.ts';
import styles from './send-room.module.css';
import { upload, useAsked } from './transfer-acts.ts';
import { useReadiness } from './use-readiness.ts';

/** Before sending: what goes where and how, who is signed in, whether the archive answers, what is still in the way. */
export function BeforeFace({ id, summary, snapshot }: FaceProps) {
  const { plan, account, blocker } = useReadiness(id, summary);
  const asked = useAsked(id);
  const practice = summary.archive === 'practice';
  const files = plan.data?.files ?? 0;
  useCommands([
    {
      id: 'send.start',
      title: 'Send the files',
      group: 'Send',
      run: () => void (blocker === null && upload(id)),
    },
  ]);

  return (
    <>
      <NextStep
        id={id}
        title={files > 0 ? `Send ${formatCounted(files, 'file')}` : 'Send'}
        icon="send"
        blocker={blocker}
        busy={asked.what === 'upload' ? 'Starting' : null}
        onAct={() => void upload(id)}
      />
      <header className={styles.lead}>
        {plan.data && plan.data.files > 0 ? (
          <>
            <h2>
              {formatCounted(plan.data.files, 'file')}, <Bytes value={plan.data.bytes} />, for{' '}
              {theArchive(plan.data.archive)}
            </h2>
            <p className={styles.soft}>{durationSentence(plan.data.bytes, snapshot)}</p>
          </>
        ) : (
          <h2>Nothing to send yet</h2>
        )}
      </header>
      {asked.problem && <ProblemNotice problem={asked.problem} />}
      <div className={styles.columns}>
        <div className={styles.main}>
          <ArchiveChoice id={id} summary={summary} />
          {plan.problem && <ProblemNotice problem={plan.problem} onRetry={plan.reload} />}
          {plan.loading && <Skeleton rows={6} height={36} />}
          {plan.data?.files === 0 && (
            <EmptyState
              compact
              icon="files"
              title="No file is marked to be sent"
              action={
                <Button icon="files" onClick={() => goToRoom(id, 'files')}>
                  Go to Files
                </Button>
              }
            >
              Add folders there, or mark the files that belong to this submission.
            </EmptyState>
          )}
          {plan.data && plan.data.files > 0 && (
            <PlanSection id={id} plan={plan.data} destination={summary.destination} />
          )}
        </div>
        <div className={styles.side}>
          <AccountSection id={id} summary={summary} account={account} />
          {plan.data?.method === 'ftp' && account.data?.ftp && !practice && (
            <FtpSection id={id} ftp={account.data.ftp} signedIn={account.data.signedInAs !== null} />
          )}
          <NetworkSection key={`${summary.archive} ${plan.data?.method}`} id={id} />
          {practice && <PracticeFaults />}
        </div>
      </div>
    </>
  );
}
