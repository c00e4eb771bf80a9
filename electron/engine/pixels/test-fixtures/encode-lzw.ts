/** Compresses with TIFF's LZW; `old` is the form before TIFF 6.0: first bits last, codes widened one code later. */
export function encodeLzw(data: Uint8Array, old: boolean): Uint8Array {
  const out: number[] = [];
  let buffer = 0n;
  let bits = 0n;
  let width = 9;
  let table = new Map<string, number>();
  let next = 258;
  const put = (code: number) => {
    if (old) buffer |= BigInt(code) << bits;
    else buffer = (buffer << BigInt(width)) | BigInt(code);
    bits += BigInt(width);
    while (bits >= 8n) {
      if (old) {
        out.push(Number(buffer & 255n));
        buffer >>= 8n;
      } else {
        out.push(Number((buffer >> (bits - 8n)) & 255n));
        buffer &= (1n << (bits - 8n)) - 1n;
      }
      bits -= 8n;
    }
  };
  const clear = () => {
    put(256);
    table = new Map();
    next = 258;
    width = 9;
  };
  const code = (text: string) => (text.length === 1 ? text.charCodeAt(0) : (table.get(text) ?? 0));
  clear();
  let current = '';
  for (const byte of data) {
    const longer = current + String.fromCharCode(byte);
    if (longer.length === 1 || table.has(longer)) {
      current = longer;
      continue;
    }
    put(code(current));
    table.set(longer, next++);
    // The decoder's table is one entry behind, so "one later" here is "in time" there.
    if (next > (1 << width) - (old ? 0 : 1)) width++;
    if (next >= 4094) clear();
    current = String.fromCharCode(byte);
  }
  if (current) {
    put(code(current));
    next++;
    if (next > (1 << width) - (old ? 0 : 1) && width < 12) width++;
  }
  put(257);
  if (bits > 0n) out.push(Number(old ? buffer & 255n : (buffer << (8n - bits)) & 255n));
  return Uint8Array.from(out);
}
