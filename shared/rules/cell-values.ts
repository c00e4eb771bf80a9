import { cleanLine } from './invisible-characters.ts';

/**
 * Says why a text cannot stand in a file list, or null. Source: BioStudies backend, file-list reader, which splits
 * at tabs and line ends and knows neither quotes nor escapes; blanks at an edge are not supported by the archive's
 * file-list guide.
 */
export function cellTrouble(text: string): string | null {
  if (/[\t\n\r\u0085\u2028\u2029]/.test(text))
    return 'It holds a tab or a line end, which would break the row apart.';
  if (/[\p{Cc}]/u.test(text)) return 'It holds an invisible control character.';
  if (text !== text.trim()) return 'It begins or ends with a blank, which the archive does not support.';
  return null;
}

/** The text as it can stand in a file list: one line, nothing invisible, no blanks at the edges. */
export function cleanCell(text: string): string {
  return cleanLine(text);
}
