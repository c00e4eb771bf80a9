/** A path as people may write it, taken apart. */
export interface PathKey {
  /** As it stands in the table. */
  readonly text: string;
  /** Its parts without `.`, blanks at the edges and doubled slashes, `\` taken for `/`. Empty when it says nothing. */
  readonly parts: readonly string[];
  /** True when it begins at the root of a computer: `/…`, `C:\…`, `\\server\…`. */
  readonly isWhole: boolean;
}

/** Takes a path apart; null when it leads out of a folder, for then it is not clear what it means. */
export function pathKey(text: string): PathKey | null {
  const plain = text.trim().replaceAll('\\', '/');
  const isWhole = /^(?:\/|[A-Za-z]:\/|file:\/\/)/.test(plain);
  const parts = plain
    .replace(/^file:\/\/(?:localhost)?(?=\/)/, '')
    .replace(/^[A-Za-z]:(?=\/)/, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  return parts.includes('..') ? null : { text, parts, isWhole };
}

/** A text in which letter case and the way accents are stored do not count. */
export function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** True when a path ends with the parts of another. */
export function endsWith(parts: readonly string[], tail: readonly string[]): boolean {
  if (tail.length === 0 || tail.length > parts.length) return false;
  const from = parts.length - tail.length;
  return tail.every((part, at) => parts[from + at] === part);
}

/** A 32-bit number for a text that hardly any other text has (after cyrb53, by bryc, public domain). */
export function textNumber(text: string): number {
  let first = 0xdeadbeef;
  let second = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    first = Math.imul(first ^ code, 2654435761);
    second = Math.imul(second ^ code, 1597334677);
  }
  return (
    (Math.imul(first ^ (first >>> 16), 2246822507) ^ Math.imul(second ^ (second >>> 13), 3266489909)) >>> 0
  );
}

/** An entry as far as paths are compared. */
export interface NamedEntry {
  readonly id: number;
  /** Below its source folder, as on disk; '' when that folder itself is the item. */
  readonly below: string;
  /** The same with the folder's name before it: how tables are written. */
  readonly path: string;
  /** From the root of this computer on, in parts. */
  readonly whole: readonly string[];
  readonly remotePath: string;
}

/** Ways in which a path may mean an entry, the surest first. */
export const likenesses = ['exactly', 'written otherwise', 'by its end', 'letters aside'] as const;
export type Likeness = (typeof likenesses)[number];

/**
 * How a path means an entry; null when it does not. Exactly: as on disk, with or without the source folder's name, or as
 * at the archive. Written otherwise: the same with other slashes or `./`, or the whole path on this computer. By its
 * end: a part of the end of the whole path, such as the name alone, or the whole path of another computer that ends like
 * it from the source folder on. Letters aside: a path on disk when letter case and stored accents do not count.
 */
export function likenessOf(key: PathKey, entry: NamedEntry, remoteFolder: string): Likeness | null {
  const names = [entry.below, entry.path, entry.remotePath, `${remoteFolder}/${entry.remotePath}`];
  if (key.text !== '' && names.includes(key.text)) return 'exactly';
  const { parts, isWhole } = key;
  if (parts.length === 0) return null;
  const plain = parts.join('/');
  if (names.includes(plain) || (isWhole && plain === entry.whole.join('/'))) return 'written otherwise';
  const path = entry.path.split('/');
  if (endsWith(entry.whole, parts) || (isWhole && endsWith(parts, path))) return 'by its end';
  const low = parts.map(folded);
  if (folded(entry.path) === low.join('/')) return 'letters aside';
  const isLike = endsWith(entry.whole.map(folded), low) || (isWhole && endsWith(low, path.map(folded)));
  return isLike ? 'letters aside' : null;
}
