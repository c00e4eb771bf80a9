import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultPairingRules } from './default-pairing-rules.ts';
import { matchPattern, renderPattern, targetsOf } from './pairing-matching.ts';
import { type Captures, compilePattern, compileRule, foldCase, PatternFault } from './pairing-patterns.ts';

/** The path of the image that a rule expects for a mask; without the extension where that is open. */
function imagesFor(image: string, mask: string, path: string): string[] {
  const rule = compileRule({ id: 'r', image, mask });
  return matchPattern(rule.mask, path).flatMap((captures) =>
    targetsOf(rule.image, captures).map(({ text }) => text),
  );
}

describe('patterns', () => {
  it('find the image of a mask by the same text on both sides', () => {
    const example = imagesFor(
      '{dirs}images/{x}.{ext}',
      '{dirs}masks/{x}_mask.{ext}',
      'set1/masks/Cell_01_mask.png',
    );
    expect(example).toEqual(['set1/images/cell_01']);
  });

  it('hold in any folder when neither side names folders', () => {
    expect(imagesFor('images/{x}.tif', 'masks/{x}.png', 'p/q/masks/a.png')).toEqual(['p/q/images/a.tif']);
    expect(imagesFor('/images/{x}.tif', '/masks/{x}.png', 'p/masks/a.png')).toEqual([]);
  });

  it('take one of several words, letters in either case, and any extension, compound ones too', () => {
    expect(imagesFor('{x}.{ext}', '{x}{_|-}{mask|masks}.{ext}', 'A-MASKS.ome.tif')).toEqual(['a']);
    expect(imagesFor('{x}.{ext}', '{x}_mask.{ext}', 'a_mask')).toEqual([]);
  });

  it('offer the longest common text first', () => {
    const found = imagesFor('{x}.{ext}', '{x}_*.{ext}', 'd/a_b_mask.tif');
    expect(found).toEqual(['d/a_b', 'd/a']);
  });

  it('follow folders above and below', () => {
    const found = imagesFor('{dirs}raw/{below}{x}.{ext}', '{dirs}gt/{below}{x}.{ext}', 'e/gt/p1/A/x.tif');
    expect(found).toEqual(['e/raw/p1/a/x']);
  });

  it('want a name that stands twice to be the same twice', () => {
    const pattern = compilePattern('{x}/{x}_{y}.tif');
    expect(matchPattern(pattern, 'ab/AB_1.tif')).toHaveLength(1);
    expect(matchPattern(pattern, 'ab/ac_1.tif')).toHaveLength(0);
  });

  it.each([
    ['{x', '{x}'],
    ['{x}', '{y}'],
    ['{X y}', '{X y}'],
    ['a{dirs}{x}', '{x}'],
    ['{x}.{ext}.tif', '{x}'],
    ['{x}{ext}', '{x}'],
    ['a//{x}', '{x}'],
    ['{dirs}{dirs}{x}', '{x}'],
    ['', '{x}'],
    ['{|}{x}', '{x}'],
    ['{dirs}{x}', '{x}'],
    ['*{a}*{b}*{c}*{d}*{e}*', '{a}{b}{c}{d}{e}'],
  ])('refuse %s with %s in words', (image, mask) => {
    expect(() => compileRule({ id: 'r', image, mask })).toThrow(PatternFault);
  });
});

const text = fc
  .array(fc.constantFrom(...'abcXYZ019_- é漢İ'), { minLength: 1, maxLength: 8 })
  .map((letters) => letters.join(''));
const folders = fc.array(text, { maxLength: 3 }).map((names) => names.map((name) => `${name}/`).join(''));

describe('properties of every default rule', () => {
  const sides = defaultPairingRules.map(compileRule).flatMap(({ image, mask }) => [image, mask]);

  it('compile, and name each rule once', () => {
    expect(new Set(defaultPairingRules.map(({ id }) => id)).size).toBe(defaultPairingRules.length);
  });

  it('find again what was rendered, and render what was found', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...sides),
        folders,
        folders,
        text,
        text,
        text,
        fc.constantFrom('tif', 'ome.tif', 'PNG'),
        fc.nat(),
        (pattern, dirs, below, x, y, star, ext, pick) => {
          const captures = new Map<string, string>([
            ['dirs', dirs],
            ['below', below],
            ['x', x],
            ['y', y],
            ['ext', ext],
          ]);
          for (const { pieces } of pattern.segments) {
            for (const piece of pieces) {
              if (piece.what === 'words')
                captures.set(piece.name, piece.words[pick % piece.words.length] ?? '');
              if (piece.what === 'star') captures.set(piece.name, star);
            }
          }
          const path = renderPattern(pattern, captures);
          const found = matchPattern(pattern, path);
          for (const one of found) expect(foldCase(renderPattern(pattern, one))).toBe(foldCase(path));
          const same = (one: Captures) =>
            [...pattern.shared].every((name) => one.get(name) === captures.get(name));
          const known = new Map([...captures].filter(([name]) => pattern.shared.has(name)));
          expect(matchPattern(pattern, path, known).some(same)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('bounds', () => {
  const piece = fc.constantFrom('{x}', '{y}', '*', '_', 'a', '{a|aa}', '.');
  const pattern = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(''));

  it('hold for any pattern and any path: few matches, each of them right', () => {
    fc.assert(
      fc.property(
        pattern,
        fc.constantFrom('a', '_', 'a_', 'aa_b'),
        fc.integer({ min: 1, max: 3000 }),
        (made, unit, times) => {
          const compiled = compilePattern(made);
          const path = unit.repeat(times);
          const found = matchPattern(compiled, path);
          expect(found.length).toBeLessThanOrEqual(64);
          for (const captures of found) expect(renderPattern(compiled, captures)).toBe(path);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('hold where a regular expression would try for ever', () => {
    const evil = compilePattern('*a*a*a*a*a*a*a*a!');
    expect(matchPattern(evil, 'a'.repeat(100_000))).toEqual([]);
  });
});
