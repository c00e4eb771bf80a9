import { useState } from 'react';
import type { ProblemData } from '../../../shared/model/problem.ts';
import type { TransferSnapshot } from '../../../shared/model/transfer.ts';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import { useCommands } from '../../commands.ts';
import { Button } from '../../components/button.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useAnswer } from '../../hooks/use-answer.ts';
import { RoomAction } from '../../shell/room-action.tsx';
import { useConnection } from '../../stores/connection-store.ts';
import { AccountSection } from './account-section.tsx';
import { ArchiveChoice } from './archive-choice.tsx';
import type { FaceProps } from './face-props.ts';
import { theArchive } from './method-title.ts';
import { NetworkSection } from './network-section.tsx';
import { PlanSection } from './plan-section.tsx';
import type { GoOn } from './send-face.ts';
import styles from './send-room.module.css';
import { StepList } from './step-list.tsx';
import { SubmitDialog } from './submit-dialog.tsx';
import { submit, upload, useAsked } from './transfer-acts.ts';
import { TransferBar } from './transfer-bar.tsx';
import { TransferFiles } from './transfer-files.tsx';
import { useSubmitFacts } from './use-submit-facts.ts';

/** It stopped: what happened, why, what to do now, and the button that goes on. */
export function FailedFace({ id, summary, snapshot, goOn }: FaceProps & { readonly goOn: GoOn }) {
  const account = useAnswer('account.get', { id }, ['send', 'summary']);
  const facts = useSubmitFacts(id, summary);
  const asked = useAsked(id);
  const connected = useConnection((state) => state.state === 'open');
  const [confirming, setConfirming] = useState(false);
  const busy = asked.what !== null;
  const signedOut = goOn === 'sign-in' && account.data?.signedInAs == null;
  const act = goOn === 'submit' ? () => setConfirming(true) : () => void upload(id);
  const archive = account.data ? theArchive(account.data.archiveTitle) : 'the archive';
  useCommands(
    goOn === 'existing' ? [] : [{ id: 'send.again', title: goOnTitle[goOn], group: 'Send', run: act }],
  );
  return (
    <>
      {goOn !== 'existing' && (
        <RoomAction>
          <section aria-label="Next step" className={styles.action}>
            {signedOut && <p className={styles.blocker}>Sign in again first.</p>}
            <Button
              variant="primary"
              icon={goOn === 'submit' ? 'refresh' : 'send'}
              disabled={!connected || busy || signedOut}
              onClick={act}
            >
              {goOnTitle[goOn]}
            </Button>
          </section>
        </RoomAction>
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
            <Button small disabled={busy || !connected} onClick={() => void upload(id, 'keep')}>
              Keep the files at the archive
            </Button>
            <Button
              small
              variant="danger"
              disabled={busy || !connected}
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
          <TransferFiles id={id} snapshot={snapshot} onAgain={busy ? null : () => void upload(id)} />
          {goOn !== 'submit' && <ChangeWay id={id} summary={summary} />}
        </div>
        <div className={styles.side}>
          {goOn === 'sign-in' && <AccountSection id={id} summary={summary} account={account} />}
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

/** Another archive or method, for when this one is what does not work. */
function ChangeWay({ id, summary }: Pick<FaceProps, 'id' | 'summary'>) {
  const plan = useAnswer('send.plan', { id }, ['entries', 'metadata', 'send', 'summary']);
  return (
    <details className={styles.way}>
      <summary>Archive and method</summary>
      <div className={styles.main}>
        <ArchiveChoice id={id} summary={summary} />
        {plan.data && <PlanSection id={id} plan={plan.data} destination={summary.destination} />}
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
