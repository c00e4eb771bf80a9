/** Hands out room for bytes in memory, no more than a set number at a time; who asks first gets first. */
export class ByteBudget {
  #left: number;
  readonly #most: number;
  readonly #waiting: { readonly bytes: number; readonly go: () => void }[] = [];

  constructor(bytes: number) {
    this.#left = bytes;
    this.#most = bytes;
  }

  /** Waits for room; a wish for more than there is at all gets all. Returns what gives the room back, once. */
  async take(bytes: number, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const wanted = Math.min(bytes, this.#most);
    if (this.#waiting.length > 0 || this.#left < wanted) {
      await new Promise<void>((resolve, reject) => {
        const waiting = { bytes: wanted, go: resolve as () => void };
        const end = () => {
          this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
          reject(signal.reason);
          this.#next();
        };
        waiting.go = () => {
          signal.removeEventListener('abort', end);
          resolve();
        };
        signal.addEventListener('abort', end, { once: true });
        this.#waiting.push(waiting);
      });
    } else this.#left -= wanted;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.#left += wanted;
      this.#next();
    };
  }

  #next(): void {
    for (let first = this.#waiting[0]; first && first.bytes <= this.#left; first = this.#waiting[0]) {
      this.#waiting.shift();
      this.#left -= first.bytes;
      first.go();
    }
  }
}
