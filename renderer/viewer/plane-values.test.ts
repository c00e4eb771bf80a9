import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enlargeLabels, joinColours, padLabels, shrink } from './plane-values.ts';

const ALONE = { left: null, right: null, above: null, below: null };

describe('shrink', () => {
  it('takes the mean of images and one label of masks', () => {
    const plane = { values: Uint16Array.of(0, 10, 4, 20, 30, 8), width: 3, height: 2 };
    expect([...shrink('uint16', plane, 2, 'mean').values]).toEqual([15, 6]);
    expect([...shrink('uint16', plane, 2, 'pick').values]).toEqual([0, 4]);
    expect(shrink('uint16', plane, 1, 'mean')).toBe(plane);
  });
  it('never leaves the range of the values', () => {
    const shape = fc.record({
      width: fc.integer({ min: 1, max: 20 }),
      height: fc.integer({ min: 1, max: 20 }),
    });
    fc.assert(
      fc.property(
        shape,
        fc.constantFrom(2, 4, 8),
        fc.infiniteStream(fc.integer({ min: 5, max: 200 })),
        (s, step, stream) => {
          const values = Uint8Array.from({ length: s.width * s.height }, () => stream.next().value as number);
          const small = shrink('uint8', { values, ...s }, step, 'mean');
          expect(small.values.length).toBe(Math.ceil(s.width / step) * Math.ceil(s.height / step));
          expect(Math.min(...small.values)).toBeGreaterThanOrEqual(Math.min(...values));
          expect(Math.max(...small.values)).toBeLessThanOrEqual(Math.max(...values));
        },
      ),
    );
  });
});

describe('padLabels', () => {
  const tile = (values: number[], width: number) => ({
    values: Uint8Array.from(values),
    width,
    height: values.length / width,
  });
  it('repeats the edge where nothing follows', () => {
    const padded = padLabels('uint8', tile([1, 2, 3, 4], 2), ALONE, 1);
    expect([...Array.from(padded.values)]).toEqual([0, 1, 2, 0, 1, 1, 2, 2, 3, 3, 4, 4, 0, 3, 4, 0]);
  });
  it('takes the rim from the neighbours', () => {
    const padded = padLabels(
      'uint8',
      tile([1, 2, 3, 4], 2),
      {
        left: tile([9, 5, 9, 6], 2),
        right: tile([7, 0, 8, 0], 2),
        above: tile([10, 11], 2),
        below: tile([12, 13], 2),
      },
      1,
    );
    expect([...Array.from(padded.values)]).toEqual([0, 10, 11, 0, 5, 1, 2, 7, 6, 3, 4, 8, 0, 12, 13, 0]);
  });
  it('copes with a neighbour thinner than the rim', () => {
    const padded = padLabels('uint8', tile([1, 1], 1), { ...ALONE, right: tile([5, 6], 1) }, 2);
    const stride = 5;
    expect(padded.values[2 * stride + 3]).toBe(5);
    expect(padded.values[2 * stride + 4]).toBe(5);
  });
});

describe('enlargeLabels', () => {
  it('makes a square of each label and of the rim', () => {
    const padded = padLabels('uint8', { values: Uint8Array.of(1, 2), width: 2, height: 1 }, ALONE, 1);
    const large = enlargeLabels('uint8', padded, 2);
    expect([large.width, large.height, large.pad]).toEqual([4, 2, 2]);
    expect(Array.from(large.values).slice(2 * 8, 3 * 8)).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
    expect(Array.from(large.values).slice(3 * 8, 4 * 8)).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
    expect(enlargeLabels('uint8', padded, 1)).toBe(padded);
  });
});

describe('joinColours', () => {
  it('gives every colour its own number and black none', () => {
    const joined = joinColours('uint8', 'uint8', [
      Uint8Array.of(0, 255, 1),
      Uint8Array.of(0, 0, 2),
      Uint8Array.of(0, 16, 3),
    ]);
    expect([...joined]).toEqual([0, 0xff_00_10, 0x01_02_03]);
  });
  it('reads 16-bit colour by its leading byte', () => {
    const joined = joinColours('uint16', 'uint16', [
      Uint16Array.of(65535),
      Uint16Array.of(0),
      Uint16Array.of(257),
    ]);
    expect([...joined]).toEqual([0xff_00_01]);
  });
});
