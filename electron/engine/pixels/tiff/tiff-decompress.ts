import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { Problem } from '../../../../shared/model/problem.ts';
import { cannotRead, damaged } from '../pixel-problems.ts';
import { expandLzw } from './lzw.ts';
import { expandPackBits } from './pack-bits.ts';
import { type PageLayout, shortBlock } from './tiff-layout.ts';
import { decodeJpegBlock, decodeWebpBlock } from './tiff-pictures.ts';
import { compressionName, compressions } from './tiff-tags.ts';

const inflate = promisify<zlib.InputType, zlib.ZlibOptions, Buffer>(zlib.inflate);
const zstdDecompress = promisify<zlib.InputType, zlib.ZstdOptions, Buffer>(zlib.zstdDecompress);

/** Some writers pad the last strip to its full height, none writes much more than that. */
const SLACK = 64 * 1024;

/** Compressions of which the result is a picture, already in its colours and byte order. */
export function isPicture(compression: number): boolean {
  return compression === compressions.jpeg || compression === compressions.webp;
}

/** True when the compression is one that this reader expands itself. */
export function isExpandedHere(compression: number): boolean {
  return isPicture(compression) || plain.has(compression);
}

const plain: ReadonlySet<number> = new Set([
  compressions.none,
  compressions.lzw,
  compressions.packBits,
  compressions.deflate,
  compressions.oldDeflate,
  compressions.pixTiffZip,
  compressions.zstd,
]);

/**
 * The bytes of a strip or tile of `rows` rows as they were before compression, exactly `length` of them; with more
 * than that or fewer the block is refused, so that a small file cannot ask for much memory.
 */
export async function expandBlock(
  layout: PageLayout,
  stored: Uint8Array,
  rows: number,
  length: number,
  jpegTables: Uint8Array,
): Promise<Uint8Array> {
  const data = layout.reversedBits && !isPicture(layout.compression) ? reverseBits(stored) : stored;
  const expanded = await expand(layout, data, rows, length, jpegTables);
  if (expanded.length < length) throw shortBlock(layout.name, expanded.length, length);
  // Never a Buffer: its slice() shares memory where that of an array copies.
  return new Uint8Array(expanded.buffer, expanded.byteOffset, length);
}

async function expand(
  layout: PageLayout,
  data: Uint8Array,
  rows: number,
  length: number,
  jpegTables: Uint8Array,
): Promise<Uint8Array> {
  // One chunk for all: the default of 16 KiB would go to a thread and back for each.
  const options = { maxOutputLength: length + Math.max(SLACK, length), chunkSize: length + 64 };
  try {
    switch (layout.compression) {
      case compressions.none:
        return data;
      case compressions.lzw:
        return expandLzw(data, length);
      case compressions.packBits:
        return expandPackBits(data, length);
      case compressions.deflate:
      case compressions.oldDeflate:
      case compressions.pixTiffZip:
        return await inflate(data, options);
      case compressions.zstd:
        return await zstdDecompress(data, options);
      case compressions.jpeg:
        return await decodeJpegBlock(layout, data, rows, jpegTables);
      case compressions.webp:
        return await decodeWebpBlock(layout, data, rows);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof RangeError || (error instanceof Error && 'code' in error)) {
      throw damaged(layout.name, `The compressed pixels cannot be expanded (${error.message}).`);
    }
    throw error;
  }
  throw cannotRead(layout.name, `It is compressed with ${compressionName(layout.compression)}.`);
}

const reversed = Uint8Array.from({ length: 256 }, (_, byte) => {
  let out = 0;
  for (let bit = 0; bit < 8; bit++) out |= ((byte >> bit) & 1) << (7 - bit);
  return out;
});

function reverseBits(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => reversed[byte] ?? 0);
}
