import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Skeleton } from '../../components/states.tsx';
import type { RoomProps } from '../../room-props.ts';
import { useSubmission } from '../../stores/submission-store.ts';
import { ArrivedFace } from './arrived-face.tsx';
import { BeforeFace } from './before-face.tsx';
import { DepositedFace } from './deposited-face.tsx';
import { DuringFace } from './during-face.tsx';
import { FailedFace } from './failed-face.tsx';
import { sendFace } from './send-face.ts';
import styles from './send-room.module.css';
import { useTransfer } from './use-transfer.ts';

/** From the plan to the accession. The newest snapshot of the transfer decides which face is shown. */
export function SendRoom({ submissionId: id }: RoomProps) {
  const summary = useSubmission((state) => state.summary);
  const { snapshot, problem, reload } = useTransfer(id);
  if (!summary || !snapshot) {
    return (
      <div className={styles.room}>
        {problem ? <ProblemNotice problem={problem} onRetry={reload} /> : <Skeleton rows={8} height={40} />}
      </div>
    );
  }
  const face = sendFace(snapshot, summary.state);
  const shared = { id, summary, snapshot };
  return (
    <div className={styles.room}>
      {problem && <ProblemNotice problem={problem} onRetry={reload} />}
      {face.name === 'before' && <BeforeFace {...shared} />}
      {face.name === 'during' && <DuringFace {...shared} activity={face.activity} />}
      {face.name === 'arrived' && <ArrivedFace {...shared} />}
      {face.name === 'deposited' && <DepositedFace {...shared} />}
      {face.name === 'failed' && <FailedFace {...shared} goOn={face.goOn} />}
    </div>
  );
}
