import { deflateSync, zstdCompressSync } from 'node:zlib';
import { encodeLzw } from './encode-lzw.ts';

/** A TIFF to be made for a test, every storage choice open. `values` are interleaved samples, row by row. */
export interface TiffRecipe {
  readonly width: number;
  readonly height: number;
  readonly samples?: number;
  readonly bits: number;
  readonly format?: 1 | 2 | 3;
  readonly values: readonly number[];
  readonly littleEndian?: boolean;
  readonly bigTiff?: boolean;
  readonly compression?: 'none' | 'lzw' | 'old-lzw' | 'deflate' | 'packbits' | 'zstd';
  readonly predictor?: 1 | 2 | 3;
  readonly planar?: boolean;
  readonly tile?: { readonly width: number; readonly height: number };
  readonly rowsPerStrip?: number;
  readonly reversedBits?: boolean;
  readonly photometric?: number;
  readonly fields?: readonly TiffField[];
}

export interface TiffField {
  readonly tag: number;
  readonly type: 'short' | 'long' | 'text' | 'rational';
  readonly values: readonly number[] | string;
}

const codes = { none: 1, lzw: 5, 'old-lzw': 5, deflate: 8, packbits: 32_773, zstd: 50_000 } as const;

/** Writes a TIFF of one or more pages with straightforward code that shares nothing with the reader. */
export function makeTiff(pages: readonly TiffRecipe[]): Uint8Array {
  const first = pages[0];
  const little = first?.littleEndian ?? true;
  const big = first?.bigTiff ?? false;
  const out = new Bytes(little);
  out.text(little ? 'II' : 'MM');
  out.number(big ? 43 : 42, 2);
  if (big) {
    out.number(8, 2);
    out.number(0, 2);
  }
  let pointer = out.length;
  out.number(0, big ? 8 : 4);
  for (const page of pages) {
    const blocks = encodeBlocks(page, little);
    const offsets = blocks.map((block) => {
      const at = out.length;
      out.bytes(block);
      return at;
    });
    const fields = pageFields(page, offsets, blocks);
    const places = fields.map((field) => {
      const { data, count, type } = fieldData(field, little, big);
      if (data.length <= (big ? 8 : 4)) return { tag: field.tag, type, count, inline: data };
      if (out.length % 2 === 1) out.number(0, 1);
      const at = out.length;
      out.bytes(data);
      return { tag: field.tag, type, count, at };
    });
    out.patch(pointer, out.length, big ? 8 : 4);
    out.number(places.length, big ? 8 : 2);
    for (const place of places) {
      out.number(place.tag, 2);
      out.number(place.type, 2);
      out.number(place.count, big ? 8 : 4);
      if (place.inline) {
        out.bytes(place.inline);
        for (let pad = place.inline.length; pad < (big ? 8 : 4); pad++) out.number(0, 1);
      } else out.number(place.at ?? 0, big ? 8 : 4);
    }
    pointer = out.length;
    out.number(0, big ? 8 : 4);
  }
  return out.done();
}

function pageFields(page: TiffRecipe, offsets: number[], blocks: Uint8Array[]): TiffField[] {
  const samples = page.samples ?? 1;
  const short = (tag: number, ...values: number[]): TiffField => ({ tag, type: 'short', values });
  const long = (tag: number, ...values: number[]): TiffField => ({ tag, type: 'long', values });
  const counts = blocks.map((block) => block.length);
  const fields = [
    long(256, page.width),
    long(257, page.height),
    short(258, ...new Array<number>(samples).fill(page.bits)),
    short(259, codes[page.compression ?? 'none']),
    short(262, page.photometric ?? (samples >= 3 ? 2 : 1)),
    short(277, samples),
    short(284, page.planar ? 2 : 1),
    short(339, ...new Array<number>(samples).fill(page.format ?? 1)),
    ...(page.predictor ? [short(317, page.predictor)] : []),
    ...(page.reversedBits ? [short(266, 2)] : []),
    ...(page.tile
      ? [long(322, page.tile.width), long(323, page.tile.height), long(324, ...offsets), long(325, ...counts)]
      : [long(273, ...offsets), long(278, page.rowsPerStrip ?? page.height), long(279, ...counts)]),
  ];
  const own = page.fields ?? [];
  return [...fields.filter((field) => !own.some(({ tag }) => tag === field.tag)), ...own].sort(
    (a, b) => a.tag - b.tag,
  );
}

function encodeBlocks(page: TiffRecipe, little: boolean): Uint8Array[] {
  const samples = page.samples ?? 1;
  const blockWidth = page.tile?.width ?? page.width;
  const blockHeight = page.tile?.height ?? page.rowsPerStrip ?? page.height;
  const blocks: Uint8Array[] = [];
  for (let plane = 0; plane < (page.planar ? samples : 1); plane++) {
    for (let top = 0; top < page.height; top += blockHeight) {
      for (let left = 0; left < page.width; left += blockWidth) {
        const rows = page.tile ? blockHeight : Math.min(blockHeight, page.height - top);
        const lines: Uint8Array[] = [];
        for (let y = top; y < top + rows; y++) {
          const line: number[] = [];
          for (let x = left; x < left + blockWidth; x++) {
            for (let sample = 0; sample < (page.planar ? 1 : samples); sample++) {
              const inside = x < page.width && y < page.height;
              const at = (y * page.width + x) * samples + (page.planar ? plane : sample);
              line.push(inside ? (page.values[at] ?? 0) : 0);
            }
          }
          lines.push(encodeLine(page, line, page.planar ? 1 : samples, little));
        }
        blocks.push(compress(page, Buffer.concat(lines)));
      }
    }
  }
  return blocks;
}

/** One row of a block as bytes, predictor applied. */
function encodeLine(page: TiffRecipe, line: readonly number[], step: number, little: boolean): Uint8Array {
  const { bits } = page;
  if (bits % 8 !== 0) return packBits(line, bits);
  const size = bits / 8;
  const words = line.map((value) => toWord(value, bits, page.format ?? 1));
  if (page.predictor === 2) {
    for (let at = words.length - 1; at >= step; at--) {
      words[at] = BigInt.asUintN(bits, (words[at] ?? 0n) - (words[at - step] ?? 0n));
    }
  }
  if (page.predictor === 3) return floatPredictor(words, size, step);
  const out = new Uint8Array(words.length * size);
  words.forEach((word, index) => {
    for (let byte = 0; byte < size; byte++) {
      const weight = little ? byte : size - 1 - byte;
      out[index * size + byte] = Number((word >> BigInt(8 * weight)) & 255n);
    }
  });
  return out;
}

function floatPredictor(words: readonly bigint[], size: number, step: number): Uint8Array {
  const row = new Uint8Array(words.length * size);
  words.forEach((word, index) => {
    for (let byte = 0; byte < size; byte++) {
      row[byte * words.length + index] = Number((word >> BigInt(8 * (size - 1 - byte))) & 255n);
    }
  });
  for (let at = row.length - 1; at >= step; at--) row[at] = (row[at] ?? 0) - (row[at - step] ?? 0);
  return row;
}

function toWord(value: number, bits: number, format: number): bigint {
  if (format !== 3) return BigInt.asUintN(bits, BigInt(value));
  const view = new DataView(new ArrayBuffer(8));
  if (bits === 32) view.setFloat32(0, value);
  else view.setFloat64(0, value);
  return bits === 32 ? BigInt(view.getUint32(0)) : view.getBigUint64(0);
}

function packBits(line: readonly number[], bits: number): Uint8Array {
  const out = new Uint8Array(Math.ceil((line.length * bits) / 8));
  line.forEach((value, index) => {
    for (let bit = 0; bit < bits; bit++) {
      const at = index * bits + bit;
      if (Math.floor(value / 2 ** (bits - 1 - bit)) % 2 === 1)
        out[at >> 3] = (out[at >> 3] ?? 0) | (128 >> (at & 7));
    }
  });
  return out;
}

function compress(page: TiffRecipe, block: Uint8Array): Uint8Array {
  const packed = compressBytes(page.compression ?? 'none', block);
  return page.reversedBits
    ? packed.map((byte) => Number.parseInt(byte.toString(2).padStart(8, '0').split('').reverse().join(''), 2))
    : packed;
}

function compressBytes(compression: NonNullable<TiffRecipe['compression']>, block: Uint8Array): Uint8Array {
  if (compression === 'lzw') return encodeLzw(block, false);
  if (compression === 'old-lzw') return encodeLzw(block, true);
  if (compression === 'deflate') return deflateSync(block);
  if (compression === 'zstd') return zstdCompressSync(block);
  return compression === 'packbits' ? encodePackBits(block) : block;
}

function encodePackBits(block: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (let at = 0; at < block.length; ) {
    let run = 1;
    while (run < 128 && block[at + run] === block[at]) run++;
    if (run > 1) {
      out.push(257 - run, block[at] ?? 0);
      at += run;
      continue;
    }
    let literal = 1;
    while (literal < 128 && at + literal < block.length && block[at + literal] !== block[at + literal - 1])
      literal++;
    out.push(literal - 1, ...block.subarray(at, at + literal));
    at += literal;
  }
  return Uint8Array.from(out);
}

function fieldData(field: TiffField, little: boolean, big: boolean) {
  const out = new Bytes(little);
  if (typeof field.values === 'string') {
    out.bytes(new TextEncoder().encode(`${field.values}\0`));
    return { data: out.done(), count: out.length, type: 2 };
  }
  const wide = big && field.type === 'long';
  for (const value of field.values) {
    if (field.type === 'rational') {
      out.number(Math.round(value * 1e6), 4);
      out.number(1e6, 4);
    } else out.number(value, field.type === 'short' ? 2 : wide ? 8 : 4);
  }
  const type = field.type === 'short' ? 3 : field.type === 'rational' ? 5 : wide ? 16 : 4;
  return { data: out.done(), count: field.values.length, type };
}

class Bytes {
  readonly #little: boolean;
  #out: number[] = [];

  constructor(little: boolean) {
    this.#little = little;
  }

  get length(): number {
    return this.#out.length;
  }

  text(text: string): void {
    for (const char of text) this.#out.push(char.charCodeAt(0));
  }

  bytes(bytes: Uint8Array): void {
    for (const byte of bytes) this.#out.push(byte);
  }

  number(value: number, size: number): void {
    const at = this.#out.length;
    for (let index = 0; index < size; index++) this.#out.push(0);
    this.patch(at, value, size);
  }

  patch(at: number, value: number, size: number): void {
    for (let byte = 0; byte < size; byte++) {
      const place = this.#little ? at + byte : at + size - 1 - byte;
      this.#out[place] = Math.floor(value / 256 ** byte) % 256;
    }
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#out);
  }
}
