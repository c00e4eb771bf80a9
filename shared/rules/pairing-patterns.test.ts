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
    ['{x}', '{x}{all}'],
    ['{#n}', '{#m}'],
    ['{#n+}', '{#n}'],
    ['{#n}', '{n}'],
  ])('refuse %s with %s in words', (image, mask) => {
    expect(() => compileRule({ id: 'r', image, mask })).toThrow(PatternFault);
  });
});

describe('numbers', () => {
  it('are the same whatever zeros stand before them, whole, and counted from another start', () => {
    const expected = ['i/9', 'i/09', 'i/009'];
    expect(imagesFor('i/{#n}.tif', 'm/{#n+1}_roi.tif', 'm/010_roi.tif').slice(0, 3)).toEqual(
      expected.map((path) => `${path}.tif`),
    );
    expect(imagesFor('i/{#n}.tif', 'm/{#n+1}.tif', 'm/0.tif')).toEqual([]);
    expect(matchPattern(compilePattern('{x}{#n}.tif'), 'c12.tif').map((one) => one.get('#n'))).toEqual([
      '12',
    ]);
    expect(imagesFor('i/{#n-3}.tif', 'm/{#n}.tif', 'm/2.tif')).toEqual([]);
  });

  it('find each other with any zeros and any start, and no other number', () => {
    const zeros = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.integer({ min: -9, max: 9 }),
        zeros,
        zeros,
        fc.nat(1_000_000),
        (n, add, a, b, other) => {
          const offset = add === 0 ? '' : add > 0 ? `+${add}` : `${add}`;
          const rule = compileRule({ id: 'r', image: 'i{#n}.{ext}', mask: `m{#n${offset}}.{ext}` });
          const masks = matchPattern(rule.mask, `m${'0'.repeat(a)}${n}.tif`);
          const image = n - add;
          expect(masks).toHaveLength(image < 0 ? 0 : 1);
          for (const captures of masks) {
            const fits = (number: number) =>
              matchPattern(rule.image, `i${'0'.repeat(b)}${number}.png`, captures).length > 0;
            expect(fits(image)).toBe(true);
            expect(fits(other)).toBe(other === image);
            expect(targetsOf(rule.image, captures).map(({ text }) => text)).toContain(
              `i${'0'.repeat(b)}${image}`,
            );
          }
        },
      ),
    );
  });

  it('are written again as they were read', () => {
    const pattern = compilePattern('{x}_t{#t+2}_{#n}.{ext}');
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 99 }), fc.nat(99), fc.nat(3), (t, n, zeros) => {
        const path = `cell_t${'0'.repeat(zeros)}${t}_${'0'.repeat(zeros)}${n}.tif`;
        const found = matchPattern(pattern, path);
        expect(found).toHaveLength(1);
        for (const captures of found) expect(renderPattern(pattern, captures)).toBe(path);
      }),
    );
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
  const piece = fc.constantFrom('{x}', '{y}', '*', '**', '{all}', '{#n}', '_', 'a', '1', '{a|aa}', '.');
  const pattern = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(''));

  it('hold for any pattern and any path: few matches, each of them right', () => {
    fc.assert(
      fc.property(
        pattern,
        fc.constantFrom('a', '_', 'a_', 'aa_b', '1', 'a01'),
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
