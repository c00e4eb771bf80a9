import { ByteCache } from './byte-cache.ts';

interface Job<V> {
  readonly promise: Promise<V>;
  readonly controller: AbortController;
  waiting: number;
}

/**
 * A cache whose values are made on demand: several who ask for the same value at once share one making, and the
 * making is stopped when all of them have given up. Failures are not kept.
 */
export class SharedWork<V> {
  readonly #cache: ByteCache<V>;
  readonly #jobs = new Map<string, Job<V>>();
  readonly #size: (value: V) => number;

  constructor(limitBytes: number, size: (value: V) => number) {
    this.#cache = new ByteCache(limitBytes);
    this.#size = size;
  }

  async get(key: string, make: (signal: AbortSignal) => Promise<V>, signal?: AbortSignal): Promise<V> {
    signal?.throwIfAborted();
    const kept = this.#cache.get(key);
    if (kept !== undefined) return kept;
    const job = this.#jobs.get(key) ?? this.#start(key, make);
    job.waiting++;
    const leave = () => {
      job.waiting--;
      if (job.waiting > 0) return;
      // A new asker must not join a job that is being stopped.
      if (this.#jobs.get(key) === job) this.#jobs.delete(key);
      job.controller.abort();
    };
    if (!signal) return job.promise.finally(leave);
    return new Promise<V>((resolve, reject) => {
      const onAbort = () => reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      job.promise.then(resolve, reject);
      const done = () => signal.removeEventListener('abort', onAbort);
      job.promise.then(done, done);
    }).finally(leave);
  }

  /** Forgets every value whose key begins so. */
  forget(prefix: string): void {
    this.#cache.forget(prefix);
  }

  #start(key: string, make: (signal: AbortSignal) => Promise<V>): Job<V> {
    const controller = new AbortController();
    const promise = make(controller.signal).then((value) => {
      this.#cache.set(key, value, this.#size(value));
      return value;
    });
    const job: Job<V> = { promise, controller, waiting: 0 };
    this.#jobs.set(key, job);
    const end = () => {
      if (this.#jobs.get(key) === job) this.#jobs.delete(key);
    };
    promise.then(end, end);
    return job;
  }
}
