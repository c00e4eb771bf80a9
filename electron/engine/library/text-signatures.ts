/** Entries of one signature, by id: the smaller, the less is looked through for nothing, and the more memory they take. */
export const BLOCK = 64;
/** Bits of one signature. */
const BITS = 4096;

/**
 * What may stand in one column of an index: for every 64 entries by id half a kilobyte in which each one, two and three
 * characters that follow each other in one of their texts have set a bit (a Bloom filter each). A text that is not
 * there is not there in every block; most others are looked for in few. Letters of ASCII count as the same in either
 * case, as in SQLite's LIKE. Texts may only come: what left goes on saying "perhaps".
 */
export class TextSignatures {
  /** For each of the {@link BITS} in turn, that bit of all blocks: a look at one bit is a look at a few kilobytes. */
  #words = new Uint32Array(0);
  /** Words of one bit for all blocks that there is room for. */
  #length = 0;
  #blocks = 0;
  #lastBlock = -1;
  #lastText = '';

  add(id: number, text: string): void {
    const block = Math.floor(id / BLOCK);
    this.#makeRoom(block);
    const word = block >>> 5;
    const mask = 1 << (block & 31);
    const words = this.#words;
    const length = this.#length;
    const set = (hash: number) => {
      const at = (hash >>> 20) * length + word;
      words[at] = (words[at] ?? 0) | mask;
    };
    set(hashOfWhole(text));
    set(text === '' ? EMPTY : FILLED);
    // What begins as the text before it was seen with that one.
    const known = block === this.#lastBlock ? sharedLength(this.#lastText, text) : 0;
    for (let at = Math.max(0, known - 2); at < text.length; at++) {
      const a = folded(text.charCodeAt(at));
      set(hash1(a));
      if (at + 1 >= text.length) break;
      const b = folded(text.charCodeAt(at + 1));
      set(hash2(a, b));
      if (at + 2 < text.length) set(hash3(a, b, folded(text.charCodeAt(at + 2))));
    }
    this.#lastBlock = block;
    this.#lastText = text;
  }

  /** By block: 1 when some text there may contain what is asked. */
  mayContain(text: string): Uint8Array {
    const hashes: number[] = [];
    const code = (at: number) => folded(text.charCodeAt(at));
    if (text.length === 1) hashes.push(hash1(code(0)));
    if (text.length === 2) hashes.push(hash2(code(0), code(1)));
    for (let at = 0; at + 2 < text.length; at++) hashes.push(hash3(code(at), code(at + 1), code(at + 2)));
    return this.#having(hashes);
  }

  /** By block: 1 when some text there may be just this one. */
  mayBe(text: string): Uint8Array {
    return this.#having([hashOfWhole(text)]);
  }

  /** By block: 1 when some text there may be empty, or may not be. */
  mayBeFilled(isFilled: boolean): Uint8Array {
    return this.#having([isFilled ? FILLED : EMPTY]);
  }

  #having(hashes: readonly number[]): Uint8Array {
    const all = new Uint32Array(this.#length).fill(0xffffffff);
    for (const hash of new Set(hashes)) {
      const from = (hash >>> 20) * this.#length;
      for (let at = 0; at < all.length; at++) all[at] = (all[at] ?? 0) & (this.#words[from + at] ?? 0);
    }
    const marks = new Uint8Array(this.#blocks);
    for (let block = 0; block < marks.length; block++)
      marks[block] = ((all[block >>> 5] ?? 0) >>> (block & 31)) & 1;
    return marks;
  }

  #makeRoom(block: number): void {
    if (block < this.#blocks) return;
    this.#blocks = block + 1;
    if (block >>> 5 < this.#length) return;
    const length = Math.ceil(((block >>> 5) + 1) * 1.25);
    const words = new Uint32Array(length * BITS);
    for (let bit = 0; bit < BITS; bit++) {
      words.set(this.#words.subarray(bit * this.#length, (bit + 1) * this.#length), bit * length);
    }
    this.#words = words;
    this.#length = length;
  }
}

// The upper twelve bits of these say which bit is meant.
const EMPTY = 0x5a1 << 20;
const FILLED = 0x3c7 << 20;
const hash1 = (a: number) => Math.imul(a + 1, 0x9e3779b1);
const hash2 = (a: number, b: number) => Math.imul(Math.imul(a + 1, 0x85ebca6b) ^ b, 0xc2b2ae35);
const hash3 = (a: number, b: number, c: number) => Math.imul(hash2(a, b) ^ c, 0x27d4eb2f);

function hashOfWhole(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return Math.imul(hash ^ (hash >>> 15), 0x9e3779b1);
}

function folded(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

function sharedLength(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}
