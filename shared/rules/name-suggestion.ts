import { byteLength, nameTroubles } from './remote-names.ts';

/** Letters that do not fall apart into a plain letter and a mark. Left out: whatever Unicode's NFKD form handles. */
const LETTERS: Readonly<Record<string, string>> = {
  µ: 'u',
  μ: 'u',
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ł: 'l',
  Ł: 'L',
  ı: 'i',
  ŋ: 'ng',
  Ŋ: 'Ng',
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'epsilon',
  ζ: 'zeta',
  η: 'eta',
  θ: 'theta',
  ι: 'iota',
  κ: 'kappa',
  λ: 'lambda',
  ν: 'nu',
  ξ: 'xi',
  ο: 'o',
  π: 'pi',
  ρ: 'rho',
  σ: 'sigma',
  ς: 'sigma',
  τ: 'tau',
  υ: 'upsilon',
  φ: 'phi',
  χ: 'chi',
  ψ: 'psi',
  ω: 'omega',
  Γ: 'Gamma',
  Δ: 'Delta',
  Θ: 'Theta',
  Λ: 'Lambda',
  Ξ: 'Xi',
  Π: 'Pi',
  Σ: 'Sigma',
  Φ: 'Phi',
  Ψ: 'Psi',
  Ω: 'Omega',
  '×': 'x',
  '°': 'deg',
  '±': '+',
  '€': 'EUR',
  '£': 'GBP',
  '©': '(c)',
  '®': '(r)',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '“': "'",
  '”': "'",
  '„': "'",
  '«': "'",
  '»': "'",
  '′': "'",
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  '·': '-',
  '•': '-',
  '⁄': '-',
};

/** The replacements that the archive's own upload page makes (submission-tool, check of names at upload). */
const REPLACEMENTS: Readonly<Record<string, string>> = {
  '&': 'Et',
  $: 'S',
  '@': 'A',
  '+': '--',
  '"': "'",
  '|': 'I',
  '=': '-',
  ';': '-',
  ':': '-',
  ',': '-',
  '?': '-',
  '\\': '-',
  '^': '-',
  '%': '-',
  '`': '-',
  '~': '-',
  '#': '-',
  '{': '(',
  '[': '(',
  '<': '(',
  '}': ')',
  ']': ')',
  '>': ')',
};

const MAX_SEGMENT = 255;

/**
 * The name to send a file under when its own is not allowed: accents dropped, Greek letters spelled, the archive's
 * replacement table, blanks collapsed, slashes in order. A letter of a script that cannot be spelled so becomes its
 * code (`u6f22`), because dropping it would make different names the same. The result breaks no `must` rule and no
 * rule on blanks in a row or length of a name; suggesting twice changes nothing; a good path stays as it is.
 */
export function suggestName(path: string): string {
  let before: string;
  let after = path;
  do {
    before = after;
    const segments = before
      .split('/')
      .map(plainSegment)
      .filter((name) => name !== '' && !/^\.{1,2}$/.test(name));
    const last = segments.length - 1;
    after = segments
      .map((name, at) => (at < last ? name.replace(/[. ]*\.\.$/, '') : name))
      .map(shortSegment)
      .join('/');
  } while (after !== before);
  return after === '' ? 'unnamed' : after;
}

function plainSegment(segment: string): string {
  const plain = plainLetters(segment);
  // A name that was to be seen must not become a hidden one.
  return segment.startsWith('.') ? plain : plain.replace(/^[. ]+/, '');
}

function plainLetters(segment: string): string {
  return spelled(segment)
    .replace(/[^\p{ASCII}]/gu, (character) => `u${(character.codePointAt(0) ?? 0).toString(16)}`)
    .replace(/\p{Cc}/gu, '')
    .replace(/[^0-9A-Za-z!\-_*'(). ]/g, (character) => REPLACEMENTS[character] ?? '-')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** Spells what can be spelled in plain letters; decomposed first, so that both ways to store an accent give the same. */
function spelled(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cf}\p{Cs}]/gu, '')
    .replace(/[^\p{ASCII}]/gu, (character) => {
      const known = LETTERS[character];
      if (known !== undefined) return known;
      const parts = character.normalize('NFKD').replace(/\p{M}/gu, '');
      return [...parts]
        .map((part) => LETTERS[part] ?? part)
        .join('')
        .replaceAll('/', '-');
    });
}

/** Cuts a name that is too long, keeps its ending, and adds a hash of the whole so that two cut names stay two. */
function shortSegment(segment: string): string {
  if (byteLength(segment) <= MAX_SEGMENT) return segment;
  const ending = splitEnding(segment).ending.slice(-40);
  const hash = fingerprint(segment);
  return `${segment.slice(0, MAX_SEGMENT - ending.length - hash.length - 1).trimEnd()}-${hash}${ending}`;
}

/** FNV-1a, 32 bits, as eight hexadecimal digits: enough to tell names of one folder apart. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** Parts a path before its file ending; `.ome.tif`, `.ome.zarr` and `.nii.gz` count as one ending. */
export function splitEnding(path: string): { stem: string; ending: string } {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const ending = /(?<=[^.].*)(?:\.ome|\.nii|\.tar)?\.[0-9A-Za-z]{1,10}$/i.exec(name)?.[0] ?? '';
  return { stem: path.slice(0, path.length - ending.length), ending };
}

/** Paths that are given away already, asked in lower case: names that differ only in case are one on many computers. */
export interface TakenNames {
  /** A file has this path. */
  isFile(lowerCasePath: string): boolean;
  /** Files lie below this path. */
  isFolder(lowerCasePath: string): boolean;
}

/**
 * A free path as near to the one wanted as can be: `a.tif`, else `a-2.tif`, `a-3.tif`, … A folder that is already
 * the name of a file is counted up in the same way.
 */
export function freeName(wanted: string, taken: TakenNames): string {
  const segments = wanted.split('/');
  const last = segments.length - 1;
  let path = '';
  for (const [at, segment] of segments.entries()) {
    const free = (name: string) => {
      const candidate = `${path}${name}`.toLowerCase();
      return !taken.isFile(candidate) && !(at === last && taken.isFolder(candidate));
    };
    path += `${counted(segment, free)}${at === last ? '' : '/'}`;
  }
  return path;
}

function counted(name: string, free: (name: string) => boolean): string {
  const { stem, ending } = splitEnding(name);
  let candidate = name;
  for (let number = 2; !free(candidate); number++) candidate = suggestName(`${stem}-${number}${ending}`);
  return candidate;
}

/** Names in memory that are given away one by one; for sets that are small by nature. */
export class NameSet implements TakenNames {
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();

  isFile(lowerCasePath: string): boolean {
    return this.#files.has(lowerCasePath);
  }

  isFolder(lowerCasePath: string): boolean {
    return this.#folders.has(lowerCasePath);
  }

  take(path: string): void {
    const lower = path.toLowerCase();
    this.#files.add(lower);
    for (let at = lower.indexOf('/'); at >= 0; at = lower.indexOf('/', at + 1))
      this.#folders.add(lower.slice(0, at));
  }
}

/** Suggestions for a small set at once, none of which clash with each other; good paths come first and mostly stay. */
export function suggestNames(paths: readonly string[]): string[] {
  const taken = new NameSet();
  const result = new Map<number, string>();
  const settle = (at: number, wanted: string) => {
    const free = freeName(wanted, taken);
    taken.take(free);
    result.set(at, free);
  };
  const good = (path: string) => nameTroubles(path).every((rule) => rule.level === 'may');
  for (const [at, path] of paths.entries()) if (good(path)) settle(at, path);
  for (const [at, path] of paths.entries()) if (!result.has(at)) settle(at, suggestName(path));
  return paths.map((path, at) => result.get(at) ?? path);
}
