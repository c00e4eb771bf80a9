/** What decides whether a check starts by itself. */
export interface AutoCheckState {
  /** Null when never checked or changed since; undefined while unknown. */
  readonly checkedAt: string | null | undefined;
  /** What it was when last looked at in this visit; undefined on entering. */
  readonly before: string | null | undefined;
  readonly running: boolean;
  /** How long the last check of this visit took, in milliseconds; null when there was none. */
  readonly lastTook: number | null;
}

/** A check that takes longer than this is not repeated after each small change. */
const quick = 3000;

/**
 * A check starts by itself on entering the room when there is no valid one, and after a change made in
 * the room when checks are quick. One that was stopped is not started again.
 */
export function shouldCheckNow({ checkedAt, before, running, lastTook }: AutoCheckState): boolean {
  if (running || checkedAt !== null) return false;
  if (before === undefined) return true;
  return before !== null && lastTook !== null && lastTook <= quick;
}
