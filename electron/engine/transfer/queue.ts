/** A place to work in: given back once, and no more than a set number are out at the same time. */
export interface Slot {
  release(): void;
}

interface QueueWork<T> {
  /** How many slots there are. */
  readonly parallel: number;
  /** Work that gave its slot back but is not over may not pile up beyond this. */
  readonly unsettled: number;
  /** The next piece, or null when there is none just now; more may come when a running one settles. */
  readonly take: () => T | null;
  /** Does one piece. It may give its slot back early, when only waiting is left. A throw stops the queue. */
  readonly work: (piece: T, slot: Slot) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Works through pieces until there are none and none is running. The first throw, or the signal, stops it from
 * taking more; it settles only when everything begun has come to rest, so that nothing writes afterwards.
 */
export async function runQueue<T>(queue: QueueWork<T>): Promise<void> {
  let slots = 0;
  let running = 0;
  let failure: { error: unknown } | null = null;
  let wake: () => void = () => {};
  const onAbort = () => wake();
  queue.signal.addEventListener('abort', onAbort);

  const start = (piece: T) => {
    slots += 1;
    running += 1;
    let held = true;
    const slot: Slot = {
      release() {
        if (!held) return;
        held = false;
        slots -= 1;
        wake();
      },
    };
    const done = (error?: { error: unknown }) => {
      failure ??= error ?? null;
      running -= 1;
      slot.release();
      wake();
    };
    queue.work(piece, slot).then(
      () => done(),
      (error: unknown) => done({ error }),
    );
  };

  const takeOrFail = () => {
    try {
      return queue.take();
    } catch (error) {
      failure ??= { error };
      return null;
    }
  };

  try {
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const stopped = failure !== null || queue.signal.aborted;
      while (!stopped && slots < queue.parallel && running < queue.parallel + queue.unsettled) {
        const piece = takeOrFail();
        if (piece === null) break;
        start(piece);
      }
      if (running === 0) break;
      await changed;
    }
  } finally {
    queue.signal.removeEventListener('abort', onAbort);
  }
  const first = failure as { error: unknown } | null;
  if (first !== null) throw first.error;
  queue.signal.throwIfAborted();
}
