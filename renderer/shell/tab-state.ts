import type { SubmissionSummary } from '../../shared/model/submission.ts';
import type { Room } from '../routes.ts';

/** What stands beside the name of a room. Colour is never alone: every tone but `plain` comes with an icon. */
export interface TabState {
  readonly tone: 'plain' | 'must' | 'should' | 'done';
  readonly count: number | null;
  readonly word: string;
}

const state = (tone: TabState['tone'], count: number | null, word = ''): TabState => ({ tone, count, word });

/** The live state of a room; null where there is nothing to say yet. */
export function tabState(room: Room, summary: SubmissionSummary): TabState | null {
  const { findings } = summary;
  switch (room) {
    case 'files':
      return state('plain', summary.entries);
    case 'look':
      return summary.pairs > 0 ? state('plain', summary.pairs, summary.pairs === 1 ? 'pair' : 'pairs') : null;
    case 'describe':
      return summary.missing > 0 ? state('plain', summary.missing, 'missing') : state('done', null);
    case 'check':
      if (findings.must > 0) return state('must', findings.must, 'to fix');
      if (summary.checkedAt === null) return null;
      return findings.should > 0 ? state('should', findings.should) : state('done', null);
    case 'send':
      if (summary.state === 'sent') return state('done', null, 'sent');
      if (summary.state === 'uploaded') return state('plain', null, 'uploaded');
      return summary.state === 'sending' ? state('plain', null, 'sending') : null;
  }
}

/**
 * How far a submission is, as five steps for the five dots: files found, masks paired or looked at, described,
 * checked without anything that must be fixed, sent.
 */
export function progressSteps(
  summary: {
    readonly [K in 'entries' | 'pairs' | 'missing' | 'findings' | 'checkedAt' | 'state']?:
      | SubmissionSummary[K]
      | undefined;
  },
): readonly boolean[] {
  const sent = summary.state === 'sent';
  return [
    (summary.entries ?? 0) > 0,
    (summary.pairs ?? 0) > 0 || sent,
    summary.missing === 0,
    typeof summary.checkedAt === 'string' && summary.findings?.must === 0,
    sent,
  ].map((step) => step || sent);
}
