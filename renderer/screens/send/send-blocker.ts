import type { Plan } from '../../../shared/model/plan.ts';
import type { SubmissionSummary } from '../../../shared/model/submission.ts';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';

/** Why sending cannot start, in words, and where it is mended. */
export interface SendBlocker {
  readonly words: string;
  readonly mend: 'check' | 'files' | 'method' | 'account' | 'ftp' | null;
}

export interface Readiness {
  readonly plan: Plan | null;
  readonly checkedAt: SubmissionSummary['checkedAt'];
  /** A check runs now, started in this window. */
  readonly checking: boolean;
  readonly signedIn: boolean;
  /** The FTP password is known, or none is needed. */
  readonly ftpKnown: boolean;
  readonly connected: boolean;
}

/** The first thing that stands between a person and sending; null when nothing does. */
export function sendBlocker({
  plan,
  checkedAt,
  checking,
  signedIn,
  ftpKnown,
  connected,
}: Readiness): SendBlocker | null {
  if (!connected) return { words: 'The engine does not answer at the moment.', mend: null };
  if (plan === null) return { words: 'The plan is not made yet.', mend: null };
  if (plan.files === 0) return { words: 'No file is marked to be sent.', mend: 'files' };
  if (checking) return { words: 'The check is still running.', mend: 'check' };
  if (plan.must > 0)
    return { words: `${formatCounted(plan.must, 'finding')} must be fixed first.`, mend: 'check' };
  if (checkedAt === null) return { words: 'Not checked since the last change.', mend: 'check' };
  if (!plan.methodReady) return { words: 'This version cannot send by that method yet.', mend: 'method' };
  if (!signedIn) return { words: 'Nobody is signed in.', mend: 'account' };
  if (!ftpKnown) return { words: 'The FTP password is not known yet.', mend: 'ftp' };
  return null;
}
