import type { ProblemData } from '../../../shared/model/problem.ts';
import type { DepositStep, TransferSnapshot } from '../../../shared/model/transfer.ts';
import { formatCounted, formatDuration } from '../../../shared/rules/format-quantities.ts';
import { Flights } from './flights.ts';
import type { Totals } from './journal-totals.ts';
import { flightWords } from './now-words.ts';
import { Rate } from './rate.ts';
import type { Trouble } from './trouble.ts';

type Phase = TransferSnapshot['phase'];

interface ViewSources {
  readonly totals: () => Totals;
  readonly steps: () => DepositStep[];
  readonly accession: () => string | null;
}

/** Even when nothing happens a snapshot goes out this often, so that "waiting 8 s" counts down. */
const HEARTBEAT_MS = 1000;

/**
 * The one truth about a running transfer: put together from the journal's totals, the flights and the steps each
 * time it is looked at, and told to listeners a few times a second while anything moves.
 */
export class TransferView {
  readonly flights: Flights;
  phase: Phase = 'running';
  problem: ProblemData | null = null;
  readonly #sources: ViewSources;
  readonly #listeners = new Set<(snapshot: TransferSnapshot) => void>();
  readonly #everyMs: number;
  readonly #rate: Rate;
  readonly #heart: NodeJS.Timeout;
  #said = 'Beginning';
  #wait: { untilMs: number; reason: string } | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(sources: ViewSources, everyMs: number) {
    this.#sources = sources;
    this.#everyMs = everyMs;
    this.#rate = new Rate(nowMs());
    this.flights = new Flights(this.#rate, nowMs, () => this.changed());
    this.#heart = setInterval(() => this.#tell(), HEARTBEAT_MS);
    this.#heart.unref();
  }

  /** Returns the function that ends listening. The first snapshot comes at once. */
  listen(listener: (snapshot: TransferSnapshot) => void): () => void {
    this.#listeners.add(listener);
    listener(this.snapshot());
    return () => this.#listeners.delete(listener);
  }

  /** Says what is happening now, where it is not the sending of files. */
  say(now: string): void {
    this.#said = now;
    this.changed();
  }

  /** Says that something is waited for; null: no longer. */
  waiting(wait: { ms: number; trouble: Trouble } | null): void {
    this.#wait = wait === null ? null : { untilMs: nowMs() + wait.ms, reason: wait.trouble.message };
    this.changed();
  }

  /** Lets listeners know soon. */
  changed(): void {
    this.#timer ??= setTimeout(() => this.#tell(), this.#everyMs);
  }

  /** Sets the outcome and tells it at once; nothing is told afterwards. */
  end(phase: Phase, problem: ProblemData | null, now: string): TransferSnapshot {
    this.phase = phase;
    this.problem = problem;
    this.#said = now;
    this.#wait = null;
    this.#tell();
    clearInterval(this.#heart);
    this.#listeners.clear();
    return this.snapshot();
  }

  snapshot(): TransferSnapshot {
    const time = nowMs();
    const totals = this.#sources.totals();
    const running = this.phase === 'running' || this.phase === 'submitting';
    const confirmed = totals.of('confirmed');
    const total = totals.all;
    const bytesDone = Math.min(total.bytes, confirmed.bytes + (running ? this.flights.bytes : 0));
    return {
      phase: this.phase,
      now: this.#words(time),
      filesTotal: total.files,
      filesDone: confirmed.files,
      filesFailed: totals.of('failed').files,
      bytesTotal: total.bytes,
      bytesDone,
      rate: running ? this.#rate.perSecond(time) : 0,
      secondsLeft: running
        ? this.#rate.secondsFor(total.bytes - totals.of('failed').bytes - bytesDone, time)
        : null,
      rateHistory: this.#rate.history(time),
      inFlight: running ? this.flights.rows() : [],
      steps: this.#sources.steps(),
      accession: this.#sources.accession(),
      problem: this.problem,
    };
  }

  #words(time: number): string {
    if (this.phase !== 'running' && this.phase !== 'submitting') return this.#said;
    if (this.#wait) {
      const left = Math.max(1, Math.ceil((this.#wait.untilMs - time) / 1000));
      return `Waiting ${formatDuration(left)} to try again: ${this.#wait.reason}`;
    }
    const flying = flightWords(this.flights.all, time);
    return flying === '' ? this.#said : flying;
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#listeners.size === 0) return;
    const snapshot = this.snapshot();
    for (const listener of this.#listeners) listener(snapshot);
  }
}

/** What to say of a transfer that is not running, from the journal's totals. */
export function restingWords(totals: Totals): string {
  const { files } = totals.all;
  const done = totals.of('confirmed').files;
  if (files === 0) return 'Nothing was sent yet';
  if (done === files) return `The archive has all ${formatCounted(files, 'file')}`;
  return `The archive has ${done} of ${formatCounted(files, 'file')}; send again to go on`;
}

/** A clock that never goes back. */
function nowMs(): number {
  return performance.now();
}
