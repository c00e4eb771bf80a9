import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BLOCK = 256 * 1024;
/** Blocks kept in memory: sheets ask for texts about in the order in which these were written. */
const MOST_BLOCKS = 64;
/** More texts than cells that a spreadsheet of a million rows has in twenty columns. */
const MOST_TEXTS = 20_000_000;
/** Disk that they may take. */
const MOST_BYTES = 4e9;

/**
 * Texts by number, in a temporary file: the shared strings of a workbook may be a million paths, which would not fit
 * into memory. Some megabytes of memory for a million texts.
 */
export class StringSpool {
  readonly #folder = mkdtempSync(join(tmpdir(), 'slipway-texts-'));
  readonly #file = openSync(join(this.#folder, 'texts'), 'w+');
  readonly #blocks = new Map<number, Buffer>();
  #ends = new Float64Array(1024);
  #count = 0;
  #written = 0;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;

  add(text: string): void {
    if (this.#count >= MOST_TEXTS || this.#written > MOST_BYTES)
      throw new Error('It holds more texts than any spreadsheet.');
    const bytes = Buffer.from(text, 'utf8');
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#count >= this.#ends.length) {
      const room = new Float64Array(this.#ends.length * 2);
      room.set(this.#ends);
      this.#ends = room;
    }
    this.#ends[this.#count++] = this.#written + this.#waitingBytes;
    if (this.#waitingBytes >= BLOCK) this.#flush();
  }

  /** The text of a number; undefined when there is none. */
  get(number: number): string | undefined {
    if (!Number.isInteger(number) || number < 0 || number >= this.#count) return undefined;
    this.#flush();
    const from = number === 0 ? 0 : (this.#ends[number - 1] ?? 0);
    const to = this.#ends[number] ?? 0;
    const first = Math.floor(from / BLOCK);
    if (to <= (first + 1) * BLOCK) {
      return this.#block(first).toString('utf8', from - first * BLOCK, to - first * BLOCK);
    }
    const whole = Buffer.alloc(to - from);
    readSync(this.#file, whole, 0, whole.length, from);
    return whole.toString('utf8');
  }

  close(): void {
    closeSync(this.#file);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #flush(): void {
    if (this.#waitingBytes === 0) return;
    const all = Buffer.concat(this.#waiting, this.#waitingBytes);
    for (let at = 0; at < all.length; )
      at += writeSync(this.#file, all, at, all.length - at, this.#written + at);
    this.#written += all.length;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#blocks.clear();
  }

  #block(number: number): Buffer {
    const known = this.#blocks.get(number);
    if (known) return known;
    const block = Buffer.alloc(Math.min(BLOCK, this.#written - number * BLOCK));
    readSync(this.#file, block, 0, block.length, number * BLOCK);
    const [oldest] = this.#blocks.keys();
    if (this.#blocks.size >= MOST_BLOCKS && oldest !== undefined) this.#blocks.delete(oldest);
    this.#blocks.set(number, block);
    return block;
  }
}
