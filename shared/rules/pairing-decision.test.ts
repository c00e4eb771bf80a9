import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, decide, mostByStar } from './pairing-decision.ts';
import { matchPattern } from './pairing-matching.ts';
import { compileRule } from './pairing-patterns.ts';

const rule = (image: string, mask: string) => compileRule({ id: 'r', image, mask });
const image = (full: string, id: number, more: Partial<Candidate> = {}): Candidate => ({
  ...{ id, full, here: true, modifiedMs: 0 },
  ...more,
});
/** Decides with every image as candidate of every match, as if nothing had been looked up. */
const decideAll = (by: ReturnType<typeof rule>, full: string, images: readonly Candidate[]) =>
  decide(
    by,
    { full, modifiedMs: 0 },
    matchPattern(by.mask, full).map((captures) => ({ captures, candidates: images })),
  );
const words = (decision: ReturnType<typeof decideAll>): string => {
  if (decision.what === 'nothing') return 'nothing';
  if (decision.what === 'joined') return decision.images.map(({ full }) => full).join(' ');
  const choices = decision.choices.map(({ image: one, reasons }) => `${one.full} (${reasons})`);
  return `${decision.why}: ${choices.join(', ')}`;
};

describe('one rule and one mask', () => {
  const longer = rule('{x}.{ext}', '{x}_*.{ext}');
  it.each([
    ['the longest name wins', longer, 'a_b_mask.tif', ['a.tif', 'a_b.tif'], 'a_b.tif'],
    ['a number of its own is doubtful', longer, 'a_2_mask.tif', ['a.tif'], 'number: a.tif (only-one)'],
    ['a letter beside the number is a word', longer, 'a_c2_mask.tif', ['a.tif'], 'a.tif'],
    ['a sure star takes numbers', rule('{x}.{ext}', '{x}_**.{ext}'), 'a_2_mask.tif', ['a.tif'], 'a.tif'],
    ['of two alike the one with the mask’s extension', longer, 'a_m.tif', ['a.png', 'a.tif'], 'a.tif'],
    [
      'two alike and neither extension',
      longer,
      'a_m.tif',
      ['a.png', 'a.czi'],
      'several: a.czi (full-format), a.png ()',
    ],
    [
      'all of a stack',
      rule('{x}_t{all}.{ext}', '{x}_m.{ext}'),
      'a_m.tif',
      ['a_t2.tif', 'a_t1.tif', 'b_t1.tif'],
      'a_t1.tif a_t2.tif',
    ],
  ])('%s', (_name, by, mask, images, expected) => {
    expect(
      words(
        decideAll(
          by,
          mask,
          images.map((full, id) => image(full, id)),
        ),
      ),
    ).toBe(expected);
  });

  it('an image on disk is taken before one that is gone, and says so among choices', () => {
    const by = rule('{x}.{ext}', '{x}_m.{ext}');
    const gone = image('a.png', 1, { here: false });
    expect(words(decideAll(by, 'a_m.tif', [gone, image('a.czi', 2)]))).toBe('a.czi');
    expect(
      words(decideAll(by, 'a_m.tif', [gone, image('a.czi', 2), image('a.nd2', 3, { modifiedMs: 9e9 })])),
    ).toBe('several: a.nd2 (on-disk,full-format,newest), a.czi (on-disk,full-format), a.png ()');
  });

  it('a star that many images fit says nothing', () => {
    const by = rule('i/*.{ext}', 'm/*.{ext}');
    const many = Array.from({ length: mostByStar + 1 }, (_, n) => image(`i/${'abcdefghi'[n]}.tif`, n));
    expect(words(decideAll(by, 'm/x.tif', many))).toBe('nothing');
    expect(decideAll(by, 'm/x.tif', many.slice(1)).what).toBe('open');
  });
});

it('a star offers no image with another number', () => {
  const by = rule('i/*.{ext}', 'm/*.{ext}');
  const fields = ['i/field-01.tif', 'i/field-02.tif', 'i/overview.tif'].map((full, id) => image(full, id));
  expect(words(decideAll(by, 'm/field-06_mask.tif', fields.slice(0, 2)))).toBe('nothing');
  expect(words(decideAll(by, 'm/field-2_mask.tif', fields))).toBe(
    'several: i/field-02.tif (), i/overview.tif ()',
  );
});

const part = fc.stringMatching(/^[ab12_]{1,5}$/);
const ending = fc.constantFrom('.tif', '.png', '.ome.tif');
const rules = [
  ['{x}.{ext}', '{x}_*.{ext}'],
  ['{x}_{y}.{ext}', '{x}_*_{y}.{ext}'],
  ['*{#n}.{ext}', '{#n}*.{ext}'],
  ['{x}{all}.{ext}', '{x}_*.{ext}'],
].map(([one = '', other = '']) => rule(one, other));

describe('whatever the names', () => {
  it('only images that match are joined or offered, in an order that does not depend on how they were found', () => {
    const file = fc.tuple(part, ending).map(([name, end]) => name + end);
    fc.assert(
      fc.property(
        fc.constantFrom(...rules),
        file,
        fc.uniqueArray(file, { maxLength: 10 }),
        (by, mask, names) => {
          const images = names.map((name, id) =>
            image(name, id, { here: id % 3 !== 0, modifiedMs: (id % 2) * 9e9 }),
          );
          const decision = decideAll(by, mask, images);
          expect(words(decideAll(by, mask, images.toReversed()))).toBe(words(decision));
          const meant =
            decision.what === 'joined'
              ? decision.images
              : decision.what === 'open'
                ? decision.choices.map((choice) => choice.image)
                : [];
          for (const { full } of meant) {
            const fits = matchPattern(by.mask, mask).some((captures) => {
              const shared = new Map([...captures].filter(([name]) => by.image.shared.has(name)));
              return matchPattern(by.image, full, shared).length > 0;
            });
            expect(fits).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
