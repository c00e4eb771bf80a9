import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchPattern, targetsOf } from './pairing-matching.ts';
import { compileRule } from './pairing-patterns.ts';
import { suggestRules } from './pairing-suggestions.ts';

const numbers = [1, 2, 3, 10];

describe('suggested rules', () => {
  it.each([
    [
      'an ending nobody knows',
      numbers.map((n) => `p/raw data/c${n}.tif`),
      numbers.map((n) => `p/done/c${n} by Ann.tif`),
      ['{dirs}raw data/{x}.{ext}', '{dirs}done/{x} by Ann.{ext}'],
    ],
    [
      'numbers with zeros, counted from one',
      numbers.map((n) => `p/i/im${n - 1}.tif`),
      numbers.map((n) => `p/m/${String(n).padStart(3, '0')}_roi.tif`),
      ['{dirs}i/im{#n}.{ext}', '{dirs}m/{#n+1}_roi.{ext}'],
    ],
    [
      'both in one folder',
      numbers.map((n) => `p/x_${n}.tif`),
      numbers.map((n) => `p/y_${n}.tif`),
      ['{dirs}x{x}.{ext}', '{dirs}y{x}.{ext}'],
    ],
    [
      'the same folders below others',
      ['p/i/d1/a.tif', 'p/i/d1/b.tif', 'p/i/d2/a.tif', 'p/i/d2/b.tif'],
      ['p/m/d1/a.tif', 'p/m/d1/b.tif', 'p/m/d2/a.tif', 'p/m/d2/b.tif'],
      ['{dirs}i/{below}{x}.{ext}', '{dirs}m/{below}{x}.{ext}'],
    ],
  ])('for %s', (_name, images, masks, expected) => {
    const [first] = suggestRules(masks, images);
    expect([first?.image, first?.mask, first?.matches]).toEqual([...expected, 4]);
  });

  it('are none where nothing is alike, or nothing is there', () => {
    expect(suggestRules(['m/one.tif', 'm/two.tif'], ['i/green.tif', 'i/blue.tif'])).toEqual([]);
    expect(suggestRules([], ['i/a.tif'])).toEqual([]);
    expect(suggestRules(['m/a.tif'], [])).toEqual([]);
  });

  it('leave out those that pair nothing more than a better one', () => {
    const images = numbers.map((n) => `i/im${n}.tif`);
    const masks = numbers.map((n) => `m/${n + 1}_roi.tif`);
    expect(suggestRules(masks, images).map(({ matches }) => matches)).toEqual([4]);
  });
});

const name = fc.stringMatching(/^[a-c{*1-3_ .-]{1,6}$/);
const path = fc
  .tuple(fc.constantFrom('p/i', 'p/m', 'q', 'p/i/d', 'p/m/d', 'w{x}'), name)
  .map((parts) => `${parts.join('/')}.tif`);

describe('whatever the names', () => {
  it('each can be read, pairs what it says, and names are found again in any order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(path, { maxLength: 12 }),
        fc.uniqueArray(path, { maxLength: 12 }),
        (masks, images) => {
          const found = suggestRules(masks, images);
          for (const { image, mask, examples, matches } of found) {
            const rule = compileRule({ id: 'r', image, mask });
            expect(matches).toBeGreaterThan(0);
            for (const example of examples) {
              const targets = matchPattern(rule.mask, example.mask).flatMap((captures) =>
                targetsOf(rule.image, captures),
              );
              const fits = targets.some(({ text }) => example.image.toLowerCase().startsWith(`${text}.`));
              expect(fits).toBe(true);
            }
          }
          expect(suggestRules(masks.toReversed(), images.toReversed())).toEqual(found);
        },
      ),
      { numRuns: 300 },
    );
  });
});
