import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseScaleBar, lengthText } from './scale-bar.ts';

describe('chooseScaleBar', () => {
  it('is round, fits, and is never shorter than two fifths of the room', () => {
    const size = fc.double({ min: 1e-5, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(size, fc.integer({ min: 50, max: 300 }), (perPixel, longest) => {
        const bar = chooseScaleBar(perPixel, longest);
        if (!bar) throw new Error('a bar was expected');
        expect(bar.pixels).toBeLessThanOrEqual(longest * (1 + 1e-6));
        expect(bar.pixels).toBeGreaterThanOrEqual(longest * 0.399);
        expect(bar.pixels * perPixel).toBeCloseTo(bar.micrometres, 6);
        const lead = bar.micrometres / 10 ** Math.floor(Math.log10(bar.micrometres) + 1e-9);
        expect([1, 2, 5].some((step) => Math.abs(lead - step) < 1e-6)).toBe(true);
      }),
    );
  });
  it('is absent when the pixel has no size', () => {
    expect(chooseScaleBar(0, 100)).toBeNull();
    expect(chooseScaleBar(Number.NaN, 100)).toBeNull();
    expect(chooseScaleBar(-1, 100)).toBeNull();
  });
  it('uses the unit people would', () => {
    expect([0.05, 0.5, 1, 20, 500, 2000, 50_000].map(lengthText)).toEqual([
      '50 nm',
      '500 nm',
      '1 µm',
      '20 µm',
      '500 µm',
      '2 mm',
      '5 cm',
    ]);
  });
});
