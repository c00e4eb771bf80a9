import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editEntries, entry } from '../library/entries.ts';
import { redo, undo } from '../library/history.ts';
import { joinPair, pairingRules, partPair } from '../library/pairs.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { newSubmissionFile, plainPairPage, temporaryFolder, writeIndex } from '../library/test-support.ts';
import { pairEntries, pairIfStale, setPairingRules } from './pair.ts';
import { previewPairs } from './pair-preview.ts';

let remove: () => void;
let file: SubmissionFile;
let ids: Record<string, number> = {};
const id = (path: string) => ids[path] ?? -1;
beforeEach(() => {
  const made = temporaryFolder();
  remove = made.remove;
  file = newSubmissionFile(made.folder);
});
afterEach(() => {
  file.close();
  remove();
});

const index = (images: string[], masks: string[], source?: string) => {
  ids = {
    ...ids,
    ...writeIndex(
      file,
      Object.fromEntries([
        ...images.map((path) => [path, 'image'] as const),
        ...masks.map((path) => [path, 'mask'] as const),
      ]),
      source,
    ),
  };
};
const rows = () => plainPairPage(file, { offset: 0, limit: 500 }).rows;
const pairs = () => rows().map(({ imagePath, maskPath }) => `${imagePath} + ${maskPath}`);
const pair = async (images: string[], masks: string[]) => {
  index(images, masks);
  await pairEntries(file);
  return pairs();
};

describe('pairing by the default rules', () => {
  it.each([
    ['parallel folders', ['images/p1/a.tif'], ['masks/p1/a.png'], ['images/p1/a.tif + masks/p1/a.png']],
    ['cellpose beside', ['a.tif'], ['a_cp_masks.png'], ['a.tif + a_cp_masks.png']],
    [
      'a folder of masks below',
      ['a.tif'],
      ['masks/a_nuclei.tif', 'masks/a.tif'],
      ['a.tif + masks/a.tif', 'a.tif + masks/a_nuclei.tif'],
    ],
    ['sibling folders', ['p1/a.tif'], ['p1_masks/a.tif'], ['p1/a.tif + p1_masks/a.tif']],
    [
      'one image, many masks of other names',
      ['x/images/f00d.png'],
      ['x/masks/1b.png', 'x/masks/2c.png'],
      ['x/images/f00d.png + x/masks/1b.png', 'x/images/f00d.png + x/masks/2c.png'],
    ],
    ['two images and no name in common', ['images/a.png', 'images/b.png'], ['masks/c.png'], []],
    ['compound extensions', ['a.ome.tif'], ['a_mask.tif'], ['a.ome.tif + a_mask.tif']],
    [
      'the nearest name of several',
      ['a.tif', 'a_b.tif'],
      ['a_b_nuclei_labels.tif'],
      ['a_b.tif + a_b_nuclei_labels.tif'],
    ],
    [
      'the same folder before another',
      ['images/a.tif', 'masks/a.tif'],
      ['masks/a_mask.tif'],
      ['masks/a.tif + masks/a_mask.tif'],
    ],
    ['an orphan', ['field-01.tif'], ['field-06_mask.tif'], []],
    ['letters in another case', ['Images/A.TIF'], ['Masks/a_Mask.tif'], ['Images/A.TIF + Masks/a_Mask.tif']],
  ])('joins %s', async (_name, images, masks, expected) => {
    expect(await pair(images, masks)).toEqual(expected);
  });

  it('joins folders that were added one by one', async () => {
    index(['a.tif'], [], '/d/images');
    index([], ['a.tif'], '/e/masks');
    await pairEntries(file);
    expect(pairs()).toEqual(['a.tif + a.tif']);
  });

  it('gives an image of the same extension before another, and one on disk before one that is gone', async () => {
    expect(await pair(['a.png', 'a.tif'], ['a_mask.tif'])).toEqual(['a.tif + a_mask.tif']);
    file.run("UPDATE entry SET state = 'vanished' WHERE path = 'a.tif'");
    await pairEntries(file);
    expect(pairs()).toEqual(['a.png + a_mask.tif']);
  });

  it('finds the same pairs in any order and page of 3,000 masks', async () => {
    const names = Array.from({ length: 3000 }, (_, n) => `p${n % 7}/cell_${n}`);
    index(
      names.map((name) => `${name}.tif`),
      names.map((name) => `${name}_mask.tif`),
    );
    expect(await pairEntries(file)).toEqual({ pairs: 3000 });
    const before = rows().map((row) => row.id);
    await pairEntries(file);
    expect(rows().map((row) => row.id)).toEqual(before);
  });
});

describe('pairs made by hand', () => {
  it('stay when rules pair again, and a parted mask is left alone', async () => {
    await pair(['a.tif', 'b.tif'], ['a_mask.tif', 'b_mask.tif']);
    joinPair(file, id('b.tif'), id('a_mask.tif'));
    partPair(file, rows().find(({ maskPath }) => maskPath === 'b_mask.tif')?.id ?? 0);
    await pairEntries(file);
    expect(rows().map(({ imagePath, maskPath, by }) => [imagePath, maskPath, by])).toEqual([
      ['b.tif', 'a_mask.tif', 'manual'],
    ]);
    expect(undo(file)).toBe('Part b_mask.tif from b.tif');
    expect(undo(file)).toBe('Pair a_mask.tif with b.tif');
    expect(pairs()).toEqual(['a.tif + a_mask.tif', 'b.tif + b_mask.tif']);
    redo(file);
    await pairEntries(file);
    expect(pairs()).toEqual(['b.tif + a_mask.tif', 'b.tif + b_mask.tif']);
    expect(entry(file, id('a_mask.tif')).sourceImage).toBe('set/b.tif');
  });

  it('take an image and a mask, nothing else', async () => {
    await pair(['a.tif', 'b.tif'], ['a_mask.tif']);
    expect(() => joinPair(file, id('a_mask.tif'), id('a.tif'))).toThrow(
      'a_mask.tif counts as mask, not as image',
    );
    expect(() => joinPair(file, id('a.tif'), id('b.tif'))).toThrow('b.tif counts as image, not as mask');
    expect(() => joinPair(file, id('a.tif'), 999)).toThrow('both in this submission');
    expect(() => partPair(file, 999)).toThrow('not there any more');
  });

  it('leave label images inside an OME-Zarr parted once they were', async () => {
    index(['z.zarr'], []);
    file.run(`UPDATE entry SET labels = '["labels/n","labels/m"]'`);
    await pairEntries(file);
    expect(rows().map(({ maskPart, by }) => [maskPart, by])).toEqual([
      ['labels/n', 'labels'],
      ['labels/m', 'labels'],
    ]);
    partPair(file, rows()[0]?.id ?? 0);
    await pairEntries(file);
    expect(rows().map(({ maskPart }) => maskPart)).toEqual(['labels/m']);
    file.run(`UPDATE entry SET labels = ''`);
    await pairEntries(file);
    expect(rows()).toEqual([]);
  });
});

describe('rules', () => {
  it('are kept, undone, and paired by anew', async () => {
    await pair(['x/a.tif'], ['x/a_mask.tif', 'y/b.tif']);
    const only = [{ id: 'mine', image: 'x/{n}.{ext}', mask: 'y/b.tif', enabled: true }];
    await expect(setPairingRules(file, only)).rejects.toMatchObject({ code: 'wrong-rule' });
    expect(
      await setPairingRules(file, [
        { id: 'mine', image: '{dirs}x/*.{ext}', mask: '{dirs}y/*.{ext}', enabled: true },
      ]),
    ).toBe(1);
    expect(pairs()).toEqual(['x/a.tif + y/b.tif']);
    expect(undo(file)).toBe('Change the pairing rules');
    expect(pairingRules(file).length).toBeGreaterThan(5);
    expect(await pairIfStale(file)).toBe(true);
    expect(pairs()).toEqual(['x/a.tif + x/a_mask.tif']);
    expect(await pairIfStale(file)).toBe(false);
  });

  it('that are off find nothing, and kinds changed by hand count', async () => {
    await pair(['a.tif'], ['a_mask.tif']);
    await setPairingRules(
      file,
      pairingRules(file).map((rule) => ({ ...rule, enabled: false })),
    );
    expect(pairs()).toEqual([]);
    undo(file);
    editEntries(file, [id('a_mask.tif')], { kind: 'other' });
    await pairIfStale(file);
    expect(pairs()).toEqual([]);
    undo(file);
    await pairIfStale(file);
    expect(pairs()).toEqual(['a.tif + a_mask.tif']);
  });

  it('are refused when two share a name or one has a fault, and nothing changes', async () => {
    const rule = { id: 'r', image: '{x}.tif', mask: '{x}_m.tif', enabled: true };
    await expect(setPairingRules(file, [rule, rule])).rejects.toMatchObject({ code: 'wrong-rule' });
    await expect(setPairingRules(file, [{ ...rule, id: 'manual' }])).rejects.toMatchObject({
      code: 'wrong-rule',
    });
    await expect(previewPairs(file, [{ ...rule, mask: '{y}.tif' }])).rejects.toMatchObject({
      code: 'wrong-rule',
    });
    expect(undo(file)).toBeNull();
  });

  it('are previewed as they would pair, without keeping anything', async () => {
    index(['a.tif', 'b.tif', 'c.tif'], ['a_mask.tif', 'b_mask.tif', 'lost.tif', 'parted_mask.tif']);
    await pairEntries(file);
    joinPair(file, id('c.tif'), id('lost.tif'));
    const before = rows();
    const preview = await previewPairs(file, pairingRules(file));
    expect(preview).toEqual({
      pairs: 3,
      unpairedImages: 0,
      unpairedMasks: 1,
      ambiguousMasks: 0,
      byRule: { ending: 2 },
      openByRule: {},
      ambiguous: [],
      examples: [
        { image: 'a.tif', mask: 'a_mask.tif', rule: 'ending' },
        { image: 'b.tif', mask: 'b_mask.tif', rule: 'ending' },
      ],
    });
    expect((await previewPairs(file, [])).pairs).toBe(1);
    expect(rows()).toEqual(before);
    partPair(file, rows().find(({ maskPath }) => maskPath === 'a_mask.tif')?.id ?? 0);
    expect(await previewPairs(file, pairingRules(file))).toMatchObject({
      pairs: 2,
      unpairedImages: 1,
      unpairedMasks: 2,
    });
  });

  it('stop when told to', async () => {
    index(['a.tif'], ['a_mask.tif']);
    const stop = new AbortController();
    stop.abort();
    await expect(pairEntries(file, { signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' });
    expect(await pairIfStale(file)).toBe(true);
    expect(pairs()).toEqual(['a.tif + a_mask.tif']);
  });
});
