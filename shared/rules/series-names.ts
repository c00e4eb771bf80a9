import { splitExtension } from './file-kinds.ts';

/** A name of a series: the pattern that all its files share, and what they are called together. */
export interface SeriesName {
  /** With the running numbers as `{t}`, `{z}`, `{c}` or `{n}`, such as `cells_t{t}_z{z}.tif`. */
  readonly pattern: string;
  /** The name without numbers and extension, such as `cells`; `series` when nothing is left. */
  readonly name: string;
  /** Running numbers that say what they count: time, depth, channel. */
  readonly axes: readonly ('t' | 'z' | 'c')[];
}

/** Letters before a running number that say what it counts, as microscopes write them (Bio-Formats, FilePattern). */
const words: Readonly<Record<string, 't' | 'z' | 'c'>> = {
  t: 't',
  time: 't',
  timepoint: 't',
  frame: 't',
  tp: 't',
  z: 'z',
  slice: 'z',
  focus: 'z',
  c: 'c',
  ch: 'c',
  channel: 'c',
};

const marked =
  /(^|[^A-Za-z])(timepoint|time|frame|tp|t|slice|focus|z|channel|ch|c)([-_ ]?)(\d{1,6})(?![0-9A-Za-z])/gi;
/** `_t001z02c1`: numbers that follow each other without anything between. */
const glued = /(^|[^A-Za-z])((?:[tzc]\d{1,6}){2,})(?![0-9A-Za-z])/gi;
const lastNumber = /\d{1,9}(?=\D*$)/;

/**
 * What series a file would belong to by its name; null when it has no number. Numbers that say what they count are
 * running ones; without any the last one is. All others, such as plate, well and position, tell images apart.
 */
export function seriesName(fileName: string): SeriesName | null {
  const { stem, extension } = splitExtension(fileName);
  const axes: SeriesName['axes'][number][] = [];
  const said = (letters: string) => {
    const axis = words[letters.toLowerCase()] ?? 't';
    axes.push(axis);
    return `{${axis}}`;
  };
  // Braces in a name would be taken for a running number.
  if (/[{}]/.test(stem)) return null;
  let pattern = stem.replace(
    glued,
    (_, before: string, run: string) =>
      before + run.replace(/([tzc])\d+/gi, (_part, letter: string) => letter + said(letter)),
  );
  pattern = pattern.replace(
    marked,
    (_, before: string, word: string, between: string) => `${before}${word}${between}${said(word)}`,
  );
  if (axes.length === 0) pattern = stem.replace(lastNumber, '{n}');
  if (pattern === stem) return null;
  return {
    pattern: extension === '' ? pattern : `${pattern}.${extension}`,
    name: together(pattern),
    axes: [...new Set(axes)],
  };
}

function together(pattern: string): string {
  const bare = pattern
    .replace(/(?:[tzc]\{[tzc]\}){2,}/gi, '')
    .replace(
      /(?:(^|[^A-Za-z])(?:timepoint|time|frame|tp|t|slice|focus|z|channel|ch|c)[-_ ]?)?\{[tzcn]\}/gi,
      '$1',
    )
    .replace(/[-_. ]{2,}/g, '_')
    .replace(/^[-_. ]+|[-_. ]+$/g, '');
  return bare === '' ? 'series' : bare;
}
