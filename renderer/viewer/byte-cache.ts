/**
 * Keeps what was used last within a number of bytes. `dropped` is told of everything that leaves, so that what
 * it holds can be freed. A single item above the bound is kept until the next one comes.
 */
export class ByteCache<V> {
  readonly #items = new Map<string, { readonly value: V; readonly bytes: number }>();
  readonly #limit: number;
  readonly #dropped: (value: V) => void;
  #bytes = 0;

  constructor(limit: number, dropped: (value: V) => void = () => {}) {
    this.#limit = limit;
    this.#dropped = dropped;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#items.size;
  }

  /** The value, which counts as used now. */
  get(key: string): V | undefined {
    const item = this.#items.get(key);
    if (!item) return undefined;
    this.#items.delete(key);
    this.#items.set(key, item);
    return item.value;
  }

  /** The value, without counting as use. */
  peek(key: string): V | undefined {
    return this.#items.get(key)?.value;
  }

  set(key: string, value: V, bytes: number): void {
    this.delete(key);
    this.#items.set(key, { value, bytes });
    this.#bytes += bytes;
    for (const [oldest] of this.#items) {
      if (this.#bytes <= this.#limit || oldest === key) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const item = this.#items.get(key);
    if (!item) return;
    this.#items.delete(key);
    this.#bytes -= item.bytes;
    this.#dropped(item.value);
  }

  clear(): void {
    for (const key of [...this.#items.keys()]) this.delete(key);
  }

  /** Keys and values, the longest unused first. */
  *entries(): Generator<[string, V]> {
    for (const [key, item] of this.#items) yield [key, item.value];
  }
}
