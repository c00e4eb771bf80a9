/** The largest of any number of things that come one by one; memory for as many as are kept. */
export class Largest {
  readonly #most: number;
  /** Largest first. */
  readonly #kept: { readonly id: number; readonly size: number }[] = [];
  #least = Number.NEGATIVE_INFINITY;

  /** @param most how many are kept */
  constructor(most: number) {
    this.#most = most;
    if (most === 0) this.#least = Number.POSITIVE_INFINITY;
  }

  /** Takes a thing in if it is among the largest so far; of equal ones the first stays. */
  offer(id: number, size: number): void {
    if (size <= this.#least) return;
    let at = this.#kept.length;
    while (at > 0 && (this.#kept[at - 1]?.size ?? 0) < size) at--;
    this.#kept.splice(at, 0, { id, size });
    if (this.#kept.length > this.#most) this.#kept.pop();
    if (this.#kept.length === this.#most) this.#least = this.#kept.at(-1)?.size ?? this.#least;
  }

  /** Largest first. */
  ids(): number[] {
    return this.#kept.map(({ id }) => id);
  }
}
