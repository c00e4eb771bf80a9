import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import { useCommands } from '../../commands.ts';
import { Button } from '../../components/button.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { RoomAction } from '../../shell/room-action.tsx';
import { useConnection } from '../../stores/connection-store.ts';
import { AccountSection } from './account-section.tsx';
import type { FaceProps } from './face-props.ts';
import { FtpSection } from './ftp-section.tsx';
import { NextStep } from './next-step.tsx';
import { RateChart } from './rate-chart.tsx';
import { Section } from './section.tsx';
import styles from './send-room.module.css';
import { StepList } from './step-list.tsx';
import { pause, upload, useAsked } from './transfer-acts.ts';
import { TransferBar } from './transfer-bar.tsx';
import { TransferFiles } from './transfer-files.tsx';
import { useReadiness } from './use-readiness.ts';

/** While bytes move, while they rest, and while the archive takes the submission in. */
export function DuringFace({
  id,
  summary,
  snapshot,
  activity,
}: FaceProps & { readonly activity: 'moving' | 'halted' | 'submitting' }) {
  const asked = useAsked(id);
  const connected = useConnection((state) => state.state === 'open');
  const halted = activity === 'halted';
  const { account, blocker } = useReadiness(id, summary);
  useCommands(
    activity === 'submitting'
      ? []
      : [
          halted
            ? {
                id: 'send.resume',
                title: 'Resume sending',
                group: 'Send',
                run: () => void (blocker === null && upload(id)),
              }
            : { id: 'send.pause', title: 'Pause sending', group: 'Send', run: () => void pause(id) },
        ],
  );
  return (
    <>
      {halted && (
        <NextStep
          id={id}
          title="Resume"
          icon="play"
          blocker={blocker}
          busy={asked.what === 'upload' ? 'Starting' : null}
          onAct={() => void upload(id)}
        />
      )}
      {activity === 'moving' && (
        <RoomAction>
          <Button icon="pause" disabled={!connected} onClick={() => void pause(id)}>
            Pause
          </Button>
        </RoomAction>
      )}
      <header className={styles.lead}>
        <h2>{connected ? titles[activity] : 'As last known'}</h2>
        <p className={styles.soft}>
          {connected ? words[activity] : 'The engine does not answer; these numbers are from before.'}
          {summary.archive === 'practice' && ' This is the practice archive; nothing leaves this computer.'}
        </p>
      </header>
      {halted && asked.problem && <ProblemNotice problem={asked.problem} />}
      <TransferBar snapshot={snapshot} still={!connected} />
      <div className={styles.columns}>
        <div className={styles.main}>
          <TransferFiles
            id={id}
            snapshot={snapshot}
            onAgain={halted && blocker === null ? () => void upload(id) : null}
          />
          {!halted && snapshot.filesFailed > 0 && (
            <p className={styles.soft}>
              {formatCounted(snapshot.filesFailed, 'file')} could not be sent. The others go on; try again
              when they are through.
            </p>
          )}
        </div>
        <div className={styles.side}>
          {activity === 'moving' && (
            <Section title="Rate">
              <RateChart rates={snapshot.rateHistory} />
            </Section>
          )}
          {halted && blocker?.mend === 'account' && (
            <AccountSection id={id} summary={summary} account={account} />
          )}
          {halted && blocker?.mend === 'ftp' && account.data?.ftp && (
            <FtpSection id={id} ftp={account.data.ftp} signedIn={account.data.signedInAs !== null} />
          )}
          <StepList steps={snapshot.steps} />
        </div>
      </div>
    </>
  );
}

const titles = {
  moving: 'Sending',
  halted: 'Sending rests',
  submitting: 'The archive takes the submission in',
} as const;

const words = {
  moving: 'You can leave this room; sending goes on as long as Slipway runs.',
  halted: 'What the archive confirmed stays confirmed; files that were half way may start anew.',
  submitting: 'Nothing is needed from you now. The accession comes at the end.',
} as const;
