import type { SkipRule } from '../model/walk.ts';

/** Names of a Zarr store's own metadata (Zarr v2: `.z…`, v3: `zarr.json`). They are data: no rule leaves them out. */
export const zarrData: readonly string[] = ['.zattrs', '.zgroup', '.zarray', '.zmetadata', 'zarr.json'];

/** The rules of a new submission. */
export const defaultSkipRules: readonly SkipRule[] = [
  {
    id: 'system',
    pattern:
      '{.DS_Store|._*|__MACOSX|.Spotlight-V100|.Trashes|.fseventsd|Thumbs.db|ehthumbs.db|desktop.ini|$RECYCLE.BIN|System Volume Information}',
    reason: 'made by the operating system',
    enabled: true,
  },
  {
    id: 'server',
    pattern: '{@eaDir|#recycle|#snapshot|.snapshot|.snapshots|~snapshot|lost+found}',
    reason: 'made by a file server',
    enabled: true,
  },
  { id: 'office', pattern: '~$*', reason: 'lock file of an office program', enabled: true },
  { id: 'hidden', pattern: '.*', reason: 'hidden', enabled: true },
];

/** Alternatives of one pattern, written out, and of all patterns of a submission. */
const MOST_ALTERNATIVES = 200;
const MOST_PATTERNS = 2000;

/** Thrown for a pattern that is none; the message says why, for the person who wrote it. */
export class SkipPatternFault extends Error {
  override readonly name = 'SkipPatternFault';
}

/** One alternative of a pattern, cut at `/`; small letters. */
interface Glob {
  readonly segments: readonly string[];
  /** True when it is a path below the added folder; false when it is a name in any folder. */
  readonly isPath: boolean;
}

/** Reads a pattern. Throws {@link SkipPatternFault}. */
export function readSkipPattern(text: string): readonly Glob[] {
  const pattern = fold(text.trim().replaceAll('\\', '/'));
  if (pattern === '') throw new SkipPatternFault('The pattern is empty.');
  return alternativesOf(pattern, text).map((one) => {
    const isPath = one.replace(/\/+$/, '').includes('/');
    const segments = one.replace(/^\/|\/$/g, '').split('/');
    if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
      throw new SkipPatternFault(`“${text}” has an empty part, or one that is only dots.`);
    }
    if (segments.some((segment) => segment.includes('**') && segment !== '**')) {
      throw new SkipPatternFault(`** stands for whole folders, between slashes: “${text}”.`);
    }
    if (segments.every((segment) => /^[*?]+$/.test(segment))) {
      throw new SkipPatternFault(`“${text}” leaves out everything.`);
    }
    return { segments, isPath };
  });
}

/** What is wrong with a pattern, in a sentence; null when it can be used. */
export function skipPatternFault(text: string): string | null {
  try {
    readSkipPattern(text);
    return null;
  } catch (error) {
    if (error instanceof SkipPatternFault) return error.message;
    throw error;
  }
}

/** Writes out `{a|b}`. Braces do not stand in one another. */
function alternativesOf(pattern: string, shown: string): string[] {
  let all = [''];
  for (const [token] of pattern.matchAll(/\{[^{}]*\}|[^{}]+|[{}]/g)) {
    if (token === '{' || token === '}')
      throw new SkipPatternFault(`A brace is not closed, or stands in another: “${shown}”.`);
    const words = token.startsWith('{') ? token.slice(1, -1).split('|') : [token];
    if (words.length * all.length > MOST_ALTERNATIVES) {
      throw new SkipPatternFault(`“${shown}” stands for more than ${MOST_ALTERNATIVES} patterns.`);
    }
    all = all.flatMap((begun) => words.map((word) => begun + word));
  }
  return all;
}

/** Which rule leaves out a name in a folder (`''` or `a/b/`, below the added one); null for none. */
export type SkipTest = (folder: string, name: string) => SkipRule | null;

/**
 * Puts the enabled rules together into one question, which is asked for every name of a walk: most names are answered
 * by their first character. Patterns that are none are passed over. When several rules fit, the first one is meant.
 */
export function compileSkipRules(rules: readonly SkipRule[]): SkipTest {
  const exact = new Map<string, number>();
  const open: { readonly at: number; readonly segment: string }[] = [];
  const paths: { readonly at: number; readonly segments: readonly string[] }[] = [];
  const begins = new Uint32Array(128);
  let count = 0;
  for (const [at, rule] of rules.entries()) {
    if (!rule.enabled) continue;
    for (const { segments, isPath } of globsOf(rule)) {
      if (++count > MOST_PATTERNS) break;
      const [segment = ''] = segments;
      if (isPath) paths.push({ at, segments });
      else if (!/[*?]/.test(segment)) exact.set(segment, Math.min(at, exact.get(segment) ?? at));
      else open.push({ at, segment });
      if (!isPath) markFirst(begins, segment);
    }
  }
  return (folder, name) => {
    let found = rules.length;
    const code = name.charCodeAt(0);
    const lengths = begins[code] ?? ANY_LENGTH;
    // The second one may be a mark on the first.
    if ((lengths >>> (name.length & 31)) & 1 || name.charCodeAt(1) > 127) {
      const folded = fold(name);
      found = exact.get(folded) ?? found;
      for (const { at, segment } of open) if (at < found && fits(segment, folded)) found = at;
    }
    if (paths.length > 0) {
      const segments = fold(folder + name).split('/');
      for (const one of paths) {
        if (one.at < found && fitsPath(one.segments, segments)) found = one.at;
      }
    }
    const rule = rules[found];
    return rule === undefined || zarrData.includes(name) ? null : rule;
  };
}

function globsOf(rule: SkipRule): readonly Glob[] {
  try {
    return readSkipPattern(rule.pattern);
  } catch (error) {
    if (error instanceof SkipPatternFault) return [];
    throw error;
  }
}

const ANY_LENGTH = 0xffff_ffff;

/**
 * Notes with which characters a name that fits can begin, capitals too, and how long it is then: a bit for each
 * length, by its last five bits.
 */
function markFirst(begins: Uint32Array, segment: string): void {
  const [first = ''] = segment;
  if (first === '*' || first === '?') begins.fill(ANY_LENGTH);
  const isExact = /^[\x20-\x7e]+$/.test(segment) && !/[*?]/.test(segment);
  const lengths = isExact ? 1 << (segment.length & 31) : ANY_LENGTH;
  for (const letter of [first, first.toUpperCase()]) {
    const code = letter.charCodeAt(0);
    if (code < 128) begins[code] = (begins[code] ?? 0) | lengths;
  }
}

/** Which rule leaves out a file of the index: by its own name or that of a folder above it. `path` is not ''. */
export function skippedByRule(test: SkipTest, path: string): SkipRule | null {
  for (let from = 0; ; ) {
    const slash = path.indexOf('/', from);
    const rule = test(path.slice(0, from), slash < 0 ? path.slice(from) : path.slice(from, slash));
    if (rule !== null || slash < 0) return rule;
    from = slash + 1;
  }
}

/** Small letters; letters with marks in one way of writing them, for disks of Macs and of others differ in that. */
function fold(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text.toLowerCase() : text.normalize('NFC').toLowerCase();
}

/** Whether a name fits `*` and `?`; takes at most the product of both lengths, whatever the pattern. */
function fits(pattern: string, name: string): boolean {
  let at = 0;
  let inName = 0;
  let star = -1;
  let after = 0;
  while (inName < name.length) {
    const wanted = pattern[at];
    if (wanted === '*') {
      star = at++;
      after = inName;
    } else if (wanted !== undefined && (wanted === '?' || wanted === name[inName])) {
      at++;
      inName++;
    } else if (star >= 0) {
      at = star + 1;
      inName = ++after;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

/** The same for paths: `**` stands for any number of folders. */
function fitsPath(pattern: readonly string[], segments: readonly string[]): boolean {
  let at = 0;
  let inPath = 0;
  let star = -1;
  let after = 0;
  while (inPath < segments.length) {
    const wanted = pattern[at];
    if (wanted === '**') {
      star = at++;
      after = inPath;
    } else if (wanted !== undefined && fits(wanted, segments[inPath] ?? '')) {
      at++;
      inPath++;
    } else if (star >= 0) {
      at = star + 1;
      inPath = ++after;
    } else return false;
  }
  // `a/**` is what lies in a, not a itself.
  return at === pattern.length;
}
