import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const EXTENSION = '.slipway';
/** Leaves room for numbers and SQLite's own endings below the 255 bytes that file systems take. */
const MOST_BYTES = 120;
/** Names that Windows keeps for devices, with or without an extension. */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;

/**
 * A file name, without extension, that Windows, macOS and Linux take, close to a title: characters that one of them
 * forbids become `-`, a colon between words ` - `; edges lose dots and spaces. Never empty.
 */
export function fileNameOf(title: string): string {
  const clean = title
    .normalize('NFC')
    // Format characters, such as a hidden turn of the writing direction, would make a name lie.
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, ' ')
    .replace(/\s*:\s+/g, ' - ')
    .replace(/[<>:"/\\|?*]/g, '-')
    .replace(/\s+/g, ' ');
  const edges = (text: string) => text.replace(/^[ .]+|[ .]+$/g, '');
  const name = edges(cutTo(edges(clean), MOST_BYTES));
  if (name === '' || /^-+$/.test(name)) return 'Untitled submission';
  return reserved.test(name) ? `${name} submission` : name;
}

function cutTo(text: string, bytes: number): string {
  let cut = '';
  let used = 0;
  for (const character of text) {
    used += Buffer.byteLength(character);
    if (used > bytes) break;
    cut += character;
  }
  return cut;
}

/**
 * A path in a folder where there is no file yet, for a name with its extension: `a.slipway`, then `a 2.slipway`.
 * Letters in either case count as the same, as Windows and macOS have it.
 */
export function freePath(folder: string, name: string, extension = EXTENSION): string {
  const taken = new Set(existsSync(folder) ? readdirSync(folder).map((other) => other.toLowerCase()) : []);
  for (let number = 1; ; number++) {
    const candidate = `${name}${number === 1 ? '' : ` ${number}`}${extension}`;
    if (!taken.has(candidate.toLowerCase())) return join(folder, candidate);
  }
}
