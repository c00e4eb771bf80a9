import type { RemoteItem } from './method.ts';
import { type Alarm, type TransferPolicy, waitBeforeRetry } from './retry.ts';
import { Trouble } from './trouble.ts';

/** What waiting needs to know. */
export interface Patience {
  readonly policy: TransferPolicy;
  readonly signal: AbortSignal;
  readonly alarm: Alarm;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Told before each wait, and with null when it is over. */
  readonly onWait: (wait: { ms: number; trouble: Trouble } | null) => void;
}

/** Does something that may be repeated, again and again while its failures may pass. The last one is thrown. */
export async function patiently<T>(patience: Patience, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    patience.signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      await waitOrThrow(patience, attempt, error);
    }
  }
}

/** The same for a listing: when it breaks it is begun anew, so items may come twice. */
export async function* listPatiently(
  patience: Patience,
  list: () => AsyncIterable<RemoteItem>,
): AsyncIterable<RemoteItem> {
  for (let attempt = 1; ; attempt++) {
    patience.signal.throwIfAborted();
    try {
      yield* list();
      return;
    } catch (error) {
      await waitOrThrow(patience, attempt, error);
    }
  }
}

async function waitOrThrow(patience: Patience, attempt: number, error: unknown): Promise<void> {
  const { policy, signal, random, onWait } = patience;
  signal.throwIfAborted();
  const passing = error instanceof Trouble && (error.kind === 'retry' || error.kind === 'wait');
  if (!passing || attempt >= policy.tries) throw error;
  const ms = error.waitMs ?? waitBeforeRetry(attempt, policy, random());
  onWait({ ms, trouble: error });
  try {
    await patience.alarm.wait(ms, signal);
  } finally {
    onWait(null);
  }
}
