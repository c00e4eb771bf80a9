import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  automaticRange,
  brightness,
  brightnessTable,
  controlRange,
  startingRange,
  tableSpan,
  typeRange,
  widen,
} from './contrast.ts';
import type { PlaneFacts } from './image-info.ts';

const facts = (more: Partial<PlaneFacts>): PlaneFacts => ({
  min: 0,
  max: 4000,
  low: 100,
  high: 3000,
  bins: [],
  distinct: 100,
  zeroShare: 0,
  ...more,
});
const grey = { pixelType: 'uint16', storedType: 'uint16', rgb: false } as const;

describe('typeRange', () => {
  it('counts the bits that are stored, not those that are delivered', () => {
    expect(typeRange('uint16', 'uint12')).toEqual({ low: 0, high: 4095 });
    expect(typeRange('int16', 'int16')).toEqual({ low: -32768, high: 32767 });
    expect(typeRange('uint8', 'bool')).toEqual({ low: 0, high: 1 });
    expect(typeRange('float32', 'float16')).toEqual({ low: 0, high: 1 });
    expect(typeRange('uint8', 'something')).toEqual({ low: 0, high: 255 });
  });
});

describe('startingRange', () => {
  it('shows stored colour as it is', () => {
    const range = startingRange(
      { pixelType: 'uint8', storedType: 'uint8', rgb: true },
      { window: null },
      facts({}),
    );
    expect(range).toEqual({ low: 0, high: 255 });
  });
  it('takes the window of the image', () => {
    expect(startingRange(grey, { window: { low: 50, high: 2000 } }, facts({}))).toEqual({
      low: 50,
      high: 2000,
    });
    expect(startingRange(grey, { window: { low: 50, high: 2000 } }, null)).toEqual({ low: 50, high: 2000 });
  });
  it('does not take a window that would show black', () => {
    expect(startingRange(grey, { window: { low: 0, high: 65535 } }, facts({ high: 900 }))).toEqual({
      low: 100,
      high: 900,
    });
  });
  it('does not take a window that misses the values, nor one turned around', () => {
    expect(startingRange(grey, { window: { low: 9000, high: 12000 } }, facts({}))).toEqual({
      low: 100,
      high: 3000,
    });
    expect(startingRange(grey, { window: { low: 9, high: 9 } }, facts({}))).toEqual({ low: 100, high: 3000 });
  });
  it('shows a sparse plane by its whole range', () => {
    expect(automaticRange(facts({ low: 0, high: 0, max: 255 }))).toEqual({ low: 0, high: 255 });
  });
});

describe('ranges', () => {
  it('can always be divided by', () => {
    fc.assert(
      fc.property(fc.double(), fc.double(), (low, high) => {
        const range = widen(low, high);
        expect(range.high).toBeGreaterThan(range.low);
      }),
    );
  });
  it('of a constant plane are one step wide', () => {
    expect(widen(0, 0)).toEqual({ low: 0, high: 1 });
    expect(widen(7, 7)).toEqual({ low: 7, high: 8 });
    expect(widen(0.5, 0.5).high).toBeLessThan(0.51);
  });
  it('of controls hold the chosen range and the values', () => {
    const number = fc.integer({ min: -70000, max: 70000 });
    fc.assert(
      fc.property(number, number, number, number, (a, b, c, d) => {
        const chosen = widen(Math.min(a, b), Math.max(a, b));
        const met = facts({ min: Math.min(c, d), max: Math.max(c, d) });
        const control = controlRange(chosen, met);
        expect(control.low).toBeLessThanOrEqual(Math.min(chosen.low, met.min));
        expect(control.high).toBeGreaterThanOrEqual(Math.max(chosen.high, met.max));
      }),
    );
  });
});

describe('brightness', () => {
  it('rises with the value and stays between 0 and 1', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        value,
        value,
        value,
        value,
        fc.double({ min: 0.1, max: 5, noNaN: true }),
        (a, b, c, d, gamma) => {
          const range = widen(Math.min(c, d), Math.max(c, d));
          const [darker, lighter] = [Math.min(a, b), Math.max(a, b)];
          expect(brightness(darker, range, gamma)).toBeLessThanOrEqual(brightness(lighter, range, gamma));
          expect(brightness(a, range, gamma)).toBeGreaterThanOrEqual(0);
          expect(brightness(a, range, gamma)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
  it('lifts dark values with a larger gamma', () => {
    expect(brightness(25, { low: 0, high: 100 }, 2)).toBeCloseTo(0.5);
    expect(brightness(25, { low: 0, high: 100 }, 1)).toBeCloseTo(0.25);
  });
  it('is dark where there is no number', () => {
    expect(brightness(Number.NaN, { low: 0, high: 1 }, 1)).toBe(0);
  });
  it('is the same in a table', () => {
    const span = tableSpan('int16');
    if (!span) throw new Error('int16 has a table');
    const range = { low: -100, high: 300 };
    const table = brightnessTable(span, range, 1.4);
    for (const value of [-32768, -100, -99, 0, 100, 299, 300, 32767]) {
      expect(table[value - span.first]).toBe(Math.round(brightness(value, range, 1.4) * 255));
    }
    expect(tableSpan('float32')).toBeNull();
  });
});
