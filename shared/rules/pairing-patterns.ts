import type { PairingRule } from '../model/pair.ts';

/**
 * The pattern language of pairing rules (see shared/model/pair.ts). A path is cut at `/`; inside a segment:
 * literal text (letters in either case), `{x}` or any other name for the same text on both sides, `{a|b}` for one
 * of these words, `{#n}` for the same number whatever zeros stand before it, `{#n+1}` for one more, `*` for any text,
 * `**` for any text in which numbers of their own mean nothing (see pairing-decision.ts). `{all}`, on the image's
 * side, is any text too, and the mask belongs to every image that fits. `{dirs}` and `{below}` stand for the same
 * folders, maybe none, and begin a segment. `.{ext}` ends a pattern and stands for any one extension, `ome.tif` being
 * one.
 */
export type Piece =
  | { readonly what: 'text'; readonly text: string }
  | { readonly what: 'name'; readonly name: string }
  | {
      readonly what: 'words';
      readonly words: readonly string[];
      readonly name: string;
      /** What the words begin with, as char codes. */
      readonly starts: ReadonlySet<number>;
    }
  | { readonly what: 'number'; readonly name: string; readonly add: number; readonly raw: string }
  | { readonly what: 'star'; readonly name: string; readonly kind: StarKind };

/** `*` is any, `**` is sure, `{all}` is all. */
export type StarKind = 'any' | 'sure' | 'all';

export interface Segment {
  /** `dirs` or `below` when any number of folders may stand before this segment. */
  readonly folders: string | null;
  readonly pieces: readonly Piece[];
}

/** One side of a rule, ready to match. */
export interface Pattern {
  readonly text: string;
  readonly segments: readonly Segment[];
  readonly anyExtension: boolean;
  /** Names that must be the same on both sides. */
  readonly shared: ReadonlySet<string>;
}

/**
 * What a path holds at the places of a pattern: by name for `{x}`, `{dirs}` (with its last `/`), `{#n}` (the number
 * that both sides share) and `{ext}`, by `*1`, `|1`, `#1`, … for stars, words and numbers as they are written.
 */
export type Captures = ReadonlyMap<string, string>;

const MOST_OPEN_PIECES = 8;
const folderNames = ['dirs', 'below'];

/** Thrown for a pattern that is not one; the message says what is wrong with it, for the person who wrote it. */
export class PatternFault extends Error {
  override readonly name = 'PatternFault';
}

/** Reads one side of a rule; `written` is what faults call it. Throws {@link PatternFault}. */
export function compilePattern(text: string, written = text): Pattern {
  const shared = new Set<string>();
  const segments: Segment[] = [];
  let open = 0;
  let pending: string | null = null;
  const parts = text.split('/');
  for (const [index, part] of parts.entries()) {
    const folders = /^\{(dirs|below)\}/.exec(part)?.[1] ?? null;
    if (folders !== null) {
      if (shared.has(folders)) throw new PatternFault(`{${folders}} stands twice in “${written}”.`);
      if (pending !== null) throw new PatternFault(`{dirs} and {below} stand side by side in “${written}”.`);
      shared.add(folders);
    }
    const pieces = cutPieces(folders === null ? part : part.slice(folders.length + 2), written, index);
    for (const piece of pieces) {
      if (piece.what !== 'text') open++;
      if (piece.what === 'number' || (piece.what === 'name' && piece.name !== 'ext')) shared.add(piece.name);
    }
    if (pieces.length === 0) {
      // `{dirs}/a` means the same as `{dirs}a`.
      if (folders === null || index === parts.length - 1) {
        throw new PatternFault(`“${written}” has an empty part: no text between two slashes or at its end.`);
      }
      pending = folders;
      continue;
    }
    segments.push({ folders: folders ?? pending, pieces });
    pending = null;
  }
  if (open > MOST_OPEN_PIECES) {
    throw new PatternFault(`“${written}” has more than ${MOST_OPEN_PIECES} open places.`);
  }
  const last = segments.at(-1)?.pieces ?? [];
  const anyExtension = isExtension(last.at(-1));
  if (
    segments.some(({ pieces }, index) =>
      pieces.some(
        (piece, at) => isExtension(piece) && !(index === segments.length - 1 && at === pieces.length - 1),
      ),
    )
  ) {
    throw new PatternFault(`{ext} stands only at the end of a pattern: “${written}”.`);
  }
  if (!anyExtension) return { text, segments, anyExtension, shared };
  const dot = last.at(-2);
  if (dot?.what !== 'text' || !dot.text.endsWith('.')) {
    throw new PatternFault(`A dot must stand before {ext}: “${written}”.`);
  }
  const stem: Piece[] = last.slice(0, -2);
  if (dot.text.length > 1) stem.push({ what: 'text', text: dot.text.slice(0, -1) });
  if (stem.length === 0) throw new PatternFault(`Something must stand before .{ext}: “${written}”.`);
  const end: Segment = { folders: segments.at(-1)?.folders ?? null, pieces: stem };
  return { text, segments: [...segments.slice(0, -1), end], anyExtension, shared };
}

function isExtension(piece: Piece | undefined): boolean {
  return piece?.what === 'name' && piece.name === 'ext';
}

function cutPieces(part: string, whole: string, segment: number): Piece[] {
  const pieces: Piece[] = [];
  let count = 0;
  for (const [token] of part.matchAll(/\{[^{}]*\}|\*+|[^{}*]+|[{}]/g)) {
    const name = `${segment}.${count++}`;
    const number = /^\{(#[a-z][a-z0-9]*)([+-]\d{1,6})?\}$/i.exec(token);
    if (token.startsWith('*')) {
      pieces.push({ what: 'star', name: `*${name}`, kind: token === '*' ? 'any' : 'sure' });
    } else if (token === '{all}') pieces.push({ what: 'star', name: `*${name}`, kind: 'all' });
    else if (number) {
      const add = Number(number[2] ?? 0);
      pieces.push({ what: 'number', name: number[1] ?? '', add, raw: `#${name}` });
    } else if (token === '{' || token === '}') throw new PatternFault(`A brace is not closed in “${whole}”.`);
    else if (!token.startsWith('{')) pieces.push({ what: 'text', text: foldCase(token) });
    else if (token.includes('|')) {
      const words = token
        .slice(1, -1)
        .toLowerCase()
        .split('|')
        .filter((word) => word !== '');
      if (words.length === 0) throw new PatternFault(`“${token}” holds no word, in “${whole}”.`);
      const starts = new Set(words.map((word) => word.charCodeAt(0)));
      pieces.push({ what: 'words', words, name: `|${name}`, starts });
    } else {
      const inner = token.slice(1, -1);
      if (!/^[a-z][a-z0-9]*$/i.test(inner) || folderNames.includes(inner)) {
        throw new PatternFault(
          folderNames.includes(inner)
            ? `${token} must stand at the start or after a slash, in “${whole}”.`
            : `“${token}” is not a name: use small letters, such as {x}, in “${whole}”.`,
        );
      }
      pieces.push({ what: 'name', name: inner });
    }
  }
  return pieces;
}

/** Both sides of a rule. */
export interface CompiledRule {
  readonly id: string;
  readonly image: Pattern;
  readonly mask: Pattern;
}

/**
 * Reads a rule. A rule in which neither side begins with folders holds in any folder, the same for both sides.
 * Throws {@link PatternFault} for a pattern that is none, and when the two sides do not name the same places.
 */
export function compileRule(rule: Pick<PairingRule, 'id' | 'image' | 'mask'>): CompiledRule {
  const anywhere = [rule.image, rule.mask].every((text) => !text.includes('{dirs}') && !text.startsWith('/'));
  const side = (text: string) => compilePattern(anywhere ? `{dirs}${text}` : text.replace(/^\//, ''), text);
  const [image, mask] = [side(rule.image), side(rule.mask)];
  for (const name of new Set([...image.shared, ...mask.shared])) {
    if (!image.shared.has(name) || !mask.shared.has(name)) {
      throw new PatternFault(`{${name}} must stand on both sides: “${rule.image}” and “${rule.mask}”.`);
    }
  }
  if (hasStar(mask, 'all'))
    throw new PatternFault(`{all} stands only on the image’s side, not in “${rule.mask}”.`);
  return { id: rule.id, image, mask };
}

/** Whether a pattern has a place for any text of one of these kinds. */
export function hasStar(pattern: Pattern, ...kinds: readonly StarKind[]): boolean {
  return pattern.segments.some(({ pieces }) =>
    pieces.some((piece) => piece.what === 'star' && kinds.includes(piece.kind)),
  );
}

/** Small letters of the same length, so that places in the one are places in the other. */
export function foldCase(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  return text.replace(/\p{Lu}/gu, (letter) => {
    const small = letter.toLowerCase();
    return small.length === letter.length ? small : letter;
  });
}
