import type { ScanProgress } from '../../../shared/contract/walk-calls.ts';

const EVERY_MS = 100;
/** Over which time the rate is taken. */
const RATE_MS = 2000;

/** Tells how far a scan is, at most ten times a second, with files a second over the last two. */
export class ScanReporter {
  readonly #tell: ((progress: ScanProgress) => void) | undefined;
  readonly #total: number | null;
  readonly #nowMs: () => number;
  readonly #marks: { at: number; done: number }[] = [];
  #last = Number.NEGATIVE_INFINITY;

  /** @param total how many files there were the last time; null when that is not known */
  constructor(
    tell: ((progress: ScanProgress) => void) | undefined,
    total: number | null,
    nowMs: () => number = Date.now,
  ) {
    this.#tell = tell;
    this.#total = total;
    this.#nowMs = nowMs;
  }

  tell(done: number, bytes: number, now: string, atOnce = false): void {
    const at = this.#nowMs();
    if (!atOnce && at - this.#last < EVERY_MS) return;
    this.#last = at;
    const marks = this.#marks;
    marks.push({ at, done });
    while (marks.length > 2 && at - (marks[1]?.at ?? at) >= RATE_MS) marks.shift();
    const first = marks[0] ?? { at, done };
    const perSecond = at > first.at ? Math.max(0, ((done - first.done) * 1000) / (at - first.at)) : 0;
    // More than last time: how much there is in all is not known any more.
    const total = this.#total !== null && done <= this.#total ? this.#total : null;
    this.#tell?.({ done, total, now, bytes, perSecond });
  }
}
