import type { SubmissionFile } from '../library/submission-file.ts';
import type { Journal } from '../transfer/journal.ts';
import type { Patience } from '../transfer/patience.ts';
import type { TransferPolicy } from '../transfer/retry.ts';
import type { TransferView } from '../transfer/transfer-view.ts';
import type { Deposit, DepositAccount, DepositSession } from './deposit.ts';
import type { Steps } from './steps.ts';

/** Everything one running upload or submission works with. */
export interface Run {
  readonly file: SubmissionFile;
  readonly account: DepositAccount;
  readonly deposit: Deposit;
  readonly session: DepositSession;
  readonly journal: Journal;
  readonly steps: Steps;
  readonly view: TransferView;
  readonly remoteFolder: string;
  readonly policy: TransferPolicy;
  readonly patience: Patience;
  readonly signal: AbortSignal;
}
