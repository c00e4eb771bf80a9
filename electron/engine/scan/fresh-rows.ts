import type { FileStats } from './walk-rules.ts';

/** Widths of the numbers in the text of a row; after them comes the path. */
const widths = { size: 16, time: 16, inode: 16, nameAt: 6 } as const;
const places = {
  time: widths.size,
  inode: widths.size + widths.time,
  nameAt: widths.size + widths.time + widths.inode,
  path: widths.size + widths.time + widths.inode + widths.nameAt,
} as const;
/** Milliseconds of our time, as doubles, are whole multiples of this: so they pass through text without rounding. */
const PARTS = 4096;
/** Digits written at a time: more are no whole numbers of 32 bits, with which counting is quick. */
const CHUNK = 1e8;

/** SQL that cuts `value`, a text of {@link FreshRowWriter}. */
export const freshRowSql = {
  path: `substr(value, ${places.path + 1})`,
  name: `substr(value, ${places.path} + CAST(substr(value, ${places.nameAt + 1}, ${widths.nameAt}) AS INTEGER))`,
  size: `CAST(substr(value, 1, ${widths.size}) AS INTEGER)`,
  modifiedMs: `CAST(substr(value, ${places.time + 1}, ${widths.time}) AS INTEGER) / ${PARTS}.0`,
  inode: `CAST(CAST(substr(value, ${places.inode + 1}, ${widths.inode}) AS INTEGER) AS TEXT)`,
} as const;

const utf8 = new TextEncoder();
const QUOTE = 0x22;
const COMMA = 0x2c;

/**
 * Writes files as a JSON array of texts, numbers in columns and then the path, straight into bytes: SQLite cuts such
 * texts faster than it binds eight values a row, and no string is made for them on the way.
 */
export class FreshRowWriter {
  #bytes = new Uint8Array(new ArrayBuffer(64 * 1024));
  #length = 1;
  #folder = '';
  #folderBytes = new Uint8Array();
  #nameAt = 1;
  count = 0;
  bytes = 0;

  constructor() {
    this.#bytes[0] = 0x5b;
  }

  /** Adds a file; `folder` ends in `/` or is ''. False when a number does not fit: nothing is written then. */
  add(folder: string, name: string, { size, mtimeMs, ino }: Omit<FileStats, 'mode'>): boolean {
    const time = mtimeMs * PARTS;
    if (!fits(size) || !fits(time) || !fits(ino)) return false;
    if (folder !== this.#folder || this.count === 0) {
      this.#folder = folder;
      this.#folderBytes = utf8.encode(JSON.stringify(folder).slice(1, -1));
      // SQLite counts code points, from 1.
      this.#nameAt = [...folder].length + 1;
    }
    this.#room(places.path + this.#folderBytes.length + 6 * name.length + 8);
    const bytes = this.#bytes;
    let at = this.#length;
    if (this.count > 0) bytes[at++] = COMMA;
    bytes[at++] = QUOTE;
    this.#number(at, widths.size, size);
    this.#number(at + places.time, widths.time, time);
    this.#number(at + places.inode, widths.inode, ino);
    this.#number(at + places.nameAt, widths.nameAt, this.#nameAt);
    at += places.path;
    bytes.set(this.#folderBytes, at);
    at += this.#folderBytes.length;
    at = this.#text(at, name);
    bytes[at++] = QUOTE;
    this.#length = at;
    this.count++;
    this.bytes += size;
    return true;
  }

  /** The array, whole, and a new one begun in the same place. */
  finish(): Uint8Array<ArrayBuffer> {
    this.#room(1);
    this.#bytes[this.#length++] = 0x5d;
    const whole = this.#bytes.slice(0, this.#length);
    this.#length = 1;
    this.count = 0;
    this.bytes = 0;
    return whole;
  }

  #room(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(new ArrayBuffer(Math.max(this.#bytes.length * 2, this.#length + more)));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }

  /** A whole number, with zeros in front. */
  #number(at: number, width: number, value: number): void {
    const high = Math.floor(value / CHUNK);
    let rest = value - high * CHUNK;
    let place = at + width - 1;
    for (let digit = 0; digit < 8 && place >= at; digit++, place--) {
      const tenth = (rest / 10) | 0;
      this.#bytes[place] = 0x30 + (rest - tenth * 10);
      rest = tenth;
    }
    if (place >= at) this.#number(at, place - at + 1, high);
  }

  /** A name as JSON has it; returns where it ends. */
  #text(at: number, name: string): number {
    const bytes = this.#bytes;
    for (let index = 0; index < name.length; index++) {
      const code = name.charCodeAt(index);
      if (code < 0x20 || code > 0x7e || code === QUOTE || code === 0x5c) {
        return at + utf8.encodeInto(JSON.stringify(name).slice(1, -1), bytes.subarray(at)).written;
      }
      bytes[at + index] = code;
    }
    return at + name.length;
  }
}

function fits(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
