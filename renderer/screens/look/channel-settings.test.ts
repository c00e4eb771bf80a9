import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImageInfo, PlaneFacts } from '../../../shared/imaging/image-info.ts';
import {
  channelSettings,
  channelSignature,
  channelsToMeasure,
  controlStep,
  startingColour,
  startingPlane,
} from './channel-settings.ts';

const info = (c: number, colors: string[], more: Partial<ImageInfo> = {}): ImageInfo => ({
  imageId: 'id',
  name: 'a.tif',
  format: 'tiff',
  storedType: 'uint16',
  pixelType: 'uint16',
  sizes: { t: 1, c, z: 9, y: 10, x: 10 },
  levels: [{ width: 10, height: 10, tileWidth: 10, tileHeight: 10 }],
  channels: colors.map((color, index) => ({ name: `ch${index}`, color, window: null })),
  rgb: false,
  pixelSize: null,
  labels: [],
  notes: [],
  ...more,
});
const facts: PlaneFacts = { min: 0, max: 900, low: 10, high: 700, bins: [], distinct: 9, zeroShare: 0 };

describe('channels', () => {
  it('of one colour each keep it, of one colour all get their own', () => {
    expect(startingColour(info(2, ['#0000ff', '#FF0000']), 1)).toBe('#ff0000');
    const white = info(3, ['#ffffff', '#ffffff', '#ffffff']);
    expect(new Set([0, 1, 2].map((c) => startingColour(white, c))).size).toBe(3);
    expect(startingColour(info(1, ['#ffffff']), 0)).toBe('#ffffff');
    expect(startingColour(info(2, []), 1)).toMatch(/^#/);
  });

  it('start with the first four, the others switched off', () => {
    const settings = channelSettings(info(7, []), new Map(), {});
    expect(settings.map(({ visible }) => visible)).toEqual([true, true, true, true, false, false, false]);
    expect(channelsToMeasure(info(7, []), { 0: { visible: false }, 6: { visible: true } })).toEqual([
      1, 2, 3, 6,
    ]);
  });

  it('take the range from the plane, and what a person changed over it', () => {
    const [first, second] = channelSettings(info(2, []), new Map([[0, facts]]), {
      1: { range: { low: 1, high: 2 }, gamma: 2 },
    });
    expect(first?.range).toEqual({ low: 10, high: 700 });
    expect(second).toMatchObject({ range: { low: 1, high: 2 }, gamma: 2, visible: true });
  });

  it('of a colour picture are three and shown as stored', () => {
    const colour = info(4, [], { rgb: true, pixelType: 'uint8', storedType: 'uint8' });
    const settings = channelSettings(colour, new Map(), {});
    expect(settings.map(({ colour: c }) => c)).toEqual(['#ff0000', '#00ff00', '#0000ff']);
    expect(settings[0]?.range).toEqual({ low: 0, high: 255 });
    expect(channelsToMeasure(colour, {})).toEqual([]);
  });

  it('with other names are other channels', () => {
    expect(channelSignature(info(2, ['#fff', '#fff']))).not.toBe(channelSignature(info(3, ['#fff', '#fff'])));
  });
});

describe('controls', () => {
  it('begin in the middle of a stack', () => {
    expect(startingPlane(info(1, []))).toEqual({ z: 4, t: 0 });
  });
  it('have steps that cross their range in a sensible number', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), fc.boolean(), (span, whole) => {
        const step = controlStep(whole, span);
        expect(step).toBeGreaterThan(0);
        if (whole) expect(Number.isInteger(step)).toBe(true);
        else expect(span / step).toBeLessThanOrEqual(10_001);
        if (!whole || span > 2000) expect(span / step).toBeGreaterThanOrEqual(999);
      }),
    );
  });
});
