/** One point of the chart a second, for a minute. */
const HISTORY = 60;
const SECOND = 1000;
/** Weight of the newest second: about ten seconds are remembered. */
const WEIGHT = 0.2;

/**
 * The speed of a transfer, smoothed. Bytes are added as the archive takes them; time comes from outside so that it
 * can be tested.
 */
export class Rate {
  #secondStarted: number;
  #bytesThisSecond = 0;
  #smoothed: number | null = null;
  readonly #history: number[] = [];

  constructor(nowMs: number) {
    this.#secondStarted = nowMs;
  }

  add(bytes: number, nowMs: number): void {
    this.#turn(nowMs);
    this.#bytesThisSecond += bytes;
  }

  /** Bytes a second; 0 until the first second has passed. */
  perSecond(nowMs: number): number {
    this.#turn(nowMs);
    return this.#smoothed ?? 0;
  }

  /** Bytes of each of the last sixty seconds, oldest first. */
  history(nowMs: number): number[] {
    this.#turn(nowMs);
    return [...this.#history];
  }

  /** Seconds until `bytes` more have gone at this speed; null while the speed is not known or nothing moves. */
  secondsFor(bytes: number, nowMs: number): number | null {
    const rate = this.perSecond(nowMs);
    if (bytes <= 0) return 0;
    return rate < 1 ? null : bytes / rate;
  }

  #turn(nowMs: number): void {
    // A computer that slept comes back hours later: those seconds are not worth a point each.
    let missed = Math.floor((nowMs - this.#secondStarted) / SECOND);
    if (missed <= 0) return;
    this.#secondStarted += missed * SECOND;
    const slept = missed >= HISTORY;
    missed = Math.min(missed, HISTORY);
    for (let second = 0; second < missed; second++) {
      const bytes = second === 0 ? this.#bytesThisSecond : 0;
      this.#history.push(bytes);
      this.#smoothed = this.#smoothed === null ? bytes : this.#smoothed * (1 - WEIGHT) + bytes * WEIGHT;
    }
    if (slept) this.#smoothed = 0;
    this.#bytesThisSecond = 0;
    this.#history.splice(0, Math.max(0, this.#history.length - HISTORY));
  }
}
