import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine, cleanText, invisibleCharacters } from './invisible-characters.ts';

describe('invisible characters', () => {
  it.each([
    ['ada@example.org\u202b', ['U+202B']],
    ['a\u200bb\ufeffc\u200bd', ['U+200B', 'U+FEFF']],
    ['a\u0000b', ['U+0000']],
    ['soft\u00adhyphen', ['U+00AD']],
    ['a\u200db', ['U+200D']],
    ['plain text\n\twith lines', []],
    ['Größe µm 漢字', []],
    ['👩\u200d🔬', []],
    ['می\u200cخواهم', []],
  ])('%j holds %j', (text, expected) => expect(invisibleCharacters(text)).toEqual(expected));

  it('are gone after cleaning, which is done once and for all', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r', '\u200d', '👩', '\u0301', '\u00a0') }),
        ),
        (text) => {
          for (const clean of [cleanText, cleanLine]) {
            const once = clean(text);
            expect(invisibleCharacters(once)).toEqual([]);
            expect(clean(once)).toBe(once);
            expect(once).toBe(once.trim());
          }
          expect(cleanLine(text)).not.toMatch(/[\n\t]| {2}/);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('keeps paragraphs in long text', () => {
    expect(cleanText(' one \r\n\r\ntwo\u2028three\u00a0four ')).toBe('one\n\ntwo\nthree four');
  });
});
