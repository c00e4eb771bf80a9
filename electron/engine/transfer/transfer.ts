import type { SubmissionFile } from '../library/submission-file.ts';
import { Confirmer } from './confirmer.ts';
import { type Delivery, deliver, Fortune } from './deliver.ts';
import type { Journal } from './journal.ts';
import type { Method } from './method.ts';
import { listPatiently, type Patience } from './patience.ts';
import { runQueue } from './queue.ts';
import { type ExistingChoice, reconcile } from './reconcile.ts';
import type { Alarm, TransferPolicy } from './retry.ts';
import type { TransferView } from './transfer-view.ts';

export interface TransferWork {
  readonly file: SubmissionFile;
  readonly journal: Journal;
  readonly method: Method;
  readonly remoteFolder: string;
  readonly existing: ExistingChoice;
  readonly policy: TransferPolicy;
  readonly view: TransferView;
  readonly signal: AbortSignal;
  /** Rung when waiting has lost its reason. */
  readonly alarm: Alarm;
  readonly random: () => number;
}

/** Files that were sent and wait for their listing may be this many more than those being sent. */
const UNSETTLED = 200;

/**
 * Sends every file of the journal that the archive does not hold yet. Returns when each is confirmed or given up
 * with a reason in the journal. What it throws stopped everything; the journal is right then, too, and the same
 * call goes on from there, also after the program was killed.
 */
export async function transferFiles(work: TransferWork): Promise<void> {
  const { journal, method, policy, view } = work;
  const session = method.open();
  // One file's final trouble ends the others' connections as well.
  const stopping = new AbortController();
  const signal = AbortSignal.any([work.signal, stopping.signal]);
  const patience: Patience = {
    policy,
    signal,
    alarm: work.alarm,
    random: work.random,
    onWait: (wait) => view.waiting(wait),
  };
  const list = (folder: string) => listPatiently(patience, () => session.list(folder, signal));
  try {
    await reconcile({
      file: work.file,
      journal,
      remoteFolder: work.remoteFolder,
      list,
      existing: work.existing,
      signal,
      say: (now) => view.say(now),
    });
    view.say('Sending');
    const delivery: Delivery = {
      session,
      method: method.id,
      confirmer: new Confirmer(list, signal),
      journal,
      flights: view.flights,
      policy,
      signal,
      alarm: work.alarm,
      random: work.random,
      fortune: new Fortune(),
    };
    let first: { error: unknown } | null = null;
    await runQueue({
      parallel: policy.parallel ?? method.capabilities.parallel,
      unsettled: UNSETTLED,
      take: () => journal.takeNext(method.id),
      work: async (file, slot) => {
        try {
          await deliver(file, slot, delivery);
        } catch (error) {
          first ??= { error };
          stopping.abort();
          throw error;
        }
      },
      signal,
    }).catch((error: unknown) => {
      work.signal.throwIfAborted();
      throw first === null ? error : (first as { error: unknown }).error;
    });
  } finally {
    stopping.abort();
    await session.close();
  }
}
