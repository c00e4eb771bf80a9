import { Problem } from '../../../shared/model/problem.ts';
import { metadataOf } from '../library/metadata-document.ts';
import { patiently } from '../transfer/patience.ts';
import { Trouble } from '../transfer/trouble.ts';
import type { HandedIn } from './deposit.ts';
import { listPaths } from './file-lists.ts';
import type { Run } from './run.ts';

/** How often the archive is asked whether it has a submission, before one is handed in a second time. */
const LOOKS = 4;

/** The key of the draft at the archive; null while there is none. */
export function draftKey(run: Run): string | null {
  const { key } = run.steps.data('draft');
  return typeof key === 'string' ? key : null;
}

/** True when the draft was, or may have been, handed in by an attempt whose end is not known. */
export function mayBeHandedIn(run: Run): boolean {
  return run.steps.data('submit').begun === true;
}

/** Whether an attempt whose end is not known had handed the submission in. */
export async function isAtArchive(run: Run): Promise<boolean> {
  const key = draftKey(run);
  if (key === null || !mayBeHandedIn(run)) return false;
  const { state } = await ask(run, key);
  return state === 'processing' || state === 'processed';
}

/**
 * Puts the description into a draft at the archive. The key is kept before anything else is done with it; when an
 * attempt ended before that, the draft is found again by the submission's own folder in it.
 */
export async function writeDraft(run: Run): Promise<string> {
  const { file, steps, deposit, session, patience, signal } = run;
  const document = deposit.document(metadataOf(file), listPaths(file));
  const known = draftKey(run);
  steps.running('draft');
  run.view.say('Writing the description into a draft at the archive');
  if (known !== null) {
    const kept = await patiently(patience, () => session.updateDraft(known, document, signal)).then(
      () => true,
      (error: unknown) => {
        // Somebody discarded the draft in the web tool, or the document is refused: then a new one is, too.
        if (error instanceof Trouble && error.kind === 'file') return false;
        throw error;
      },
    );
    if (kept) {
      steps.done('draft', `Draft ${known}`, { key: known });
      return known;
    }
  }
  const mayExist = steps.data('draft').creating === true || known !== null;
  const key = await findOrCreate(run, document, mayExist).catch((error: unknown) => {
    throw error instanceof Trouble && error.kind === 'file' ? refused(error.message) : error;
  });
  steps.done('draft', `Draft ${key}`, { key });
  return key;
}

/** Creating is no request to repeat blindly: each adds a draft. */
async function findOrCreate(run: Run, document: unknown, mayExist: boolean): Promise<string> {
  const { steps, session, patience, signal, remoteFolder } = run;
  let look = mayExist;
  steps.running('draft', '', { creating: true });
  return patiently(patience, async () => {
    const found = look ? await session.findDraft(`${remoteFolder}/`, signal) : null;
    if (found !== null) {
      steps.running('draft', '', { key: found });
      await session.updateDraft(found, document, signal);
      return found;
    }
    look = true;
    const key = await session.createDraft(document, signal);
    steps.running('draft', '', { key });
    return key;
  });
}

/**
 * Hands the draft in, once. After an error that leaves open whether the archive took it, and after a kill, the
 * archive is asked where it stands before anything is repeated.
 */
export async function handIn(run: Run, key: string): Promise<void> {
  const { steps, session, patience, policy, signal, view } = run;
  for (let attempt = 1; ; attempt++) {
    if (mayBeHandedIn(run)) {
      view.say('Asking the archive whether it has the submission');
      if (await isHandedIn(run, key)) return steps.done('submit', 'The archive has it', { begun: true });
    }
    steps.running('submit', '', { begun: true });
    view.say('Handing the submission in');
    try {
      await session.submit(key, signal);
      return steps.done('submit', 'The archive took it', { begun: true });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Trouble)) throw error;
      if (error.kind === 'file' || error.kind === 'stop') {
        // An answer of the archive itself: it did not take it.
        steps.running('submit', '', { begun: false });
        throw error.kind === 'file' ? refused(error.message) : error;
      }
      if (attempt >= policy.tries) throw error;
      const ms = error.waitMs ?? policy.pollMs;
      view.waiting({ ms, trouble: error });
      await patience.alarm.wait(ms, signal);
      view.waiting(null);
    }
  }
}

/** Waits until the archive has processed the submission; returns the accession. */
export async function awaitAccession(run: Run, key: string): Promise<string> {
  const { steps, policy, signal, view, patience } = run;
  steps.running('processing');
  let wait = policy.pollMs;
  for (let unknown = 0; ; ) {
    view.say('The archive is processing the submission');
    const answer = await ask(run, key);
    if (answer.state === 'processed') {
      steps.done('processing', `Accession ${answer.accession}`);
      return answer.accession;
    }
    if (answer.state === 'refused') {
      steps.waiting(['submit'], { begun: false });
      throw refused(answer.errors.join('\n'));
    }
    unknown = answer.state === 'nothing' ? unknown + 1 : 0;
    if (unknown > policy.tries) {
      steps.waiting(['submit'], { begun: false });
      throw new Problem('submission-lost', 'The archive took the submission but does not list it.', {
        advice: 'Look at your submissions on the web page of the archive before you hand it in again.',
      });
    }
    await patience.alarm.wait(wait, signal);
    wait = Math.min(wait * 1.5, policy.pollMs * 10);
  }
}

async function isHandedIn(run: Run, key: string): Promise<boolean> {
  for (let look = 1; ; look++) {
    const { state } = await ask(run, key);
    // Refused before is as good as never handed in: the draft may be handed in again.
    if (state !== 'nothing') return state !== 'refused';
    if (look >= LOOKS) return false;
    await run.patience.alarm.wait(run.policy.pollMs, run.signal);
  }
}

function ask(run: Run, key: string): Promise<HandedIn> {
  return patiently(run.patience, () => run.session.handedIn(key, run.signal));
}

function refused(words: string): Problem {
  return new Problem('submission-refused', 'The archive did not accept the submission.', {
    cause: words === '' ? 'It gave no reason.' : words,
    advice: 'Put right what it names, check once more, then submit again. Your files stay at the archive.',
  });
}
