import type { ListColumn } from '../model/list-column.ts';
import { cleanText } from './invisible-characters.ts';

/** A spreadsheet holds at most 32,767 characters a cell (Excel, specifications and limits). */
export const mostCellCharacters = 32_767;

/** What becomes of a text that is put into a cell. */
export type Accepted =
  | {
      readonly value: string;
      /** True when something that nobody sees was taken out, or a tab or line end became a blank. */
      readonly cleaned: boolean;
    }
  | { readonly refused: string };

/**
 * The value of a cell for a text that was typed, pasted or imported: without invisible characters, on one line, a term
 * by its exact word; or why it cannot stand there. An empty text empties the cell. Doing it twice gives the same.
 */
export function acceptedCell(column: ListColumn, text: string): Accepted {
  if (!column.editable) return { refused: `“${column.title}” follows from the file and cannot be set.` };
  if (text.length > mostCellCharacters) {
    return { refused: 'It is longer than 32,767 characters, more than a spreadsheet can hold.' };
  }
  const value = onOneLine(text);
  const cleaned = value !== text.trim();
  if (column.type === 'yes-no') return yesOrNo(value, cleaned);
  if (value === '') {
    return column.key === 'kind' ? { refused: `Say one of: ${termsOf(column)}.` } : { value, cleaned };
  }
  if (column.vocabulary === null) return { value, cleaned };
  const term = termFor(column, value);
  if (term !== null) return { value: term, cleaned };
  return { refused: `“${shortened(value)}” is none of: ${termsOf(column)}.` };
}

/** Blanks inside stay as they are: a path may have two in a row. */
function onOneLine(text: string): string {
  return cleanText(text).replace(/ ?\n[\n ]*/g, ' ');
}

function yesOrNo(value: string, cleaned: boolean): Accepted {
  if (/^(?:yes|y|true|1|x)$/i.test(value)) return { value: 'yes', cleaned };
  if (/^(?:no|n|false|0)$/i.test(value)) return { value: 'no', cleaned };
  return { refused: 'Say yes or no.' };
}

/** The term that is meant: by its exact word, else by word or title when blanks, `-`, `_` and letter case do not count. */
function termFor(column: ListColumn, value: string): string | null {
  const terms = column.vocabulary ?? [];
  if (terms.some((term) => term.value === value)) return value;
  const titled = terms.filter((term) => term.title === value);
  const fits =
    titled.length > 0 ? titled : terms.filter(({ value: word, title }) => isLike(value, word, title));
  return fits.length === 1 ? (fits[0]?.value ?? null) : null;
}

function isLike(value: string, ...words: string[]): boolean {
  return words.some((word) => termKey(word) === termKey(value));
}

function termKey(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s_-]+/g, '')
    .replace(/s$/, '');
}

function termsOf(column: ListColumn): string {
  const terms = column.vocabulary ?? [];
  const named = terms
    .slice(0, 12)
    .map(({ value, title }) => (column.key === 'annotationBlock' ? title : value));
  return `${named.join(', ')}${terms.length > 12 ? ', …' : ''}`;
}

function shortened(value: string): string {
  return value.length > 80 ? `${value.slice(0, 79)}…` : value;
}
