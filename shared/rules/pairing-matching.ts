import { splitExtension, splitLastDot } from './file-kinds.ts';
import { type Captures, foldCase, type Pattern, type Piece, type Segment } from './pairing-patterns.ts';

/** Enough for every real name, and a bound on what a pattern like `*{x}*{y}*` may cost. */
const MOST_MATCHES = 64;
const MOST_STEPS = 4096;
/** More digits than these are no number that anybody counted to. */
const MOST_DIGITS = 15;
/** Zeros that may stand before a number. */
const MOST_ZEROS = 8;

/**
 * All ways in which a path fits a pattern, those with longer text in earlier places first, at most 64. `known`
 * fixes shared places to what another path holds there, letters in either case. The work is bounded by a constant
 * times the length of the path, whatever the pattern.
 */
export function matchPattern(pattern: Pattern, path: string, known?: Captures): Captures[] {
  const matcher = new Matcher(pattern.segments, known);
  if (!pattern.anyExtension) matcher.match(path, null);
  else for (const [stem, extension] of withoutExtension(path)) matcher.match(stem, extension);
  return matcher.found;
}

/** The ways to cut the extension off a path: `ome.tif` first, then `tif`. */
function withoutExtension(path: string): (readonly [string, string])[] {
  const slash = path.lastIndexOf('/') + 1;
  const name = path.slice(slash);
  const cuts: (readonly [string, string])[] = [];
  for (const { stem, extension } of [splitExtension(name), splitLastDot(name)]) {
    if (extension !== '' && cuts[0]?.[1] !== extension) cuts.push([path.slice(0, slash) + stem, extension]);
  }
  return cuts;
}

/** One search: tries pieces from left to right and takes back what did not lead to the end. */
class Matcher {
  readonly found: Captures[] = [];
  readonly #segments: readonly Segment[];
  readonly #known: Captures | undefined;
  readonly #captures = new Map<string, string>();
  #texts: readonly string[] = [];
  #steps = MOST_STEPS;

  constructor(segments: readonly Segment[], known: Captures | undefined) {
    this.#segments = segments;
    this.#known = known;
  }

  match(path: string, extension: string | null): void {
    if (extension !== null) this.#captures.set('ext', extension);
    this.#texts = path.split('/');
    this.#segmentsFrom(0, 0);
  }

  /** False once enough was found or tried. */
  #goOn(): boolean {
    return this.#steps-- > 0 && this.found.length < MOST_MATCHES;
  }

  #bind(name: string, text: string, then: () => void): void {
    const before = this.#captures.get(name);
    this.#captures.set(name, text);
    then();
    if (before === undefined) this.#captures.delete(name);
    else this.#captures.set(name, before);
  }

  /** Fits the segments from `at` on to the texts from `from` on. */
  #segmentsFrom(at: number, from: number): void {
    const segment = this.#segments[at];
    const spare = this.#texts.length - from - (this.#segments.length - at);
    if (spare < 0) return;
    if (!segment) {
      if (spare === 0) this.found.push(new Map(this.#captures));
      return;
    }
    const { folders } = segment;
    if (folders === null) {
      this.#segmentAt(segment, at, from);
      return;
    }
    const laterToo = this.#segments.slice(at + 1).some((later) => later.folders !== null);
    for (let skip = spare; skip >= (laterToo ? 0 : spare) && this.#goOn(); skip--) {
      const text = this.#texts
        .slice(from, from + skip)
        .map((folder) => `${folder}/`)
        .join('');
      const wanted = this.#known?.get(folders);
      if (wanted !== undefined && foldCase(wanted) !== foldCase(text)) continue;
      this.#bind(folders, text, () => this.#segmentAt(segment, at, from + skip));
    }
  }

  #segmentAt(segment: Segment, at: number, place: number): void {
    const text = this.#texts[place];
    if (text === undefined) return;
    this.#pieces(segment.pieces, 0, text, foldCase(text), 0, () => this.#segmentsFrom(at + 1, place + 1));
  }

  /** Fits the pieces from `at` on to the text from `from` on, and calls `next` for each fit. */
  #pieces(
    pieces: readonly Piece[],
    at: number,
    text: string,
    folded: string,
    from: number,
    next: () => void,
  ): void {
    const piece = pieces[at];
    if (!piece) {
      if (from === text.length) next();
      return;
    }
    const go = (to: number) => this.#pieces(pieces, at + 1, text, folded, to, next);
    const take = (name: string, to: number) => this.#bind(name, text.slice(from, to), () => go(to));
    if (piece.what === 'text') {
      if (folded.startsWith(piece.text, from)) go(from + piece.text.length);
    } else if (piece.what === 'words') {
      for (const word of piece.words) if (folded.startsWith(word, from)) take(piece.name, from + word.length);
    } else if (piece.what === 'number') {
      this.#number(piece, folded, from, go);
    } else if (this.#captures.has(piece.name)) {
      // The second place of a name on this side.
      const again = foldCase(this.#captures.get(piece.name) ?? '');
      if (folded.startsWith(again, from)) go(from + again.length);
    } else {
      const known = piece.what === 'name' ? this.#known?.get(piece.name) : undefined;
      if (known === undefined) this.#ends(piece, pieces[at + 1], folded, from, (to) => take(piece.name, to));
      else if (folded.startsWith(foldCase(known), from)) take(piece.name, from + known.length);
    }
  }

  /** A whole run of digits: `12` is never `1` with a `2` after it. */
  #number(
    piece: Extract<Piece, { what: 'number' }>,
    folded: string,
    from: number,
    go: (to: number) => void,
  ): void {
    let to = from;
    while (isDigit(folded, to)) to++;
    if (to === from || to - from > MOST_DIGITS || isDigit(folded, from - 1)) return;
    const digits = folded.slice(from, to);
    const number = Number(digits) - piece.add;
    const wanted = this.#captures.get(piece.name) ?? this.#known?.get(piece.name) ?? String(number);
    if (number < 0 || wanted !== String(number)) return;
    this.#bind(piece.name, wanted, () => this.#bind(piece.raw, digits, () => go(to)));
  }

  /** Every place where an open piece may end, the last one first: only where what follows it stands. */
  #ends(
    piece: Piece,
    follows: Piece | undefined,
    folded: string,
    from: number,
    take: (to: number) => void,
  ): void {
    const least = piece.what === 'star' ? from : from + 1;
    let to = folded.length;
    while (to >= least && this.#goOn()) {
      if (follows?.what === 'text') to = folded.lastIndexOf(follows.text, to);
      else if (follows?.what === 'words') to = lastStart(follows.starts, folded, to);
      if (to < least) return;
      take(to);
      if (!follows) return;
      to--;
    }
  }
}

/** Writes a path from what {@link matchPattern} found in it: the same path, but for letters' case in literals. */
export function renderPattern(pattern: Pattern, captures: Captures): string {
  const path = pattern.segments
    .map(({ folders, pieces }) => {
      const inside = pieces.map((piece) =>
        piece.what === 'text'
          ? piece.text
          : (captures.get(piece.what === 'number' ? piece.raw : piece.name) ?? ''),
      );
      return (folders === null ? '' : (captures.get(folders) ?? '')) + inside.join('');
    })
    .join('/');
  return pattern.anyExtension ? `${path}.${captures.get('ext') ?? ''}` : path;
}

/** Where the other file of a pair may be. Small letters throughout. */
export interface Target {
  /** The path, without its extension when the pattern leaves that open, or up to the first `*`. */
  readonly text: string;
  /** True when `text` is only how the path begins. */
  readonly begins: boolean;
}

/**
 * Where to look for files of the other side that belong to what was found on this one, one target for every choice
 * of words, at most 64. A file found there belongs only if {@link matchPattern} with these captures says so.
 */
export function targetsOf(pattern: Pattern, captures: Captures): Target[] {
  let targets: Target[] = [{ text: '', begins: false }];
  const append = (ends: readonly string[]) => {
    targets = targets
      .flatMap((target) =>
        target.begins ? [target] : ends.map((end) => ({ text: target.text + end, begins: false })),
      )
      .slice(0, MOST_MATCHES);
  };
  const held = (name: string) => foldCase(captures.get(name) ?? '');
  for (const [index, { folders, pieces }] of pattern.segments.entries()) {
    if (index > 0) append(['/']);
    if (folders !== null) append([held(folders)]);
    for (const piece of pieces) {
      if (piece.what === 'text') append([piece.text]);
      else if (piece.what === 'words') append(piece.words);
      else if (piece.what === 'name') append([held(piece.name)]);
      else if (piece.what === 'number') append(written(Number(held(piece.name)) + piece.add));
      else targets = targets.map(({ text }) => ({ text, begins: true }));
    }
  }
  return targets;
}

/** How a number may stand in a name: as it is and with zeros before it; in no way when it is below 0. */
function written(number: number): string[] {
  if (number < 0) return [];
  const digits = String(number);
  return Array.from({ length: MOST_ZEROS + 1 }, (_, zeros) => '0'.repeat(zeros) + digits);
}

/** The last place, `from` or before it, where one of these letters stands; -1 for none. */
function lastStart(starts: ReadonlySet<number>, text: string, from: number): number {
  let at = Math.min(from, text.length - 1);
  while (at >= 0 && !starts.has(text.charCodeAt(at))) at--;
  return at;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}
