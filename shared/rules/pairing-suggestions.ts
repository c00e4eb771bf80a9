import { splitExtension } from './file-kinds.ts';
import { commonFolders } from './pairing-decision.ts';
import { matchPattern, targetsOf } from './pairing-matching.ts';
import { type CompiledRule, compileRule, foldCase, PatternFault } from './pairing-patterns.ts';
import { folderOf } from './pairing-proposals.ts';

export interface Suggestion {
  readonly image: string;
  readonly mask: string;
  /** Of the masks given, how many it would give an image. */
  readonly matches: number;
  readonly examples: readonly { readonly image: string; readonly mask: string }[];
}

const MOST_SUGGESTIONS = 6;
/** One pair is no rule: any two names have something in common. */
const LEAST_PAIRS = 2;
const MOST_EXAMPLES = 5;
/** Folders of images that are compared with one folder of masks. */
const MOST_NEAR = 4;
const MOST_FOLDERS = 24;

/**
 * Rules that would pair masks with images, by what the names of two folders have in common: the same text between
 * different beginnings and endings, or the same number, also with other zeros or counted from another start. The one
 * that pairs most comes first, of equals the shorter one; one that pairs nothing more than those before is left out. Paths begin with the name of the added folder.
 */
export function suggestRules(maskPaths: readonly string[], imagePaths: readonly string[]): Suggestion[] {
  // In an order of their own, so that the order in which files were found does not matter.
  const [masks, images] = [maskPaths.toSorted(), imagePaths.toSorted()];
  const byKey = keysOf(images);
  const imageFolders = byFolder(images);
  const written = new Map<string, readonly [image: string, mask: string]>();
  for (const [folder, group] of [...byFolder(masks)].slice(0, MOST_FOLDERS)) {
    const near = [...imageFolders.keys()]
      .sort(
        (a, b) =>
          commonFolders(`${b}/`, `${folder}/`) - commonFolders(`${a}/`, `${folder}/`) || (a < b ? -1 : 1),
      )
      .slice(0, MOST_NEAR);
    for (const other of near) {
      const places = folderPatterns(folder, other);
      if (!places) continue;
      for (const names of namePatterns(stemsOf(group), stemsOf(imageFolders.get(other) ?? []))) {
        const rule = [`${places.image}${names.image}.{ext}`, `${places.mask}${names.mask}.{ext}`] as const;
        written.set(rule.join('\0'), rule);
      }
    }
  }
  const found = [...written.values()]
    .flatMap(([image, mask]) => tried(image, mask, masks, byKey))
    .sort(
      (a, b) =>
        b.pairs.size - a.pairs.size ||
        a.image.length + a.mask.length - (b.image.length + b.mask.length) ||
        (a.image + a.mask < b.image + b.mask ? -1 : 1),
    );
  const paired = new Set<string>();
  const kept: Suggestion[] = [];
  for (const { image, mask, pairs } of found) {
    const isNew = [...pairs.keys()].some((path) => !paired.has(path));
    if (!isNew || kept.length >= MOST_SUGGESTIONS) continue;
    for (const path of pairs.keys()) paired.add(path);
    const examples = [...pairs].slice(0, MOST_EXAMPLES).map(([of, one]) => ({ image: one, mask: of }));
    kept.push({ image, mask, matches: pairs.size, examples });
  }
  return kept;
}

interface Tried {
  readonly image: string;
  readonly mask: string;
  /** Image by mask. */
  readonly pairs: ReadonlyMap<string, string>;
}

function tried(
  image: string,
  mask: string,
  masks: readonly string[],
  byKey: ReadonlyMap<string, string>,
): Tried[] {
  let rule: CompiledRule;
  try {
    rule = compileRule({ id: 'suggestion', image, mask });
  } catch (error) {
    if (error instanceof PatternFault) return [];
    throw error;
  }
  const pairs = new Map<string, string>();
  for (const path of masks) {
    const found = matchPattern(rule.mask, path)
      .flatMap((captures) => targetsOf(rule.image, captures))
      .map(({ text }) => byKey.get(text))
      .find((one) => one !== undefined);
    if (found !== undefined) pairs.set(path, found);
  }
  return pairs.size < LEAST_PAIRS ? [] : [{ image, mask, pairs }];
}

function keysOf(images: readonly string[]): Map<string, string> {
  const keys = new Map<string, string>();
  for (const path of images) {
    const key = `${folderOf(path)}/${stemOf(path)}`;
    keys.set(foldCase(key.startsWith('/') ? key.slice(1) : key), path);
  }
  return keys;
}

function byFolder(paths: readonly string[]): Map<string, string[]> {
  const folders = new Map<string, string[]>();
  for (const path of [...paths].sort()) {
    const folder = folderOf(path);
    const group = folders.get(folder);
    if (group) group.push(path);
    else folders.set(folder, [path]);
  }
  return folders;
}

const stemsOf = (paths: readonly string[]) => paths.map(stemOf);

function stemOf(path: string): string {
  return splitExtension(path.slice(path.lastIndexOf('/') + 1)).stem;
}

/** What stands before the names: folders above that are the same, then what differs, then what is the same again. */
function folderPatterns(mask: string, image: string): { image: string; mask: string } | null {
  if (mask === image) return { image: '{dirs}', mask: '{dirs}' };
  const [m, i] = [mask.split('/'), image.split('/')];
  let above = 0;
  while (above < Math.min(m.length, i.length) && m[above] === i[above]) above++;
  let below = 0;
  while (below < Math.min(m.length, i.length) - above && m.at(-1 - below) === i.at(-1 - below)) below++;
  const between = (parts: readonly string[]) => parts.slice(above, parts.length - below);
  if ([...between(m), ...between(i)].some((part) => !isLiteral(part))) return null;
  const written = (parts: readonly string[]) =>
    `{dirs}${between(parts)
      .map((part) => `${part}/`)
      .join('')}`;
  // Folders that are the same below another folder need something to stand below.
  const hasBelow = below > 0 && between(m).length > 0 && between(i).length > 0;
  if (below > 0 && !hasBelow) return null;
  return { image: written(i) + (hasBelow ? '{below}' : ''), mask: written(m) + (hasBelow ? '{below}' : '') };
}

interface Names {
  readonly image: string;
  readonly mask: string;
}

function namePatterns(masks: readonly string[], images: readonly string[]): Names[] {
  return [...affixPatterns(masks, images), ...numberPatterns(masks, images)].filter(
    ({ image, mask }) => image !== '' && mask !== '',
  );
}

/** Beginnings and endings that all names of a side share, around a text that both sides share. */
function affixPatterns(masks: readonly string[], images: readonly string[]): Names[] {
  const found: Names[] = [];
  for (const mask of affixes(masks)) {
    for (const image of affixes(images)) {
      const before = commonEnd(mask.before, image.before);
      const after = commonStart(mask.after, image.after);
      const of = (side: Affixes) =>
        `${side.before.slice(0, side.before.length - before)}{x}${side.after.slice(after)}`;
      if (![mask.before, mask.after, image.before, image.after].every(isLiteral)) continue;
      found.push({ mask: of(mask), image: of(image) });
    }
  }
  return found;
}

interface Affixes {
  readonly before: string;
  readonly after: string;
}

/** What all names begin and end with, cut back to whole numbers; and nothing, for names that are whole on one side. */
function affixes(names: readonly string[]): Affixes[] {
  const [first = ''] = names;
  if (names.length < 2) return [{ before: '', after: '' }];
  let start = Math.min(...names.map((name) => commonStart(first, name)));
  let end = Math.min(...names.map((name) => commonEnd(first, name)));
  while (start > 0 && isDigit(first, start - 1)) start--;
  while (end > 0 && isDigit(first, first.length - end)) end--;
  const shortest = Math.min(...names.map(({ length }) => length));
  end = Math.min(end, Math.max(0, shortest - start - 1));
  const whole = { before: first.slice(0, start), after: first.slice(first.length - end) };
  const isBare = whole.before === '' && whole.after === '';
  return isBare ? [whole] : [whole, { before: '', after: '' }];
}

interface Numbered {
  readonly before: string;
  readonly after: string;
  readonly number: number;
}

/** Names that are the same but for one number; counted from another start on the other side, perhaps. */
function numberPatterns(masks: readonly string[], images: readonly string[]): Names[] {
  const found: Names[] = [];
  for (const slot of [0, 1]) {
    const m = numbered(masks, slot);
    for (const otherSlot of [0, 1]) {
      const i = numbered(images, otherSlot);
      if (!m || !i) continue;
      const offsets = new Set([0, m.least - i.least]);
      for (const offset of offsets) {
        const number = offset === 0 ? '{#n}' : `{#n${offset > 0 ? '+' : ''}${offset}}`;
        found.push({ mask: m.before + number + m.after, image: `${i.before}{#n}${i.after}` });
      }
    }
  }
  return found;
}

/** The names around one of their numbers, counted from the end; of several shapes the most frequent one. */
function numbered(
  names: readonly string[],
  slot: number,
): { before: string; after: string; least: number } | null {
  const shapes = new Map<string, Numbered[]>();
  for (const name of names) {
    const numbers = [...name.matchAll(/\d{1,9}/g)];
    const at = numbers.at(-1 - slot);
    if (!at) continue;
    const before = name.slice(0, at.index);
    const after = name.slice(at.index + at[0].length);
    if (!isLiteral(before) || !isLiteral(after)) continue;
    const key = `${before}\0${after}`;
    const shape = shapes.get(key) ?? [];
    shape.push({ before, after, number: Number(at[0]) });
    shapes.set(key, shape);
  }
  const [best] = [...shapes.values()].sort((a, b) => b.length - a.length);
  const [first] = best ?? [];
  if (!best || !first) return null;
  return { before: first.before, after: first.after, least: Math.min(...best.map(({ number }) => number)) };
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

function commonEnd(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a.at(-1 - length) === b.at(-1 - length)) length++;
  return length;
}

function isDigit(text: string, at: number): boolean {
  return /\d/.test(text[at] ?? '');
}

/** Text that means itself in a pattern. */
function isLiteral(text: string): boolean {
  return !/[{}*/]/.test(text);
}
