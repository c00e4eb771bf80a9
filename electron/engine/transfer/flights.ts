import type { TransferSnapshot } from '../../../shared/model/transfer.ts';
import type { Rate } from './rate.ts';

export type FlightStage = TransferSnapshot['inFlight'][number]['stage'];

/** Shown at most; the rest is counted in words. */
const SHOWN = 50;

/** What is on its way just now, in memory only: the journal has the lasting truth. */
export class Flights {
  readonly #flights = new Set<Flight>();
  readonly #rate: Rate;
  readonly #nowMs: () => number;
  readonly #changed: () => void;

  constructor(rate: Rate, nowMs: () => number, changed: () => void) {
    this.#rate = rate;
    this.#nowMs = nowMs;
    this.#changed = changed;
  }

  open(remotePath: string, size: number, attempt: number): Flight {
    const flight = new Flight(remotePath, size, attempt, this.#nowMs(), {
      added: (bytes) => {
        this.#rate.add(bytes, this.#nowMs());
        this.#changed();
      },
      changed: this.#changed,
      closed: (closed) => {
        this.#flights.delete(closed);
        this.#changed();
      },
      nowMs: this.#nowMs,
    });
    this.#flights.add(flight);
    this.#changed();
    return flight;
  }

  get all(): ReadonlySet<Flight> {
    return this.#flights;
  }

  /** Bytes of files that are on their way, each at most its size. */
  get bytes(): number {
    let bytes = 0;
    for (const flight of this.#flights) bytes += flight.bytes;
    return bytes;
  }

  rows(): TransferSnapshot['inFlight'] {
    return [...this.#flights]
      .slice(0, SHOWN)
      .map(({ remotePath, bytes, size, stage, attempt }) => ({ remotePath, bytes, size, stage, attempt }));
  }
}

interface FlightHooks {
  readonly added: (bytes: number) => void;
  readonly changed: () => void;
  readonly closed: (flight: Flight) => void;
  readonly nowMs: () => number;
}

/** One file on its way. */
export class Flight {
  readonly remotePath: string;
  readonly size: number;
  attempt: number;
  stage: FlightStage = 'sending';
  /** Until when it waits, and why; meaningful in the stage `waiting`. */
  waitsUntilMs = 0;
  waitsFor = '';
  /** When anything moved last. */
  movedMs: number;
  #bytes = 0;
  readonly #hooks: FlightHooks;

  constructor(remotePath: string, size: number, attempt: number, nowMs: number, hooks: FlightHooks) {
    this.remotePath = remotePath;
    this.size = size;
    this.attempt = attempt;
    this.movedMs = nowMs;
    this.#hooks = hooks;
  }

  get bytes(): number {
    return Math.min(this.#bytes, this.size);
  }

  /** Bytes that the archive has from before: they count for the file and not for the rate. */
  held(bytes: number): void {
    this.#bytes = bytes;
    this.movedMs = this.#hooks.nowMs();
    this.#hooks.changed();
  }

  add(bytes: number): void {
    this.#bytes += bytes;
    this.movedMs = this.#hooks.nowMs();
    this.#hooks.added(bytes);
  }

  /** Begins a stage; `sending` begins the file anew. */
  enter(stage: FlightStage): void {
    if (stage === 'sending') this.#bytes = 0;
    this.stage = stage;
    this.movedMs = this.#hooks.nowMs();
    this.#hooks.changed();
  }

  wait(ms: number, reason: string): void {
    this.waitsUntilMs = this.#hooks.nowMs() + ms;
    this.waitsFor = reason;
    this.enter('waiting');
  }

  close(): void {
    this.#hooks.closed(this);
  }
}
