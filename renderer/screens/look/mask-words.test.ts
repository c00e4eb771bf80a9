import { describe, expect, it } from 'vitest';
import type { ImageInfo, PlaneFacts } from '../../../shared/imaging/image-info.ts';
import { entryItem, pairItem } from './look-item.ts';
import { maskFactsText, maskTargets } from './mask-words.ts';

const pair = (id: number, maskEntryId: number, maskPart = '', imageEntryId = 1) => ({
  id,
  imageEntryId,
  imagePath: 'a.zarr',
  maskEntryId,
  maskPath: 'm.tif',
  maskPart,
  by: 'manual',
  imageModifiedMs: 1,
  maskModifiedMs: 1,
});

describe('maskTargets', () => {
  it('lists every mask of the image once, the one of the row first', () => {
    const targets = maskTargets(
      pairItem(pair(5, 3)),
      [pair(4, 2), pair(5, 3), pair(6, 1, 'labels/nuclei'), pair(7, 9, '', 8)],
      ['labels/nuclei', 'labels/cells'],
    );
    expect(targets.map(({ entryId, part }) => `${entryId} ${part}`)).toEqual([
      '3 ',
      '2 ',
      '1 labels/nuclei',
      '1 labels/cells',
    ]);
  });
  it('is empty for an image alone', () => {
    expect(maskTargets(entryItem({ id: 1, path: 'a.tif', kind: 'image', modifiedMs: 1 }), [], [])).toEqual(
      [],
    );
  });
});

describe('maskFactsText', () => {
  const facts = (distinct: number, zeroShare: number): PlaneFacts => ({
    min: 0,
    max: 1,
    low: 0,
    high: 1,
    bins: [],
    distinct,
    zeroShare,
  });
  const flat = { levels: [{}] } as unknown as ImageInfo;
  const pyramid = { levels: [{}, {}] } as unknown as ImageInfo;
  it('counts labels, not the background', () => {
    expect(maskFactsText(facts(39, 0.5), flat)).toBe('38 labels on this plane.');
    expect(maskFactsText(facts(2, 0.5), flat)).toBe('1 label on this plane.');
    expect(maskFactsText(facts(460, 0), flat)).toBe('460 labels on this plane, no background.');
    expect(maskFactsText(facts(1201, 0.1), pyramid)).toBe('About 1,200 labels on this plane.');
  });
  it('says when there is none', () => {
    expect(maskFactsText(facts(1, 1), flat)).toContain('empty');
  });
});
