import type { Confirmer } from './confirmer.ts';
import type { Flight, Flights } from './flights.ts';
import type { Journal, JournalFile } from './journal.ts';
import type { SendResult, Session } from './method.ts';
import type { Slot } from './queue.ts';
import { type Alarm, type TransferPolicy, waitBeforeRetry } from './retry.ts';
import { describeTrouble, Trouble } from './trouble.ts';

/** What the deliveries of one transfer share. */
export interface Delivery {
  readonly session: Session;
  readonly method: string;
  readonly confirmer: Confirmer;
  readonly journal: Journal;
  readonly flights: Flights;
  readonly policy: TransferPolicy;
  readonly signal: AbortSignal;
  readonly alarm: Alarm;
  /** From 0 to 1, for the jitter of waits. */
  readonly random: () => number;
  /** Tells apart one file's trouble from everybody's. */
  readonly fortune: Fortune;
}

/** How the files of a transfer fare, taken together. */
export class Fortune {
  #arrivals = 0;
  #sameInARow = 0;
  #lastCode = '';
  readonly #losses = new Map<number, number>();

  /** Grows with every file that the archive took. */
  get arrivals(): number {
    return this.#arrivals;
  }

  arrived(): void {
    this.#arrivals += 1;
    this.#sameInARow = 0;
  }

  /** Files in a row that failed for the same reason, this one included. */
  failed(code: string): number {
    this.#sameInARow = code === this.#lastCode ? this.#sameInARow + 1 : 1;
    this.#lastCode = code;
    return this.#sameInARow;
  }

  /** How often the archive lost this file, this time included. */
  lost(id: number): number {
    const times = (this.#losses.get(id) ?? 0) + 1;
    this.#losses.set(id, times);
    return times;
  }
}

/** Bytes a second at which an archive that fell silent is given time to finish saving before a file goes again. */
const PATIENCE_RATE = 20e6;
const LONGEST_PATIENCE_MS = 600_000;

/**
 * Sends one file that is marked as being sent, until the archive lists it with the right size, the file is given up
 * (then the journal says why and this returns), or the whole transfer must stop (then this throws). The slot is
 * given back as soon as only the listing is waited for.
 */
export async function deliver(file: JournalFile, slot: Slot, delivery: Delivery): Promise<void> {
  const { journal, flights, signal } = delivery;
  const flight = flights.open(file.remotePath, file.size, file.attempts);
  try {
    const taken = await sendUntilTaken(file, flight, delivery);
    if (taken === null) return;
    slot.release();
    flight.enter('verifying');
    await verify(journal.read(file.id), taken, delivery);
  } catch (error) {
    // Where it stands is asked of the archive next time; until then it counts as to be sent.
    const { state } = journal.read(file.id);
    if (state === 'sending') {
      journal.requeue(file.id, signal.aborted || !(error instanceof Trouble) ? null : describeTrouble(error));
    }
    throw error;
  } finally {
    flight.close();
  }
}

/** What is known of a file that the archive said it took: its hash, and what the archive said of the bytes. */
type Taken = Pick<SendResult, 'sha256' | 'proof'>;

/** Returns what the archive took, or null when the journal has the outcome already. */
async function sendUntilTaken(file: JournalFile, flight: Flight, delivery: Delivery): Promise<Taken | null> {
  const { journal, policy, signal, fortune } = delivery;
  const arrivalsBefore = fortune.arrivals;
  for (let attempt = 1; ; attempt++) {
    const sent: { sha256: string | null } = { sha256: null };
    try {
      flight.enter('sending');
      const taken = await sendOnce(file, flight, sent, delivery);
      journal.sent(file.id, taken.sha256);
      return taken;
    } catch (error) {
      if (signal.aborted || !(error instanceof Trouble) || error.kind === 'stop') throw error;
      if (error.kind === 'file') return giveUp(file, error, delivery);
      if (attempt >= policy.tries) {
        // Nobody got through since: it is not this file.
        if (fortune.arrivals === arrivalsBefore) throw everybodyStops(error);
        return giveUp(file, error, delivery);
      }
      const ms = error.waitMs ?? waitBeforeRetry(attempt, policy, delivery.random());
      if (await arrivedAfterAll(file, error, ms, flight, delivery)) {
        if (sent.sha256 === null) throw error;
        journal.sent(file.id, sent.sha256);
        return { sha256: sent.sha256 };
      }
      journal.requeue(file.id, error.message);
      flight.attempt = journal.begin(file.id, delivery.method).attempts;
    }
  }
}

async function sendOnce(
  file: JournalFile,
  flight: Flight,
  sent: { sha256: string | null },
  delivery: Delivery,
): Promise<Taken> {
  const { session, journal, confirmer, signal } = delivery;
  // An earlier version at the archive has another beginning.
  const begun = flight.attempt > 1 && !file.olderCopy;
  return await session.send(
    { ...file, begun, parts: journal.parts(file.id) },
    {
      signal,
      onBytes: (bytes) => flight.add(bytes),
      onHeld: (bytes) => flight.held(bytes),
      onSaving: (sha256) => {
        sent.sha256 = sha256;
        journal.hashed(file.id, sha256);
        flight.enter('server is saving');
      },
      ...(file.olderCopy
        ? {}
        : { hasArrived: async () => (await confirmer.sizeOf(file.remotePath)) === file.size }),
    },
  );
}

/**
 * Waits before the next attempt, and asks whether the last one arrived without a word. After the last byte went out
 * the archive may still be saving, so a large file is given time by its size before it is sent again.
 */
async function arrivedAfterAll(
  file: JournalFile,
  trouble: Trouble,
  waitMs: number,
  flight: Flight,
  delivery: Delivery,
): Promise<boolean> {
  const { confirmer, signal, policy } = delivery;
  const patience = trouble.unclear ? Math.min(LONGEST_PATIENCE_MS, (file.size / PATIENCE_RATE) * 1000) : 0;
  const until = performance.now() + patience;
  let wait = waitMs;
  for (;;) {
    flight.wait(wait, trouble.message);
    await delivery.alarm.wait(wait, signal);
    flight.enter('verifying');
    const size = await confirmer.sizeOf(file.remotePath);
    if (trouble.unclear && !file.olderCopy && size === file.size) return true;
    const left = until - performance.now();
    if (left <= 0) return false;
    wait = Math.min(left, Math.max(wait * 2, policy.firstWaitMs));
  }
}

/** The archive said that it took the file: whether it has it is seen in its listing. */
async function verify(file: JournalFile, { sha256, proof }: Taken, delivery: Delivery): Promise<void> {
  const { journal, fortune, policy } = delivery;
  const seen = await look(file, sha256, delivery);
  if ('proof' in seen) {
    fortune.arrived();
    return journal.confirmed(file.id, sha256, proof === undefined ? seen.proof : `${seen.proof}; ${proof}`);
  }
  const what = `The archive said that it took the file, but ${seen.wrong}.`;
  if (fortune.lost(file.id) < policy.losses) return journal.requeue(file.id, what);
  journal.failed(
    file.id,
    `${what} This happened ${policy.losses} times. Wait a while and send again; if it happens again, ask the archive.`,
  );
  stopWhenAllAlike(new Trouble('file', 'lost', what), delivery);
}

/** Where a file of this size was there before, its size proves nothing: then it is read back, where that can be. */
async function look(
  file: JournalFile,
  sha256: string,
  { confirmer, session, signal }: Delivery,
): Promise<{ proof: string } | { wrong: string }> {
  const size = await confirmer.sizeOf(file.remotePath);
  if (size === null) return { wrong: 'does not list it' };
  if (size !== file.size) return { wrong: `lists ${size} bytes instead of ${file.size}` };
  const listed = `listed with ${file.size} bytes after it was sent`;
  if (!file.olderCopy || file.remoteSize !== file.size) return { proof: listed };
  const readBack = await session.readBack?.(file.remotePath, signal).catch((error: unknown) => {
    // What cannot be read back is no reason to send it again; the receipt says what it rests on.
    if (error instanceof Trouble && error.kind !== 'stop') return undefined;
    throw error;
  });
  if (readBack === undefined) return { proof: `${listed}; an earlier version of this size was there before` };
  if (readBack !== sha256) return { wrong: 'still has an earlier version of the same size' };
  return { proof: `${listed}, and read back with the same SHA-256` };
}

function giveUp(file: JournalFile, trouble: Trouble, delivery: Delivery): null {
  delivery.journal.failed(file.id, describeTrouble(trouble));
  stopWhenAllAlike(trouble, delivery);
  return null;
}

/** Thousands of files that fail for one reason are one trouble, not thousands. */
function stopWhenAllAlike(trouble: Trouble, { fortune, policy }: Delivery): void {
  if (fortune.failed(trouble.code) < policy.sameFailures) return;
  throw new Trouble(
    'stop',
    trouble.code,
    `${policy.sameFailures} files in a row failed for the same reason.`,
    {
      cause: trouble.why === undefined ? trouble.message : `${trouble.message} ${trouble.why}`,
      ...(trouble.advice === undefined ? {} : { advice: trouble.advice }),
    },
  );
}

function everybodyStops(trouble: Trouble): Trouble {
  return new Trouble('stop', trouble.code, trouble.message, {
    ...(trouble.why === undefined ? {} : { cause: trouble.why }),
    advice: trouble.advice ?? 'Send again later: what the archive confirmed is not sent twice.',
  });
}
