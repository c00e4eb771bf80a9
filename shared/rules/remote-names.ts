import type { FindingLevel } from '../model/finding.ts';

/**
 * What the archive's server accepts as a path in a file list, as a `File`, and as the name of a list (BioStudies
 * backend, FileSourcesList.kt, FileSourcesList pattern).
 */
export const BACKEND_PATTERN = /^(?!\.\/)(?!.*\/$)(?!.*\.\.\/)[0-9A-Za-z!\-_*'(). /]+$/;

/** True when the server takes the path. It takes more than is good: see {@link nameTroubles}. */
export function serverAccepts(path: string): boolean {
  return BACKEND_PATTERN.test(path);
}

/** A rule that the remote path of one file may break. */
export interface NameRule {
  readonly id: string;
  readonly level: FindingLevel;
  /** The cause, to be read after a number: `1 name contains +`, `1,204 names contain +`. */
  readonly title: { readonly one: string; readonly many: string };
  readonly reason: string;
  readonly source: string;
}

const BACKEND = 'BioStudies backend, FileSourcesList pattern';
const NAME_HELP = 'BioImage Archive file-list guide, naming rules';
const REFUSED = 'The archive refuses the whole submission when a path holds a character outside its list.';

/** Printable ASCII that the pattern leaves out, by the word that stands for it in a rule's id. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  '"': 'double-quote',
  '#': 'hash',
  $: 'dollar',
  '%': 'percent',
  '&': 'ampersand',
  '+': 'plus',
  ',': 'comma',
  ':': 'colon',
  ';': 'semicolon',
  '<': 'less-than',
  '=': 'equals',
  '>': 'greater-than',
  '?': 'question-mark',
  '@': 'at',
  '[': 'left-bracket',
  '\\': 'backslash',
  ']': 'right-bracket',
  '^': 'caret',
  '`': 'backtick',
  '{': 'left-brace',
  '|': 'bar',
  '}': 'right-brace',
  '~': 'tilde',
};

const names = (verb: string, verbs: string, rest: string) => ({
  one: `name ${verb} ${rest}`,
  many: `names ${verbs} ${rest}`,
});

function must(id: string, title: NameRule['title'], reason: string, source: string): NameRule {
  return { id, level: 'must', title, reason, source };
}

const characterRules: Readonly<Record<string, NameRule>> = Object.fromEntries(
  Object.entries(FORBIDDEN).map(([character, word]) => [
    character,
    must(`name-${word}`, names('contains', 'contain', character), REFUSED, BACKEND),
  ]),
);

const other = {
  notAscii: must(
    'name-not-ascii',
    names('has', 'have', 'letters or signs outside plain English ones'),
    `${REFUSED} Accented letters, Greek letters and µ are outside it, in whatever way they are stored.`,
    BACKEND,
  ),
  control: must('name-control', names('has', 'have', 'invisible control characters'), REFUSED, BACKEND),
  empty: must(
    'name-empty',
    { one: 'file has no name at the archive', many: 'files have no name at the archive' },
    'A file list row without a path is refused.',
    'BioStudies backend, file-list reader: "File Path is required"',
  ),
  parent: must(
    'name-parent',
    names('leads', 'lead', 'out of its folder (..)'),
    'The archive refuses "../" anywhere in a path. A ".." at the end slips through its check and points elsewhere.',
    BACKEND,
  ),
  slashes: must(
    'name-slashes',
    names('has', 'have', 'a slash or dot too many'),
    'A slash at an edge, two in a row, or a "." between two are refused or lead to a file that is not found.',
    `${BACKEND}; ${NAME_HELP}`,
  ),
  edgeBlank: must(
    'name-edge-blank',
    names('begins or ends', 'begin or end', 'with a blank'),
    'The server lets such names pass, but the archive does not support them: the file is not found later.',
    NAME_HELP,
  ),
  doubleBlank: {
    id: 'name-double-blank',
    level: 'should',
    title: names('has', 'have', 'several blanks in a row'),
    reason: "The archive's own upload page renames such files, and people who copy the name lose a blank.",
    source: 'BioStudies submission tool, check of names at upload',
  },
  blank: {
    id: 'name-blank',
    level: 'may',
    title: names('contains', 'contain', 'a blank'),
    reason: "The server takes single blanks; the archive's list of allowed characters does not name them.",
    source: `${NAME_HELP}; ${BACKEND}`,
  },
  longSegment: {
    id: 'name-long',
    level: 'should',
    title: names('is', 'are', 'longer than 255 characters'),
    reason: 'Most file systems hold at most 255 bytes a name, so people could not download the file.',
    source: 'Practice of file systems; the archive names no limit',
  },
  longPath: {
    id: 'name-long-path',
    level: 'should',
    title: { one: 'path is longer than 1,024 characters', many: 'paths are longer than 1,024 characters' },
    reason: "Object stores such as the archive's hold at most 1,024 bytes a path.",
    source: 'Practice of object stores; the archive names no limit',
  },
  hidden: {
    id: 'name-hidden',
    level: 'should',
    title: { one: 'hidden or system file would be sent', many: 'hidden or system files would be sent' },
    reason: 'Such files belong to the computer, not to the data. The archive would keep and publish them.',
    source: 'BioStudies submission tool, which skips hidden files at upload',
  },
  quoteOrStar: {
    id: 'name-quote-or-star',
    level: 'should',
    title: names('contains', 'contain', "' or *"),
    reason: 'The archive takes them, but the chunked transfer advises against these characters in names.',
    source: 'IBM Aspera ascp documentation, characters to avoid in names',
  },
} as const satisfies Record<string, NameRule>;

/** Every rule of this page, in the order in which troubles are reported. */
export const nameRules: readonly NameRule[] = [...Object.values(characterRules), ...Object.values(other)];

const HIDDEN = /^(?:\.[^.].*|thumbs\.db|desktop\.ini|__macosx|\$recycle\.bin)$/i;
const encoder = new TextEncoder();

/** UTF-8 length of a text. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/**
 * Everything that is wrong with one remote path, what only Slipway can catch included. `chunked`: it will go by
 * chunked transfer. An empty list means: send it like this. Names that clash with others are not seen here.
 */
export function nameTroubles(path: string, options: { chunked?: boolean } = {}): NameRule[] {
  if (path === '') return [other.empty];
  const found: NameRule[] = [];
  for (const character of new Set(path)) {
    const rule = characterRules[character];
    if (rule) found.push(rule);
  }
  if (/[^\p{ASCII}]/u.test(path)) found.push(other.notAscii);
  if (/[\p{Cc}--[\u0080-\u009F]]/v.test(path)) found.push(other.control);
  const segments = path.split('/');
  const last = segments.length - 1;
  if (segments.some((name, at) => name === '..' || (at < last && name.endsWith('..'))))
    found.push(other.parent);
  if (segments.some((name) => name === '' || name === '.')) found.push(other.slashes);
  if (segments.some((name) => name.startsWith(' ') || name.endsWith(' '))) found.push(other.edgeBlank);
  if (path.includes('  ')) found.push(other.doubleBlank);
  else if (path.includes(' ')) found.push(other.blank);
  if (segments.some((name) => byteLength(name) > 255)) found.push(other.longSegment);
  if (byteLength(path) > 1024) found.push(other.longPath);
  if (segments.some((name) => HIDDEN.test(name))) found.push(other.hidden);
  if (options.chunked && /['*]/.test(path)) found.push(other.quoteOrStar);
  return found;
}
