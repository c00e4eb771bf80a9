const CLEAR = 256;
const END = 257;
const FIRST_FREE = 258;
const MAX_CODES = 4096;

/**
 * Expands LZW as TIFF 6.0 section 13 has it, and the older form with the bits of each byte last first that some
 * writers made before (recognised as libtiff does, by how the first code, which must be "clear", lies in the bytes).
 * geotiff's LZW ends the whole process on the older form.
 *
 * Gives at most `length` bytes; fewer when the data end early. Damaged codes throw a RangeError.
 */
export function expandLzw(data: Uint8Array, length: number): Uint8Array {
  const old = data.length > 1 && data[0] === 0 && ((data[1] ?? 0) & 1) === 1;
  const out = new Uint8Array(length);
  // A string of the table is the string that ended at `ends[code]` of the output, so nothing is ever built up.
  const starts = new Int32Array(MAX_CODES);
  const lengths = new Int32Array(MAX_CODES);
  let free = FIRST_FREE;
  let width = 9;
  let previousStart = -1;
  let previousLength = 0;
  let written = 0;
  let buffer = 0;
  let buffered = 0;
  let at = 0;
  // The newer form widens its codes one code early.
  const early = old ? 0 : 1;

  while (written < length) {
    while (buffered < width && at < data.length) {
      const byte = data[at++] ?? 0;
      buffer = old ? buffer | (byte << buffered) : ((buffer << 8) | byte) & 0xff_ff_ff;
      buffered += 8;
    }
    if (buffered < width) break;
    const mask = (1 << width) - 1;
    const code = old ? buffer & mask : (buffer >> (buffered - width)) & mask;
    if (old) buffer >>>= width;
    buffered -= width;

    if (code === END) break;
    if (code === CLEAR) {
      free = FIRST_FREE;
      width = 9;
      previousStart = -1;
      continue;
    }
    const start = written;
    if (code < CLEAR) {
      out[written++] = code;
    } else {
      // The string after next is the previous one and its own first byte; it follows from the same copy.
      const known = code < free;
      if (!known && (code !== free || previousStart < 0)) {
        throw new RangeError(`LZW code ${code} was never defined`);
      }
      const from = known ? (starts[code] ?? 0) : previousStart;
      const count = known ? (lengths[code] ?? 0) : previousLength + 1;
      const end = Math.min(length, written + count);
      for (let source = from; written < end; source++) out[written++] = out[source] ?? 0;
    }
    const count = code < CLEAR ? 1 : code < free ? (lengths[code] ?? 0) : previousLength + 1;
    if (previousStart >= 0 && free < MAX_CODES) {
      starts[free] = previousStart;
      lengths[free] = previousLength + 1;
      free++;
      if (free + early >= 1 << width && width < 12) width++;
    }
    previousStart = start;
    previousLength = count;
  }
  return written === length ? out : out.subarray(0, written);
}
