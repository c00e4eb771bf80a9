import type { SubmissionSummary } from '../../../shared/model/submission.ts';
import type { DepositStep, TransferSnapshot } from '../../../shared/model/transfer.ts';

/** What a person does to go on after a failure. `existing`: say what becomes of files the archive already has. */
export type GoOn = 'sign-in' | 'upload' | 'submit' | 'existing';

/**
 * Which face the Send room shows. `halted` is paused, or ended in the middle by a restart of the engine;
 * `arrived` waits for the explicit irreversible step; `deposited` has its accession.
 */
export type SendFace =
  | { readonly name: 'before' }
  | { readonly name: 'during'; readonly activity: 'moving' | 'halted' | 'submitting' }
  | { readonly name: 'arrived' }
  | { readonly name: 'deposited' }
  | { readonly name: 'failed'; readonly goOn: GoOn };

type Told = Pick<
  TransferSnapshot,
  'phase' | 'filesTotal' | 'filesDone' | 'filesFailed' | 'steps' | 'problem'
>;

/**
 * The face that tells the truth about a transfer. The snapshot decides; `state`, which outlives the engine
 * in the submission file, decides where the snapshot is idle. Files that failed are never shown as arrived.
 */
export function sendFace(snapshot: Told, state: SubmissionSummary['state']): SendFace {
  switch (snapshot.phase) {
    case 'running':
      return { name: 'during', activity: 'moving' };
    case 'paused':
      return { name: 'during', activity: 'halted' };
    case 'submitting':
      return { name: 'during', activity: 'submitting' };
    case 'uploaded':
      return snapshot.filesFailed > 0 ? { name: 'failed', goOn: 'upload' } : { name: 'arrived' };
    case 'deposited':
      return { name: 'deposited' };
    case 'failed':
      return { name: 'failed', goOn: goOn(snapshot) };
    case 'idle':
      return idleFace(snapshot, state);
  }
}

function idleFace(snapshot: Told, state: SubmissionSummary['state']): SendFace {
  if (state === 'sent') return { name: 'deposited' };
  if (state === 'uploaded') return { name: 'arrived' };
  const begun = state === 'sending' && snapshot.filesDone + snapshot.filesFailed > 0;
  return begun ? { name: 'during', activity: 'halted' } : { name: 'before' };
}

const signInCodes = new Set(['sign-in-again', 'not-signed-in', 'signed-out', 'wrong-password']);

/** The step that failed says how to go on; so does the code of a problem about the account. */
function goOn(snapshot: Told): GoOn {
  if (snapshot.problem?.code === 'already-there') return 'existing';
  const failed = snapshot.steps.find((step) => step.state === 'failed')?.id;
  if (failed === 'sign-in' || signInCodes.has(snapshot.problem?.code ?? '')) return 'sign-in';
  const submitting: readonly (DepositStep['id'] | undefined)[] = ['draft', 'submit', 'processing'];
  return submitting.includes(failed) ? 'submit' : 'upload';
}
