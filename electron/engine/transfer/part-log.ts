/** Bytes of a part: what is sent again at most of a file, for each connection, after a kill. */
export const PART = 8 * 1024 * 1024;

/** The parts of one file that the archive has, kept so that they outlive the program. Parts count from 0. */
export interface PartLog {
  /** Those kept, in no order. */
  done(): ReadonlySet<number>;
  /** Keeps that the archive said it has the part. */
  add(part: number): void;
  /** Forgets all of them: the archive has nothing of this file any more. */
  clear(): void;
}

/** How many parts a file has; an empty one has none. */
export function partCount(size: number): number {
  return Math.ceil(size / PART);
}

/** Parts that are kept nowhere, for files that are sent at one go. */
export function forgetfulPartLog(): PartLog {
  const done = new Set<number>();
  return { done: () => done, add: (part) => void done.add(part), clear: () => done.clear() };
}
