import { opendirSync } from 'node:fs';

/** What stands in a text for bytes that are no UTF-8 (Unicode, U+FFFD REPLACEMENT CHARACTER). */
export const REPLACED = '\uFFFD';

/** Node gives names as bytes when asked; its types do not say so. */
const asBytes: object = { encoding: 'buffer' };

export interface OddName {
  readonly bytes: Buffer;
  /** As text; where it is none, with `\xNN` for every byte that is no UTF-8. */
  readonly name: string;
  /** True when the name is valid after all and has the replacement character in it. */
  readonly isText: boolean;
}

/** The names in a folder that cannot be told from their text alone. Reads it one name at a time. */
export function* oddNames(folder: string): Generator<OddName> {
  const handle = opendirSync(folder, asBytes);
  try {
    for (let next = handle.readSync(); next !== null; next = handle.readSync()) {
      const bytes: unknown = next.name;
      if (!Buffer.isBuffer(bytes)) continue;
      const text = bytes.toString('utf8');
      if (!text.includes(REPLACED)) continue;
      const isText = Buffer.from(text, 'utf8').equals(bytes);
      yield { bytes, isText, name: isText ? text : shownName(bytes) };
    }
  } finally {
    handle.closeSync();
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** Bytes of the longest character in UTF-8. */
const LONGEST = 4;

/** A name as people can read it and find it again: characters, and `\xNN` for every byte that is part of none. */
export function shownName(bytes: Uint8Array): string {
  let shown = '';
  for (let at = 0; at < bytes.length; ) {
    const character = characterAt(bytes, at);
    shown += character?.text ?? `\\x${(bytes[at] ?? 0).toString(16).padStart(2, '0')}`;
    at += character?.length ?? 1;
  }
  return shown;
}

function characterAt(bytes: Uint8Array, at: number): { text: string; length: number } | null {
  for (let length = 1; length <= LONGEST && at + length <= bytes.length; length++) {
    try {
      return { text: utf8.decode(bytes.subarray(at, at + length)), length };
    } catch {
      // Not a whole character: perhaps with one byte more.
    }
  }
  return null;
}
