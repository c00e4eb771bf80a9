const [OPEN, CLOSE, QUOTE, ESCAPE, LIST, LIST_END] = [0x7b, 0x7d, 0x22, 0x5c, 0x5b, 0x5d];
/** No item of a listing is as long as this; longer ones are taken for an attack or an error. */
const LONGEST_ITEM = 1024 * 1024;

/** The answer is no list of objects. */
export class NoItems extends Error {
  override readonly name = 'NoItems';
}

/**
 * Reads a JSON list of objects as it comes in, one object at a time, so that a folder with a million files needs no
 * more memory than one with ten.
 * @throws NoItems when it is something else, is cut off, or holds a broken object
 */
export async function* jsonItems(pieces: AsyncIterable<Uint8Array>): AsyncIterable<unknown> {
  let depth = 0;
  let inText = false;
  let escaped = false;
  let began = false;
  let ended = false;
  let kept: Buffer[] = [];
  let keptBytes = 0;
  for await (const piece of pieces) {
    const buffer = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    let start = depth > 0 ? 0 : -1;
    for (let at = 0; at < buffer.length; at++) {
      const byte = buffer[at] ?? 0;
      if (inText) {
        if (escaped) escaped = false;
        else if (byte === ESCAPE) escaped = true;
        else if (byte === QUOTE) inText = false;
        continue;
      }
      if (depth === 0) {
        if (byte === OPEN && began && !ended) [depth, start] = [1, at];
        else if (byte === LIST && !began) began = true;
        else if (byte === LIST_END && began && !ended) ended = true;
        else if (!isBetween(byte, began && !ended)) throw new NoItems('The answer is no list.');
        continue;
      }
      if (byte === QUOTE) inText = true;
      else if (byte === OPEN || byte === LIST) depth += 1;
      else if (byte === CLOSE || byte === LIST_END) {
        depth -= 1;
        if (depth > 0) continue;
        kept.push(buffer.subarray(start, at + 1));
        yield parseItem(Buffer.concat(kept));
        [kept, keptBytes, start] = [[], 0, -1];
      }
    }
    if (start < 0) continue;
    kept.push(Buffer.from(buffer.subarray(start)));
    keptBytes += buffer.length - start;
    if (keptBytes > LONGEST_ITEM) throw new NoItems('An item of the list is too long.');
  }
  if (!ended) throw new NoItems('The list is cut off.');
}

/** White space, and commas within the list. */
function isBetween(byte: number, comma: boolean): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || (comma && byte === 0x2c);
}

function parseItem(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new NoItems('An item of the list is broken.');
  }
}
