import type { SubmissionSummary } from '../../../shared/model/submission.ts';
import type { TransferSnapshot } from '../../../shared/model/transfer.ts';

/** What every face of the Send room is given. */
export interface FaceProps {
  readonly id: string;
  readonly summary: SubmissionSummary;
  readonly snapshot: TransferSnapshot;
}
