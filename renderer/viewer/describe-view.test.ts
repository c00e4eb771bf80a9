import { describe, expect, it } from 'vitest';
import type { ImageInfo } from '../../shared/imaging/image-info.ts';
import { describeScene, pixelSizeText, valueText, zoomText } from './describe-view.ts';
import type { Scene } from './scene.ts';

const info: ImageInfo = {
  imageId: 'id',
  name: 'a.tif',
  format: 'tiff',
  storedType: 'uint16',
  pixelType: 'uint16',
  sizes: { t: 1, c: 2, z: 9, y: 1024, x: 2048 },
  levels: [{ width: 2048, height: 1024, tileWidth: 256, tileHeight: 256 }],
  channels: [
    { name: 'DAPI', color: '#0000ff', window: null },
    { name: '', color: '#00ff00', window: null },
  ],
  rgb: false,
  pixelSize: null,
  labels: [],
  notes: [],
};
const channel = { visible: true, colour: '#ffffff', range: { low: 0, high: 1 }, gamma: 1 };
const scene: Scene = {
  info,
  name: 'a.tif',
  channels: [channel, channel],
  plane: { z: 3, t: 0 },
  mask: {
    info: { ...info, sizes: { ...info.sizes, z: 1, c: 1 } },
    name: 'a_mask.tif',
    channel: 0,
    setting: { style: 'outline', opacity: 0.3, outlineOpacity: 0.8 },
    visible: true,
  },
};

describe('describeScene', () => {
  it('tells what is shown', () => {
    expect(describeScene(scene, 0.5)).toBe(
      'a.tif, 2,048 × 1,024 pixels, zoom 50 %. Plane 4 of 9. Channels shown: DAPI, Channel 2. ' +
        'Mask a_mask.tif shown as outlines at 80 %.',
    );
  });
  it('tells what is hidden or missing', () => {
    const hidden = { ...channel, visible: false };
    const mask = { ...scene.mask!, visible: false };
    expect(describeScene({ ...scene, channels: [hidden, hidden], mask }, 1)).toContain(
      'All channels are hidden. Mask a_mask.tif hidden.',
    );
    const short = { ...scene.mask!, info: { ...info, sizes: { ...info.sizes, z: 2 } } };
    expect(describeScene({ ...scene, mask: short }, 1)).toContain('Mask a_mask.tif has no plane here.');
  });
});

describe('texts', () => {
  it('of zoom, values and pixel sizes are short and exact', () => {
    expect([0.034, 0.5, 12].map(zoomText)).toEqual(['3.4 %', '50 %', '1,200 %']);
    expect([12345, 0.123456, Number.NaN].map(valueText)).toEqual(['12,345', '0.1235', 'not a number']);
    expect(pixelSizeText({ x: 0.65, y: 0.65, z: 2 })).toBe('0.65 µm, planes 2 µm apart');
    expect(pixelSizeText({ x: 1, y: null, z: null })).toBeNull();
    expect(pixelSizeText(null)).toBeNull();
  });
});
