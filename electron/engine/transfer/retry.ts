import { setTimeout as sleep } from 'node:timers/promises';

/** How patient a transfer is. Times are milliseconds. Everything may be set, so that tests need not wait. */
export interface TransferPolicy {
  /** Files at once; null: as many as the method is good for. */
  readonly parallel: number | null;
  /** Attempts at one request or file before it is given up. */
  readonly tries: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** Times a file may be sent again because the archive lost it or lists a wrong size. */
  readonly losses: number;
  /** A connection on which the archive takes no byte for this long is broken off. */
  readonly stallMs: number;
  /** After the last byte the archive has this long, and more by size up to `longestSavingMs`, to answer. */
  readonly savingMs: number;
  readonly longestSavingMs: number;
  /** While the archive saves and says nothing, its listing is asked after this long, then ever less often. */
  readonly askWhileSavingMs: number;
  /** A request without file must be answered in this time. */
  readonly answerMs: number;
  /** Between two snapshots. */
  readonly snapshotMs: number;
  /** First wait between two questions whether a submission is processed; grows to ten times that. */
  readonly pollMs: number;
  /** This many files in a row that fail for the same reason stop the transfer. */
  readonly sameFailures: number;
}

export const patientPolicy: TransferPolicy = {
  parallel: null,
  tries: 10,
  firstWaitMs: 1000,
  longestWaitMs: 60_000,
  losses: 3,
  stallMs: 120_000,
  savingMs: 120_000,
  longestSavingMs: 3_600_000,
  askWhileSavingMs: 30_000,
  answerMs: 120_000,
  snapshotMs: 200,
  pollMs: 2000,
  sameFailures: 20,
};

/**
 * What changes against the practice archive: it is on this computer and answers within a moment, so that silence there
 * is a fault on order, and nobody learns anything from waiting two minutes for it.
 */
export const rehearsalPolicy: Partial<TransferPolicy> = {
  stallMs: 10_000,
  savingMs: 10_000,
  askWhileSavingMs: 3000,
  pollMs: 500,
};

/** Bytes a second that an archive is expected to save at least, to scale how long it is waited for. */
const SLOWEST_SAVING = 2e6;

/** How long the archive may save a file of `size` bytes before the connection is given up, in milliseconds. */
export function savingTime(size: number, policy: TransferPolicy): number {
  return Math.min(
    Math.max(policy.longestSavingMs, policy.savingMs),
    policy.savingMs + (size / SLOWEST_SAVING) * 1000,
  );
}

/**
 * The wait before attempt `attempt` + 1: doubling from `firstWaitMs` up to `longestWaitMs`, off by up to a fifth
 * so that files that failed together do not come back together.
 * @param attempt attempts made so far, from 1
 * @param random from 0 to 1
 */
export function waitBeforeRetry(attempt: number, policy: TransferPolicy, random: number): number {
  const doubled = policy.firstWaitMs * 2 ** Math.min(attempt - 1, 30);
  return Math.min(doubled, policy.longestWaitMs) * (0.8 + 0.4 * random);
}

/** Ends waits early: a computer that slept need not wait on for what has changed meanwhile. */
export class Alarm {
  readonly #sleepers = new Set<() => void>();

  /** Ends every wait that goes on just now. */
  ring(): void {
    for (const wake of this.#sleepers) wake();
  }

  /** Waits until the time is over or the alarm rings; throws an AbortError when the signal fires. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (ms <= 0) return;
    const rung = new AbortController();
    const wake = () => rung.abort();
    this.#sleepers.add(wake);
    try {
      await sleep(ms, undefined, { signal: AbortSignal.any([signal, rung.signal]) });
    } catch {
      signal.throwIfAborted();
    } finally {
      this.#sleepers.delete(wake);
    }
  }
}
