import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LABEL_COLOUR_COUNT, labelColour, parseColour, type Rgb } from './label-colours.ts';

type Vector = readonly [number, number, number];
const IDENTITY = [1, 0, 0, 0, 1, 0, 0, 0, 1];
/** Machado, Oliveira and Fernandes (2009), severity 1.0, for linear RGB. */
const SIGHTS: Record<string, readonly number[]> = {
  normal: IDENTITY,
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
};

function linear(value: number): number {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function seen(colour: Rgb, sight: readonly number[]): Vector {
  const rgb = colour.map(linear);
  const row = (at: number) =>
    Math.min(
      1,
      Math.max(
        0,
        [0, 1, 2].reduce((sum, i) => sum + sight[at + i]! * rgb[i]!, 0),
      ),
    );
  return oklab([row(0), row(3), row(6)]);
}

function oklab([r, g, b]: Vector): Vector {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function difference(a: Rgb, b: Rgb, sight: readonly number[]): number {
  const [p, q] = [seen(a, sight), seen(b, sight)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

describe('label colours', () => {
  it('repeat only after a whole round and are all different', () => {
    const all = Array.from({ length: LABEL_COLOUR_COUNT }, (_, i) => labelColour(i + 1).join());
    expect(new Set(all).size).toBe(LABEL_COLOUR_COUNT);
    expect(LABEL_COLOUR_COUNT).toBeGreaterThanOrEqual(64);
  });

  it.each(Object.entries(SIGHTS))(
    'keep labels that follow each other apart with %s sight',
    (_name, sight) => {
      for (let label = 1; label <= LABEL_COLOUR_COUNT + 1; label++) {
        for (const [step, least] of [
          [1, 0.1],
          [2, 0.08],
        ] as const) {
          expect(
            difference(labelColour(label), labelColour(label + step), sight),
            `labels ${label} and ${label + step}`,
          ).toBeGreaterThan(least);
        }
      }
    },
  );

  it('stand out from black', () => {
    for (let label = 1; label <= LABEL_COLOUR_COUNT; label++) {
      expect(seen(labelColour(label), IDENTITY)[0]).toBeGreaterThan(0.38);
    }
  });

  it('give every number one colour, however large or negative', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 53 - 1000 }), (label) => {
        expect(labelColour(label)).toEqual(labelColour(label + LABEL_COLOUR_COUNT));
        expect(labelColour(label)).not.toEqual(labelColour(label + 1));
      }),
    );
  });
});

describe('parseColour', () => {
  it('reads what it wrote', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(byte, byte, byte, (r, g, b) => {
        const text = `#${[r, g, b].map((v) => v.toString(16).padStart(2, '0')).join('')}`;
        expect(parseColour(text)).toEqual([r, g, b]);
      }),
    );
  });
  it('falls back to white', () => {
    expect(parseColour('red')).toEqual([255, 255, 255]);
  });
});
