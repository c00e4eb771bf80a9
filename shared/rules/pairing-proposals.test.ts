import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coreOf, mostProposals, rankPartners } from './pairing-proposals.ts';

const rank = (path: string, ...others: readonly string[]) =>
  rankPartners(
    path,
    others.map((full) => ({ full })),
  ).map(({ file, sureness, reasons }) => [file.full, sureness, reasons.join()] as const);

describe('the core of a name', () => {
  it.each([
    ['d/Cell_007_mask.tif', ['cell', '7'], '7'],
    ['IMG-12_c3.ome.tif', ['12', 'c', '3'], '3'],
    ['annotation.json', [], null],
    ['a 000.tif', ['a', '0'], '0'],
  ])('%s', (path, parts, number) => {
    expect(coreOf(path)).toEqual({ words: parts, number });
  });
});

describe('likely partners', () => {
  it('have the same name, then one alike, nearer folders first', () => {
    expect(rank('p/m/zebra_07_mask.tif', 'p/i/Zebra 7.tif', 'q/far/zebra 7.tif', 'p/i/fish 7.tif')).toEqual([
      ['p/i/Zebra 7.tif', 0.9, 'same-name,near-folder'],
      ['q/far/zebra 7.tif', 0.8, 'same-name'],
      ['p/i/fish 7.tif', 0.6, 'alike-name,same-number,near-folder'],
    ]);
  });

  it('are less sure when two are equally likely, and none when the number is another', () => {
    expect(rank('m/a_1_mask.tif', 'i/a_1.tif', 'i/a 1.png').map(([, sureness]) => sureness)).toEqual([
      0.5, 0.5,
    ]);
    expect(rank('m/a_1_mask.tif', 'i/a_2.tif', 'i/other.tif')).toEqual([]);
  });

  it('are few, from 0 to 1, and the same in whatever order files were found', () => {
    const path = fc.stringMatching(/^([ab]\/){0,2}[ab1_]{1,5}\.tif$/);
    fc.assert(
      fc.property(path, fc.uniqueArray(path, { maxLength: 12 }), (mask, images) => {
        const found = rank(mask, ...images);
        expect(found.length).toBeLessThanOrEqual(mostProposals);
        for (const [, sureness] of found) expect(sureness >= 0 && sureness <= 1).toBe(true);
        expect(rank(mask, ...images.toReversed())).toEqual(found);
      }),
    );
  });
});
