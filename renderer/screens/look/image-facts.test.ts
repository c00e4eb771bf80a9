import { describe, expect, it } from 'vitest';
import { imageFacts } from './image-facts.ts';

const level = (width: number, height: number) => ({ width, height, tileWidth: 256, tileHeight: 256 });
const base = {
  imageId: 'id',
  name: 'a.tif',
  format: 'OME-TIFF',
  storedType: 'uint12',
  pixelType: 'uint16',
  sizes: { t: 1, c: 1, z: 1, y: 600, x: 1200 },
  levels: [level(1200, 600)],
  channels: [],
  rgb: false,
  pixelSize: null,
  labels: [],
  notes: [],
} as const;

describe('imageFacts', () => {
  it('leaves out what an image does not have', () => {
    const facts = imageFacts({ ...base, levels: [...base.levels], channels: [], labels: [], notes: [] });
    expect(facts).toEqual([
      ['Size', '1,200 × 600 pixels'],
      ['Values', 'uint12'],
      ['Pixel size', 'not stored in the file'],
      ['Format', 'OME-TIFF'],
    ]);
  });
  it('tells axes, channels, levels and labels', () => {
    const facts = new Map(
      imageFacts({
        ...base,
        sizes: { t: 3, c: 2, z: 40, y: 600, x: 1200 },
        levels: [level(1200, 600), level(600, 300)],
        channels: [{ name: 'DAPI', color: '#0000ff', window: null }],
        pixelSize: { x: 0.5, y: 0.5, z: null },
        labels: ['labels/nuclei'],
        notes: [],
      }),
    );
    expect(facts.get('Planes (Z)')).toBe('40');
    expect(facts.get('Channels')).toBe('2: DAPI, Channel 2');
    expect(facts.get('Levels')).toBe('1,200 × 600, 600 × 300');
    expect(facts.get('Pixel size')).toBe('0.5 µm');
    expect(facts.get('Labels inside')).toBe('labels/nuclei');
  });
});
