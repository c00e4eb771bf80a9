import type { PairReason, PairWhy } from '../model/pair.ts';
import { splitExtension } from './file-kinds.ts';
import { matchPattern } from './pairing-matching.ts';
import { type Captures, type CompiledRule, foldCase, hasStar, type Pattern } from './pairing-patterns.ts';

/** More images than these fit a `*` by chance: the rule then says nothing about the mask. */
export const mostByStar = 8;
/** Images of one stack that share a mask. */
export const mostOfAStack = 10_000;
/** Images that are offered for one mask. */
export const mostChoices = 8;

/** An image that may belong to a mask. */
export interface Candidate {
  readonly id: number;
  /** Its path, with the name of the added folder in front. */
  readonly full: string;
  /** Still on disk. */
  readonly here: boolean;
  readonly modifiedMs: number;
}

/** What was captured in a mask's path, and the images that stand where these captures point to. */
export interface Found<T extends Candidate> {
  readonly captures: Captures;
  readonly candidates: readonly T[];
}

export interface Choice<T extends Candidate> {
  readonly image: T;
  /** What speaks for it, the weightiest first. */
  readonly reasons: readonly PairReason[];
}

/** What one rule makes of a mask. */
export type Decision<T extends Candidate> =
  | { readonly what: 'nothing' }
  | { readonly what: 'joined'; readonly images: readonly T[] }
  | { readonly what: 'open'; readonly why: PairWhy; readonly choices: readonly Choice<T>[] };

interface Fit<T extends Candidate> {
  readonly image: T;
  /** How much text mask and image have in common by the rule. */
  readonly shared: number;
  readonly isDoubtful: boolean;
}

const nothing = { what: 'nothing' } as const;

/**
 * Decides about one mask by one rule. Joined are: the image with the longest text in common; of several such, the one
 * that is still on disk, then the one with the mask's extension; with `{all}` every image. Several that fit equally,
 * and a mask whose `*` holds a number of its own (`a_2_mask` may belong to an `a_2` that is not here, not to `a`), are
 * left open for a person, the likeliest image first. The order of what is given does not matter.
 */
export function decide<T extends Candidate>(
  rule: CompiledRule,
  mask: { readonly full: string; readonly modifiedMs: number },
  found: readonly Found<T>[],
): Decision<T> {
  const fits = fitsOf(rule, found);
  if (fits.length === 0) return nothing;
  const longest = Math.max(...fits.map(({ shared }) => shared));
  const best = fits.filter(({ shared }) => shared === longest);
  if (hasStar(rule.image, 'all')) {
    if (best.length > mostOfAStack) return nothing;
    return { what: 'joined', images: best.map(({ image }) => image).sort(byPath) };
  }
  if (hasStar(rule.image, 'any', 'sure') && best.length > 1) return byStar(best, mask);
  const top = equals(best, mask.full);
  const [only] = top;
  if (only && top.length === 1 && !only.isDoubtful) return { what: 'joined', images: [only.image] };
  const why: PairWhy = top.length > 1 ? 'several' : 'number';
  return { what: 'open', why, choices: ranked(fits, mask, why) };
}

/** Several images fit by chance of a `*`: none is joined, and those with another number in the name are not meant. */
function byStar<T extends Candidate>(
  best: readonly Fit<T>[],
  mask: { readonly full: string; readonly modifiedMs: number },
): Decision<T> {
  if (best.length > mostByStar) return nothing;
  const number = lastNumber(mask.full);
  const possible = best.filter(({ image }) => {
    const other = lastNumber(image.full);
    return number === null || other === null || number === other;
  });
  if (possible.length === 0) return nothing;
  return { what: 'open', why: 'several', choices: ranked(possible, mask, 'several') };
}

function lastNumber(path: string): string | null {
  const { stem } = splitExtension(path.slice(path.lastIndexOf('/') + 1));
  return (
    stem
      .match(/\d+/g)
      ?.at(-1)
      ?.replace(/^0+(?=\d)/, '') ?? null
  );
}

/** Those that nothing tells apart: on disk if any is, and of the mask's extension if just one is. */
function equals<T extends Candidate>(best: readonly Fit<T>[], mask: string): readonly Fit<T>[] {
  const here = best.filter(({ image }) => image.here);
  const among = here.length > 0 ? here : best;
  const alike = among.filter(({ image }) => extensionOf(image.full) === extensionOf(mask));
  return alike.length === 1 ? alike : among;
}

function fitsOf<T extends Candidate>(rule: CompiledRule, found: readonly Found<T>[]): Fit<T>[] {
  const fits = new Map<number, Fit<T>>();
  for (const { captures, candidates } of found) {
    const known = new Map([...captures].filter(([name]) => rule.image.shared.has(name)));
    const shared = [...known.values()].reduce((sum, text) => sum + text.length, 0);
    const isDoubtful = holdsNumber(rule.mask, captures);
    for (const image of candidates) {
      const before = fits.get(image.id);
      if (before && (before.shared > shared || (before.shared === shared && !before.isDoubtful))) continue;
      if (matchPattern(rule.image, image.full, known).length === 0) continue;
      fits.set(image.id, { image, shared, isDoubtful });
    }
  }
  return [...fits.values()];
}

/** A number that stands on its own in the text of a `*` beside a shared name: it may be part of that name. */
export function holdsNumber(pattern: Pattern, captures: Captures): boolean {
  return pattern.segments.some(({ pieces }) => {
    if (!pieces.some(({ what }) => what === 'name')) return false;
    return pieces.some(
      (piece) =>
        piece.what === 'star' &&
        piece.kind === 'any' &&
        /(?:^|[^\p{L}\p{N}])\p{N}+(?:[^\p{L}\p{N}]|$)/u.test(captures.get(piece.name) ?? ''),
    );
  });
}

interface Weighed<T extends Candidate> {
  readonly image: T;
  readonly weights: Readonly<Record<PairReason, number>>;
}

const order: readonly PairReason[] = [
  'on-disk',
  'longest-name',
  'same-extension',
  'full-format',
  'nearest-folder',
  'newest',
];
/** What pictures for a quick look are saved as; the image itself rarely is. */
const previews = new Set(['jpg', 'jpeg', 'png', 'gif', 'bmp', 'webp']);

/** The likeliest images first, each with what sets it above those that follow. */
function ranked<T extends Candidate>(
  fits: readonly Fit<T>[],
  mask: { readonly full: string; readonly modifiedMs: number },
  why: PairWhy,
): Choice<T>[] {
  const weighed = fits.map(
    ({ image, shared }): Weighed<T> => ({
      image,
      weights: {
        'on-disk': image.here ? 1 : 0,
        'longest-name': shared,
        'same-extension': extensionOf(image.full) === extensionOf(mask.full) ? 1 : 0,
        'full-format': previews.has(extensionOf(image.full)) ? 0 : 1,
        'nearest-folder': commonFolders(image.full, mask.full),
        // Files copied together differ by less.
        newest: Math.floor(image.modifiedMs / 60_000),
        'only-one': 0,
      },
    }),
  );
  weighed.sort((a, b) => {
    for (const reason of order) {
      const difference = b.weights[reason] - a.weights[reason];
      if (difference !== 0) return difference;
    }
    return byPath(a.image, b.image);
  });
  return weighed.slice(0, mostChoices).map(({ image, weights }, place) => {
    const after = weighed.slice(place + 1);
    const reasons = order.filter((reason) => after.some((other) => other.weights[reason] < weights[reason]));
    return { image, reasons: why === 'number' && weighed.length === 1 ? ['only-one'] : reasons };
  });
}

function extensionOf(path: string): string {
  return foldCase(splitExtension(path.slice(path.lastIndexOf('/') + 1)).extension);
}

/** Folders that two paths share from the root on. */
export function commonFolders(a: string, b: string): number {
  const [x, y] = [a.split('/').slice(0, -1), b.split('/').slice(0, -1)];
  let common = 0;
  while (common < x.length && x[common] === y[common]) common++;
  return common;
}

function byPath(a: Candidate, b: Candidate): number {
  if (a.full === b.full) return a.id - b.id;
  return a.full < b.full ? -1 : 1;
}
