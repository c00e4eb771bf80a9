import { cannotRead } from '../pixel-problems.ts';
import { type PageLayout, rowBytes } from './tiff-layout.ts';
import { swapBytes } from './tiff-samples.ts';

/**
 * Brings the bytes of a block into the machine's byte order and undoes the predictor, in place. Predictor 2 adds whole
 * numbers (TIFF 6.0 section 14), predictor 3 bytes sorted by weight (TIFF Technical Note 3 of Adobe Photoshop).
 *
 * geotiff adds before it swaps, which gives wrong numbers without an error for big-endian 16-bit files.
 */
export function undoPredictor(layout: PageLayout, bytes: Uint8Array): void {
  const { bits, predictor, littleEndian } = layout;
  const size = bits / 8;
  if (predictor === 3) {
    undoFloatPredictor(layout, bytes);
    return;
  }
  if (!littleEndian && size > 1 && Number.isInteger(size)) swapBytes(bytes, size);
  if (predictor === 1) return;
  if (predictor !== 2) throw cannotRead(layout.name, `Its predictor ${predictor} is not known.`);
  const row = rowBytes(layout);
  for (let start = 0; start + row <= bytes.length; start += row) {
    addUp(rowValues(layout, bytes, start, row), layout.blockSamples);
  }
}

type RowValues = Uint8Array | Uint16Array | Uint32Array | BigUint64Array;

function rowValues(layout: PageLayout, bytes: Uint8Array, start: number, length: number): RowValues {
  const at = bytes.byteOffset + start;
  const buffer = bytes.buffer as ArrayBuffer;
  switch (layout.bits) {
    case 8:
      return new Uint8Array(buffer, at, length);
    case 16:
      return new Uint16Array(buffer, at, length / 2);
    case 32:
      return new Uint32Array(buffer, at, length / 4);
    case 64:
      return new BigUint64Array(buffer, at, length / 8);
  }
  throw cannotRead(layout.name, `It uses a predictor with ${layout.bits} bits a number.`);
}

function addUp(values: RowValues, step: number): void {
  if (values instanceof BigUint64Array) {
    for (let at = step; at < values.length; at++) values[at] = (values[at] ?? 0n) + (values[at - step] ?? 0n);
    return;
  }
  for (let at = step; at < values.length; at++) values[at] = (values[at] ?? 0) + (values[at - step] ?? 0);
}

/** The result is little-endian whatever the file is: the bytes of a number come sorted, heaviest first. */
function undoFloatPredictor(layout: PageLayout, bytes: Uint8Array): void {
  const { bits, kind, blockSamples } = layout;
  if (kind !== 'float')
    throw cannotRead(layout.name, 'It uses the predictor for fractions with whole numbers.');
  const size = bits / 8;
  const length = rowBytes(layout);
  const numbers = length / size;
  for (let start = 0; start + length <= bytes.length; start += length) {
    const row = bytes.subarray(start, start + length);
    addUp(row, blockSamples);
    const sorted = row.slice();
    for (let index = 0; index < numbers; index++) {
      for (let byte = 0; byte < size; byte++) {
        row[index * size + byte] = sorted[(size - 1 - byte) * numbers + index] ?? 0;
      }
    }
  }
}
