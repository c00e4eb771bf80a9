import { makeValues, type PlaneValues, viewValues } from '../pixel-source.ts';
import { exactNumbers, halfToNumber } from '../sample-numbers.ts';
import { type PageLayout, rowBytes } from './tiff-layout.ts';

/** Reverses the bytes of every number, in place. */
export function swapBytes(bytes: Uint8Array, size: number): void {
  for (let start = 0; start + size <= bytes.length; start += size) {
    for (let low = start, high = start + size - 1; low < high; low++, high--) {
      const kept = bytes[low] ?? 0;
      bytes[low] = bytes[high] ?? 0;
      bytes[high] = kept;
    }
  }
}

/**
 * The values of a block whose bytes are in the machine's order: `rows × blockWidth × blockSamples` of them in the
 * page's `pixelType`. Numbers of other than 8, 16, 32 or 64 bits are packed, first bit first, each row from a byte.
 */
export function unpackSamples(layout: PageLayout, bytes: Uint8Array, rows: number): PlaneValues {
  const { bits, kind, pixelType } = layout;
  if (kind === 'float' && bits === 16) return halfFloats(bytes);
  if (bits === 64 && kind !== 'float') return wideIntegers(layout, bytes);
  if (bits === 8 || bits === 16 || bits === 32 || bits === 64) return viewValues(pixelType, bytes);
  return bits === 24 ? wholeBytes(layout, bytes) : packedBits(layout, bytes, rows);
}

function wideIntegers(layout: PageLayout, bytes: Uint8Array): Float64Array {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
  const count = Math.floor(aligned.length / 8);
  const Wide = layout.kind === 'int' ? BigInt64Array : BigUint64Array;
  return exactNumbers(new Wide(aligned.buffer as ArrayBuffer, aligned.byteOffset, count), layout.name);
}

function halfFloats(bytes: Uint8Array): Float32Array {
  const halves = viewValues('uint16', bytes);
  const out = new Float32Array(halves.length);
  for (let index = 0; index < halves.length; index++) out[index] = halfToNumber(halves[index] ?? 0);
  return out;
}

/** 24 bits: whole bytes in the order of the machine by now. */
function wholeBytes(layout: PageLayout, bytes: Uint8Array): PlaneValues {
  const count = Math.floor(bytes.length / 3);
  const out = makeValues(layout.pixelType, count);
  for (let index = 0, at = 0; index < count; index++, at += 3) {
    const value = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
    out[index] = layout.kind === 'int' ? (value << 8) >> 8 : value;
  }
  return out;
}

function packedBits(layout: PageLayout, bytes: Uint8Array, rows: number): PlaneValues {
  const { bits, kind } = layout;
  const perRow = layout.blockWidth * layout.blockSamples;
  const row = rowBytes(layout);
  const out = makeValues(layout.pixelType, rows * perRow);
  const sign = 2 ** (bits - 1);
  let index = 0;
  for (let y = 0; y < rows; y++) {
    let at = y * row;
    let held = 0;
    let heldBits = 0;
    for (let x = 0; x < perRow; x++) {
      // Arithmetic instead of shifts: up to 31 + 7 bits are held, more than a shift can take.
      while (heldBits < bits) {
        held = held * 256 + (bytes[at++] ?? 0);
        heldBits += 8;
      }
      heldBits -= bits;
      const value = Math.floor(held / 2 ** heldBits);
      held -= value * 2 ** heldBits;
      out[index++] = kind === 'int' && value >= sign ? value - 2 * sign : value;
    }
  }
  return out;
}
