/**
 * Characters that nobody sees in a form: format and direction marks, zero-width characters, control characters
 * other than tab and line end, and halves of broken pairs. BioImage Archive curators had to take U+202B out of an
 * e-mail address by hand. Joiners stay inside scripts and emoji that need them. The Arabic number signs are visible.
 */
const INVISIBLE =
  /[\p{Cf}--[\u0600-\u0605\u06DD\u200C\u200D]]|[\p{Cc}--[\t\n\r]]|\p{Cs}|(?<!\P{ASCII})[\u200C\u200D]|[\u200C\u200D](?!\P{ASCII})/gv;

/** The invisible characters of a text as code points, `U+202B` style, each once, in order of appearance. */
export function invisibleCharacters(text: string): string[] {
  const found = Array.from(text.matchAll(INVISIBLE), ([character]) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return `U+${code.padStart(4, '0')}`;
  });
  return [...new Set(found)];
}

/**
 * A text without invisible characters and without blanks at its edges, composed (NFC), line ends as LF. Doing it
 * twice gives the same. Line ends inside stay: long answers have paragraphs.
 */
export function cleanText(text: string): string {
  let before: string;
  let after = text;
  do {
    before = after;
    after = before
      .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
      .replace(INVISIBLE, '')
      .normalize('NFC')
      .replace(/[\p{Zs}\t]/gu, ' ')
      .replace(/ +\n/g, '\n')
      .trim();
  } while (after !== before);
  return after;
}

/** {@link cleanText} on one line, with single spaces: for names, titles, addresses. */
export function cleanLine(text: string): string {
  return cleanText(cleanText(text).replace(/\s+/g, ' '));
}
