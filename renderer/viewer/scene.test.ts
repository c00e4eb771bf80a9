import { describe, expect, it } from 'vitest';
import type { ImageInfo } from '../../shared/imaging/image-info.ts';
import { planesNote, sceneNotes } from './mask-placement.ts';
import { clampPlane, imageLayer, labelFineness, labelPaint, maskLayer, maskPlane } from './scene.ts';

const info = (sizes: Partial<ImageInfo['sizes']>, more: Partial<ImageInfo> = {}): ImageInfo => ({
  imageId: 'id',
  name: 'a.tif',
  format: 'tiff',
  storedType: 'uint8',
  pixelType: 'uint8',
  sizes: { t: 1, c: 1, z: 1, y: 10, x: 10, ...sizes },
  levels: [{ width: 10, height: 10, tileWidth: 10, tileHeight: 10 }],
  channels: [],
  rgb: false,
  pixelSize: null,
  labels: [],
  notes: [],
  ...more,
});
const setting = { style: 'fill', opacity: 0.5, outlineOpacity: 1 } as const;
const mask = (image: ImageInfo) => ({ info: image, name: 'm', channel: 1, setting, visible: true });

describe('planes', () => {
  it('stay inside the image', () => {
    expect(clampPlane(info({ z: 5, t: 2 }), { z: 9, t: -1 })).toEqual({ z: 4, t: 0 });
  });
  it('of a flat mask belong to every plane of its image', () => {
    expect(maskPlane(info({ t: 3 }), { z: 7, t: 2 })).toEqual({ z: 0, t: 2 });
  });
  it('end where the mask ends', () => {
    expect(maskPlane(info({ z: 3 }), { z: 3, t: 0 })).toBeNull();
    expect(maskLayer(mask(info({ z: 3 })), { z: 3, t: 0 }, 1)).toBeNull();
  });
  it('that differ are told', () => {
    expect(planesNote(info({ z: 9 }), info({ z: 1 }))).toBeNull();
    expect(planesNote(info({ z: 9, t: 4 }), info({ z: 5, t: 4 }))).toBe(
      'The mask has 5 planes (Z) where the image has 9.',
    );
  });
});

describe('sceneNotes', () => {
  it('tells what the reader says and where the mask does not fit', () => {
    const image = info({ z: 9 }, { notes: ['Level 0 is incomplete.'] });
    const scene = { info: image, name: 'a', channels: [], plane: { z: 7, t: 0 }, mask: mask(info({ z: 5 })) };
    expect(sceneNotes(scene)).toEqual([
      'Level 0 is incomplete.',
      'The mask has 5 planes (Z) where the image has 9.',
      'The mask ends before this plane: nothing is drawn here.',
    ]);
    expect(sceneNotes({ ...scene, mask: null })).toEqual(['Level 0 is incomplete.']);
  });
});

describe('labelFineness', () => {
  const tiled = (side: number) =>
    info({}, { levels: [{ width: 9000, height: 9000, tileWidth: side, tileHeight: side }] });
  it('keeps outlines seen when zoomed out and thin when zoomed in', () => {
    expect(labelFineness(tiled(512), 0.5)).toEqual({ outlineWidth: 2, enlarge: 1 });
    expect(labelFineness(tiled(512), 1)).toEqual({ outlineWidth: 1, enlarge: 1 });
    expect(labelFineness(tiled(512), 4)).toEqual({ outlineWidth: 1, enlarge: 2 });
    expect(labelFineness(tiled(512), 20)).toEqual({ outlineWidth: 1, enlarge: 4 });
  });
  it('does not enlarge large tiles beyond reason', () => {
    expect(labelFineness(tiled(1024), 20).enlarge).toBe(2);
    expect(labelFineness(tiled(2048), 20).enlarge).toBe(1);
  });
});

describe('layers', () => {
  it('hold visible channels only, with a range that can be divided by', () => {
    const channel = { visible: true, colour: '#ff0000', range: { low: 5, high: 5 }, gamma: 1 };
    const layer = imageLayer({
      info: info({ c: 2 }),
      name: 'a',
      channels: [{ ...channel, visible: false }, channel],
      plane: { z: 0, t: 0 },
      mask: null,
    });
    expect(layer.channels).toHaveLength(1);
    expect(layer.channels[0]).toMatchObject({ c: 1, colour: [255, 0, 0] });
    expect(layer.channels[0]!.range.high).toBeGreaterThan(5);
  });
  it('take one channel of a mask, or three of one stored in colour', () => {
    expect(maskLayer(mask(info({ c: 2 })), { z: 0, t: 0 }, 1)?.channels).toEqual([1]);
    expect(maskLayer(mask(info({ c: 3 }, { rgb: true })), { z: 0, t: 0 }, 1)?.channels).toEqual([0, 1, 2]);
    expect(maskLayer({ ...mask(info({})), visible: false }, { z: 0, t: 0 }, 1)).toBeNull();
  });
  it('keep the outline strong beside a faint fill', () => {
    expect(labelPaint({ style: 'both', opacity: 0, outlineOpacity: 0.5 }, 1)).toEqual({
      fillAlpha: 0,
      outlineAlpha: 255,
      outlineWidth: 1,
    });
    expect(labelPaint({ style: 'outline', opacity: 0.2, outlineOpacity: 1 }, 2)).toEqual({
      fillAlpha: 0,
      outlineAlpha: 255,
      outlineWidth: 2,
    });
  });
});
