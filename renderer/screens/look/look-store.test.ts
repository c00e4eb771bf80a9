import { describe, expect, it } from 'vitest';
import { changeChannels, channelChanges, firstChoices } from './look-store.ts';

describe('choices', () => {
  it('of colour go with the kind of image, contrast with the image', () => {
    let now = changeChannels(firstChoices, 'a', '2 DAPI|GFP', [1], { visible: false });
    now = changeChannels(now, 'a', '2 DAPI|GFP', [1], { range: { low: 1, high: 9 } });
    expect(channelChanges(now, 'a', '2 DAPI|GFP')).toEqual({
      1: { visible: false, range: { low: 1, high: 9 } },
    });
    expect(channelChanges(now, 'b', '2 DAPI|GFP')).toEqual({ 1: { visible: false } });
    expect(channelChanges(now, 'b', '3 x|y|z')).toEqual({});
  });
  it('are made for several channels at once', () => {
    const now = changeChannels(firstChoices, 'a', 'rgb', [0, 1, 2], { gamma: 2 });
    expect(channelChanges(now, 'a', 'rgb')[2]).toEqual({ gamma: 2 });
  });
  it('of contrast are kept for a limited number of images', () => {
    let now = firstChoices;
    for (let i = 0; i < 500; i++) {
      now = changeChannels(now, `image ${i}`, 's', [0], { range: { low: 0, high: i + 1 } });
    }
    expect(Object.keys(now.ranges).length).toBeLessThanOrEqual(200);
    expect(now.ranges['image 499']).toBeDefined();
  });
});
