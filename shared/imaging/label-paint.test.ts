import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelColour } from './label-colours.ts';
import { paintLabels } from './label-paint.ts';

const SQUARE = [
  [0, 0, 0, 0, 0],
  [0, 7, 7, 7, 0],
  [0, 7, 7, 7, 8],
  [0, 7, 7, 7, 0],
  [0, 0, 0, 0, 0],
].flat();

function alphas(out: Uint8ClampedArray): number[] {
  return [...out].filter((_, index) => index % 4 === 3);
}

describe('paintLabels', () => {
  it('fills labels in their colour and leaves background clear', () => {
    const out = new Uint8ClampedArray(100);
    paintLabels(
      { values: SQUARE, width: 5, height: 5, pad: 0 },
      { fillAlpha: 128, outlineAlpha: 0, outlineWidth: 1 },
      out,
    );
    expect(alphas(out)).toEqual(SQUARE.map((label) => (label === 0 ? 0 : 128)));
    expect([...out.subarray(12 * 4, 12 * 4 + 3)]).toEqual([...labelColour(7)]);
    expect([...out.subarray(14 * 4, 14 * 4 + 3)]).toEqual([...labelColour(8)]);
  });

  it('draws an outline inside the object only', () => {
    const out = new Uint8ClampedArray(100);
    paintLabels(
      { values: SQUARE, width: 5, height: 5, pad: 0 },
      { fillAlpha: 0, outlineAlpha: 255, outlineWidth: 1 },
      out,
    );
    const drawn = SQUARE.map((label, index) => (label !== 0 && index !== 12 ? 255 : 0));
    expect(alphas(out)).toEqual(drawn);
  });

  it('draws both with their own strength', () => {
    const out = new Uint8ClampedArray(100);
    paintLabels(
      { values: SQUARE, width: 5, height: 5, pad: 0 },
      { fillAlpha: 60, outlineAlpha: 255, outlineWidth: 1 },
      out,
    );
    expect(out[12 * 4 + 3]).toBe(60);
    expect(out[11 * 4 + 3]).toBe(255);
  });

  it('draws the same over tiles with a rim as over the whole plane', () => {
    const [width, height] = [12, 8];
    const plane = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 96, maxLength: 96 });
    fc.assert(
      fc.property(plane, fc.integer({ min: 1, max: 2 }), (values, reach) => {
        const paint = { fillAlpha: 90, outlineAlpha: 255, outlineWidth: reach };
        const whole = new Uint8ClampedArray(width * height * 4);
        paintLabels({ values, width, height, pad: 0 }, paint, whole);
        // The middle 4 × 4, given with two pixels around it.
        const [left, top, size, pad] = [4, 2, 4, 2];
        const part: number[] = [];
        for (let y = top - pad; y < top + size + pad; y++) {
          for (let x = left - pad; x < left + size + pad; x++) part.push(values[y * width + x] ?? 0);
        }
        const out = new Uint8ClampedArray(size * size * 4);
        paintLabels({ values: part, width: size, height: size, pad }, paint, out);
        for (let y = 0; y < size; y++) {
          const from = ((y + top) * width + left) * 4;
          expect([...out.subarray(y * size * 4, (y + 1) * size * 4)]).toEqual([
            ...whole.subarray(from, from + size * 4),
          ]);
        }
      }),
    );
  });

  it('keeps the colours of a mask stored as a colour picture, and counts its greys as numbers', () => {
    const out = new Uint8ClampedArray(12);
    const values = [0x10_20_30, 0, 0x05_05_05];
    paintLabels(
      { values, width: 3, height: 1, pad: 0, coloured: true },
      { fillAlpha: 200, outlineAlpha: 0, outlineWidth: 1 },
      out,
    );
    expect([...out]).toEqual([0x10, 0x20, 0x30, 200, 0, 0, 0, 0, ...labelColour(5), 200]);
  });

  it('leaves out what is not a number', () => {
    const out = new Uint8ClampedArray(4);
    paintLabels(
      { values: [Number.NaN], width: 1, height: 1, pad: 0 },
      { fillAlpha: 255, outlineAlpha: 255, outlineWidth: 1 },
      out,
    );
    expect(out[3]).toBe(0);
  });
});
