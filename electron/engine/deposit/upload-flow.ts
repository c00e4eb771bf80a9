import { Problem } from '../../../shared/model/problem.ts';
import { formatBytes, formatCounted } from '../../../shared/rules/format-quantities.ts';
import { refuseChangedSinceSent } from '../transfer/changed-since-sent.ts';
import { filesToSend } from '../transfer/files-to-send.ts';
import { leftOverWords, syncJournal } from '../transfer/journal-sync.ts';
import { patiently } from '../transfer/patience.ts';
import { makePlan } from '../transfer/plan.ts';
import type { ExistingChoice } from '../transfer/reconcile.ts';
import { transferFiles } from '../transfer/transfer.ts';
import { isAtArchive } from './hand-in.ts';
import { refuseHeld, sendWithSecondLook } from './held-back.ts';
import type { Run } from './run.ts';
import { sendLists, validateLists } from './send-lists.ts';

/** Makes sure that the account is known. */
export async function greet(run: Run): Promise<void> {
  const { steps, session, patience, view, signal } = run;
  steps.running('sign-in');
  view.say('Signing in');
  steps.done('sign-in', await patiently(patience, () => session.welcome(signal)));
}

/**
 * Brings the journal in step with what is to be sent; returns what is to be said of it.
 * @param onTrouble told of what cannot be read whole; left out, it is thrown
 */
export async function readWhatToSend(run: Run, onTrouble?: (problem: Problem) => void): Promise<string> {
  const { file, journal, view, remoteFolder, signal } = run;
  view.say('Reading what is to be sent');
  const result = await syncJournal(
    file,
    remoteFolder,
    filesToSend(file, signal, onTrouble),
    signal,
    (files) => view.say(`Reading what is to be sent: ${formatCounted(files, 'file')} so far`),
  );
  journal.recount();
  if (result.files === 0) {
    refuseHeld(file);
    throw new Problem('nothing-to-send', 'There is no file to send.', {
      cause: 'No file of this submission is there and marked to be sent.',
      advice: 'Add a folder in Files, or mark files there to be sent.',
    });
  }
  return leftOverWords(result);
}

/**
 * Everything up to the point at which nothing is left but to hand the submission in: sign in, send the files, send
 * their lists, have the lists checked. Each part that is done already is only looked at.
 * @throws Problem `files-failed` when files could not be sent; all others are at the archive then
 */
export async function uploadAll(run: Run, existing: ExistingChoice, random: () => number): Promise<void> {
  const { file, steps, journal, view, signal } = run;
  steps.waiting(['sign-in']);
  await greet(run);
  // The archive may move files out of the upload space while it processes: then nothing there is missing.
  if (await isAtArchive(run)) return;
  steps.waiting(['files', 'file-lists', 'validate']);
  const { method: chosen } = makePlan(file, run.deposit.methods);
  const method = await patiently(run.patience, () => run.session.method(chosen, signal));
  steps.running('files');
  const unreadable: Problem[] = [];
  let left = '';
  await sendWithSecondLook(run, async () => {
    unreadable.length = 0;
    left = await readWhatToSend(run, (problem) => void unreadable.push(problem));
    await transferFiles({
      file,
      journal,
      method,
      remoteFolder: run.remoteFolder,
      existing,
      policy: run.policy,
      view,
      signal,
      alarm: run.patience.alarm,
      random,
    });
  });
  refuseFailed(run);
  if (unreadable[0]) throw unreadable[0];
  refuseHeld(file);
  view.say('Looking whether any file changed since it was sent');
  await refuseChangedSinceSent(file, signal);
  const { files, bytes } = journal.totals.all;
  steps.done('files', `${formatCounted(files, 'file')}, ${formatBytes(bytes)}. ${left}`.trim());
  await sendLists(run);
  await validateLists(run);
}

function refuseFailed(run: Run): void {
  const failed = run.journal.totals.of('failed').files;
  if (failed === 0) return;
  const reasons = run.file.all<{ remote_path: string; problem: string | null }>(
    "SELECT remote_path, problem FROM transfer_file WHERE state = 'failed' AND wanted = 1 ORDER BY id LIMIT 3",
  );
  const shown = reasons.map(({ remote_path, problem }) => `${remote_path}: ${problem ?? ''}`.trim());
  if (failed > shown.length) shown.push(`And ${failed - shown.length} more.`);
  throw new Problem(
    'files-failed',
    `${formatCounted(failed, 'file')} of ${formatCounted(run.journal.totals.all.files, 'file')} could not be sent.`,
    {
      cause: shown.join('\n'),
      advice: 'Put right what stands there and send again: only these files are sent then.',
    },
  );
}
