/** What the scheduler does with a key: bring it, or fail; `signal` fires when nobody wants it any more. */
export interface SchedulerWork<T> {
  load(key: string, signal: AbortSignal): Promise<T>;
  loaded(key: string, value: T): void;
  failed(key: string, reason: unknown): void;
}

/**
 * Loads keys in the order wanted, a few at a time. Each call of {@link want} replaces the whole list: what is no
 * longer on it is not started, and stopped when it is on its way. A key already on its way goes on.
 */
export class TileScheduler<T> {
  readonly #work: SchedulerWork<T>;
  readonly #concurrency: number;
  readonly #running = new Map<string, AbortController>();
  #waiting: string[] = [];

  constructor(work: SchedulerWork<T>, concurrency: number) {
    this.#work = work;
    this.#concurrency = concurrency;
  }

  /** Keys not yet loaded, running ones included. */
  get open(): number {
    return this.#waiting.length + this.#running.size;
  }

  want(keys: readonly string[]): void {
    const wanted = new Set(keys);
    for (const [key, controller] of [...this.#running]) {
      if (wanted.has(key)) continue;
      this.#running.delete(key);
      controller.abort();
    }
    this.#waiting = [...wanted].filter((key) => !this.#running.has(key));
    this.#start();
  }

  #start(): void {
    while (this.#running.size < this.#concurrency) {
      const key = this.#waiting.shift();
      if (key === undefined) return;
      const controller = new AbortController();
      this.#running.set(key, controller);
      const mine = () => this.#running.get(key) === controller;
      const end = (tell: () => void) => {
        if (!mine()) return;
        this.#running.delete(key);
        tell();
        this.#start();
      };
      this.#work.load(key, controller.signal).then(
        (value) => end(() => this.#work.loaded(key, value)),
        (reason: unknown) => end(() => this.#work.failed(key, reason)),
      );
    }
  }
}
