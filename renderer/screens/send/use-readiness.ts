import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { SubmissionSummary } from '../../../shared/model/submission.ts';
import { type Answer, useAnswer } from '../../hooks/use-answer.ts';
import { useConnection } from '../../stores/connection-store.ts';
import { useCheckRun } from '../check/check-run-store.ts';
import { type SendBlocker, sendBlocker } from './send-blocker.ts';

export interface ReadinessNow {
  readonly plan: Answer<CallOutput<'send.plan'>>;
  readonly account: Answer<CallOutput<'account.get'>>;
  /** What stands in the way of sending or submitting now. */
  readonly blocker: SendBlocker | null;
}

/** The plan, the account, and whether anything is in the way; fresh whenever one of them changes. */
export function useReadiness(id: string, summary: SubmissionSummary): ReadinessNow {
  const plan = useAnswer('send.plan', { id }, ['entries', 'metadata', 'findings', 'send', 'summary']);
  const account = useAnswer('account.get', { id }, ['send', 'summary']);
  const checking = useCheckRun(id).running;
  const connected = useConnection((state) => state.state === 'open');
  const blocker = sendBlocker({
    plan: plan.data,
    checkedAt: summary.checkedAt,
    checking,
    signedIn: account.data?.signedInAs != null,
    ftpKnown: plan.data?.method !== 'ftp' || account.data?.ftp?.known === true,
    connected,
  });
  return { plan, account, blocker };
}
