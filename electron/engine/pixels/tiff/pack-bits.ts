/** Expands PackBits (TIFF 6.0 section 9). Gives at most `length` bytes; fewer when the data end early. */
export function expandPackBits(data: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let written = 0;
  let at = 0;
  while (written < length && at < data.length) {
    const header = ((data[at++] ?? 0) << 24) >> 24;
    if (header >= 0) {
      const literal = data.subarray(at, Math.min(at + header + 1, at + length - written));
      out.set(literal, written);
      written += literal.length;
      at += header + 1;
    } else if (header !== -128) {
      if (at >= data.length) break;
      const end = Math.min(length, written + 1 - header);
      out.fill(data[at++] ?? 0, written, end);
      written = end;
    }
  }
  return out.subarray(0, written);
}
