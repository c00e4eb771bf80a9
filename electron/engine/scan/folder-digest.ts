const numbers = new Float64Array(2);
const words = new Uint32Array(numbers.buffer);

/**
 * A digest of the files of a folder, the same in whatever order they come: the sum of two 32-bit hashes of each file.
 * It tells whether something changed since the last scan; it is no defence against somebody who wants a collision.
 */
export class FolderDigest {
  #a = 0;
  #b = 0;
  #count = 0;

  /** `path` is the file's name, or where it lies in a folder that is one item. */
  add(path: string, size: number, modifiedMs: number, readable: boolean): void {
    let a = readable ? 0x811c9dc5 | 0 : 0x1b873593;
    let b = 0x9e3779b9 | 0;
    for (let at = 0; at < path.length; at++) {
      const code = path.charCodeAt(at);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ code, 0x85ebca6b);
      b ^= b >>> 13;
    }
    numbers[0] = size;
    numbers[1] = modifiedMs;
    for (let at = 0; at < 4; at++) {
      const word = words[at] ?? 0;
      a = Math.imul(a ^ word, 0x01000193);
      a ^= a >>> 15;
      b = Math.imul(b ^ word, 0xc2b2ae35);
      b ^= b >>> 13;
    }
    this.#a = (this.#a + a) | 0;
    this.#b = (this.#b + b) | 0;
    this.#count++;
  }

  toString(): string {
    return `${this.#count}.${(this.#a >>> 0).toString(36)}.${(this.#b >>> 0).toString(36)}`;
  }
}
