/**
 * Joins bursts: the first request runs at once, those that come within `milliseconds` after it run
 * together, once, at the end of that time. Returns the asking function; `cancel` drops what still waits.
 */
export function coalesce(
  run: () => void,
  milliseconds: number,
  clock: { set: (f: () => void, ms: number) => unknown; clear: (timer: unknown) => void } = {
    set: (f, ms) => setTimeout(f, ms),
    clear: (timer) => clearTimeout(timer as number),
  },
): { ask: () => void; cancel: () => void } {
  let timer: unknown = null;
  let again = false;
  const start = () => {
    again = false;
    timer = clock.set(() => {
      timer = null;
      if (again) {
        start();
        run();
      }
    }, milliseconds);
  };
  return {
    ask() {
      if (timer !== null) {
        again = true;
        return;
      }
      start();
      run();
    },
    cancel() {
      if (timer !== null) clock.clear(timer);
      timer = null;
      again = false;
    },
  };
}
