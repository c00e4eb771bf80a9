import { useState } from 'react';
import type { Plan } from '../../../shared/model/plan.ts';
import type { ProblemData } from '../../../shared/model/problem.ts';
import type { TransferSnapshot } from '../../../shared/model/transfer.ts';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import { useCommands } from '../../commands.ts';
import { Button } from '../../components/button.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { AccountSection } from './account-section.tsx';
import { ArchiveChoice } from './archive-choice.tsx';
import type { FaceProps } from './face-props.ts';
import { FtpSection } from './ftp-section.tsx';
import { theArchive } from './method-title.ts';
import { NetworkSection } from './network-section.tsx';
import { NextStep } from './next-step.tsx';
import { PlanSection } from './plan-section.tsx';
import type { GoOn } from './send-face.ts';
import styles from './send-room.module.css';
import { StepList } from './step-list.tsx';
import { SubmitDialog } from './submit-dialog.tsx';
import { submit, upload, useAsked } from './transfer-acts.ts';
import { TransferBar } from './transfer-bar.tsx';
import { TransferFiles } from './transfer-files.tsx';
import { useReadiness } from './use-readiness.ts';
import { useSubmitFacts } from './use-submit-facts.ts';

/** It stopped: what happened, why, what to do now, and the button that goes on. */
export function FailedFace({ id, summary, snapshot, goOn }: FaceProps & { readonly goOn: GoOn }) {
  const { plan, account, blocker } = useReadiness(id, summary);
  const facts = useSubmitFacts(id, summary);
  const asked = useAsked(id);
  const [confirming, setConfirming] = useState(false);
  const busy = asked.what !== null;
  const act = goOn === 'submit' ? () => setConfirming(true) : () => void upload(id);
  const archive = account.data ? theArchive(account.data.archiveTitle) : 'the archive';
  useCommands(
    goOn === 'existing'
      ? []
      : [
          {
            id: 'send.again',
            title: goOnTitle[goOn],
            group: 'Send',
            run: () => blocker === null && act(),
          },
        ],
  );
  return (
    <>
      {goOn !== 'existing' && (
        <NextStep
          id={id}
          title={goOnTitle[goOn]}
          icon={goOn === 'submit' ? 'refresh' : 'send'}
          blocker={blocker}
          busy={busy ? 'Starting' : null}
          onAct={act}
        />
      )}
      <header className={styles.lead}>
        <h2>{goOn === 'submit' ? 'Submitting stopped' : 'Sending stopped'}</h2>
        <p className={styles.soft}>
          What the archive confirmed stays confirmed; nothing that was typed or sent is lost.
        </p>
      </header>
      <ProblemNotice problem={asked.problem ?? failureOf(snapshot)}>
        {goOn === 'existing' && (
          <>
            <Button small disabled={busy || blocker !== null} onClick={() => void upload(id, 'keep')}>
              Keep the files at the archive
            </Button>
            <Button
              small
              variant="danger"
              disabled={busy || blocker !== null}
              onClick={() => void upload(id, 'replace')}
            >
              Replace them with mine
            </Button>
          </>
        )}
      </ProblemNotice>
      {snapshot.filesTotal > 0 && <TransferBar snapshot={snapshot} still />}
      <div className={styles.columns}>
        <div className={styles.main}>
          <TransferFiles
            id={id}
            snapshot={snapshot}
            onAgain={busy || blocker !== null ? null : () => void upload(id)}
          />
          {goOn !== 'submit' && (
            <ChangeWay id={id} summary={summary} plan={plan.data} open={blocker?.mend === 'method'} />
          )}
        </div>
        <div className={styles.side}>
          {(goOn === 'sign-in' || blocker?.mend === 'account') && (
            <AccountSection id={id} summary={summary} account={account} again={goOn === 'sign-in'} />
          )}
          {account.data?.ftp &&
            (blocker?.mend === 'ftp' || ftpTroubles.has(snapshot.problem?.code ?? '')) && (
              <FtpSection id={id} ftp={account.data.ftp} signedIn={account.data.signedInAs !== null} again />
            )}
          {goOn === 'upload' && <NetworkSection id={id} />}
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

/** What another password, or leave to go without encryption, mends. */
const ftpTroubles: ReadonlySet<string> = new Set(['ftp-access', 'ftp-sign-in', 'no-encryption']);

/** Another archive or method, for when this one is what does not work. */
function ChangeWay({
  id,
  summary,
  plan,
  open,
}: Pick<FaceProps, 'id' | 'summary'> & { readonly plan: Plan | null; readonly open: boolean }) {
  return (
    <details className={styles.way} open={open}>
      <summary>Archive and method</summary>
      <div className={styles.main}>
        <ArchiveChoice id={id} summary={summary} />
        {plan && <PlanSection id={id} plan={plan} destination={summary.destination} />}
      </div>
    </details>
  );
}

const goOnTitle: Readonly<Record<Exclude<GoOn, 'existing'>, string>> = {
  'sign-in': 'Go on sending',
  upload: 'Go on sending',
  submit: 'Submit again',
};

/** The problem that stopped it, or where none is told, the failed files or the failed step. */
function failureOf(snapshot: TransferSnapshot): ProblemData {
  if (snapshot.problem) return snapshot.problem;
  if (snapshot.filesFailed > 0) {
    return {
      code: 'files-failed',
      message: `${formatCounted(snapshot.filesFailed, 'file')} could not be sent.`,
      advice: 'The list below says why. Mend what it names, then go on: only these are sent again.',
    };
  }
  const step = snapshot.steps.find((one) => one.state === 'failed');
  return {
    code: 'step-failed',
    message: step ? `It stopped at the step “${step.title}”.` : 'It stopped before the end.',
    ...(step?.detail ? { cause: step.detail } : {}),
    advice: 'Go on to try again from there.',
  };
}
