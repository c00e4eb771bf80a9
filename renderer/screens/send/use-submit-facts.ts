import { profileOf } from '../../../shared/destinations/index.ts';
import type { SubmissionSummary } from '../../../shared/model/submission.ts';
import { useAnswer } from '../../hooks/use-answer.ts';
import { type SubmitFacts, submitFacts } from './submit-facts.ts';

/** Title, release date and contacts as described now; null until they are read. */
export function useSubmitFacts(id: string, summary: SubmissionSummary): SubmitFacts | null {
  const { data } = useAnswer('describe.get', { id }, ['metadata']);
  return data ? submitFacts(profileOf(summary.destination), data.metadata) : null;
}
