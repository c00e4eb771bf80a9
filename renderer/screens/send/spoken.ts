/**
 * Lets through what screen readers should hear of something that changes all the time: at once when `kind`
 * changes, else at most once in `every` milliseconds, and never the same words twice.
 */
export function createSpeaker(every: number): (kind: string, words: string, nowMs: number) => string {
  let spoken = { kind: '', words: '', at: Number.NEGATIVE_INFINITY };
  return (kind, words, nowMs) => {
    if (kind !== spoken.kind || (nowMs - spoken.at >= every && words !== spoken.words)) {
      spoken = { kind, words, at: nowMs };
    }
    return spoken.words;
  };
}
