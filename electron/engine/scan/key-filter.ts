/** Bits of the filter: 4 MB, in which a million keys leave 97 of 100 questions about others unasked. */
const BITS = 2 ** 25;

/** Says of a text that it was never added, or that it may have been (Bloom, 1970, with one hash: FNV-1a of 32 bits). */
export class KeyFilter {
  readonly #bits = new Uint32Array(BITS / 32);

  add(text: string): void {
    const at = placeOf(text);
    this.#bits[at >>> 5] = (this.#bits[at >>> 5] ?? 0) | (1 << (at & 31));
  }

  has(text: string): boolean {
    const at = placeOf(text);
    return ((this.#bits[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0;
  }
}

function placeOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  // The low bits alone mix badly.
  return ((hash >>> 0) ^ (hash >>> 15)) & (BITS - 1);
}
