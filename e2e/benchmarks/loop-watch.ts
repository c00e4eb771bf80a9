/** The longest time that an event loop did not hear anybody. */
export interface Held {
  /** By the clock: also while other programs had the processor. */
  readonly wallMs: number;
  /** Of that, what this thread itself worked: what it would be with a processor of its own. */
  readonly cpuMs: number;
}

const EVERY_MS = 2;

/**
 * Watches the event loop of this thread until it is stopped. A timer runs once in each turn of the loop: what passes
 * between two of its runs, less what it waits by itself, is how long one turn took.
 */
export function watchLoop(): { stop(): Held } {
  let wallMs = 0;
  let cpuMs = 0;
  let at = performance.now();
  let used = threadMs();
  const timer = setInterval(() => {
    const [now, usedNow] = [performance.now(), threadMs()];
    wallMs = Math.max(wallMs, now - at - EVERY_MS);
    cpuMs = Math.max(cpuMs, usedNow - used);
    [at, used] = [now, usedNow];
  }, EVERY_MS);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      return {
        wallMs: Math.max(wallMs, performance.now() - at - EVERY_MS),
        cpuMs: Math.max(cpuMs, threadMs() - used),
      };
    },
  };
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
