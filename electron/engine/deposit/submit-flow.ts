import { Problem } from '../../../shared/model/problem.ts';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import { refuseChangedSinceSent } from '../transfer/changed-since-sent.ts';
import { awaitAccession, draftKey, handIn, mayBeHandedIn, writeDraft } from './hand-in.ts';
import type { Run } from './run.ts';
import { sendLists, validateLists } from './send-lists.ts';
import { greet, readWhatToSend } from './upload-flow.ts';

/**
 * Hands the submission in and waits for its accession. What changed since the upload is sent with it (lists,
 * description) or asked for (files). An attempt whose end is not known is first asked after, never repeated blindly.
 * @throws Problem `not-uploaded`, `submission-refused`
 */
export async function submitAll(run: Run): Promise<string> {
  const { steps } = run;
  await greet(run);
  const begun = draftKey(run);
  if (begun !== null && mayBeHandedIn(run)) {
    await handIn(run, begun);
    return awaitAccession(run, begun);
  }
  await requireUploaded(run);
  const sent = await sendLists(run);
  if (sent || steps.stateOf('validate') !== 'done') await validateLists(run);
  const key = await writeDraft(run);
  await handIn(run, key);
  return awaitAccession(run, key);
}

async function requireUploaded(run: Run): Promise<void> {
  await readWhatToSend(run);
  const { all } = run.journal.totals;
  const missing = all.files - run.journal.totals.of('confirmed').files;
  if (missing === 0) return refuseChangedSinceSent(run.file, run.signal);
  run.steps.waiting(['files', 'file-lists', 'validate']);
  throw new Problem(
    'not-uploaded',
    `The archive does not have ${formatCounted(missing, 'file')} of ${formatCounted(all.files, 'file')} yet.`,
    {
      cause: 'Files were added or changed since the last upload, or it did not end.',
      advice: 'Send the files first, then submit.',
    },
  );
}
