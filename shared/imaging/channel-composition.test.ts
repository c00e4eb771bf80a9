import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeChannels, emptyValues, tileValues } from './channel-composition.ts';
import { typeRange } from './contrast.ts';

const RED = [255, 0, 0] as const;
const GREEN = [0, 255, 0] as const;
const BLUE = [0, 0, 255] as const;

describe('composeChannels', () => {
  it('gives stored colour back unchanged', () => {
    const plane = fc.uint8Array({ minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(plane, plane, plane, (red, green, blue) => {
        const range = typeRange('uint8', 'uint8');
        const out = new Uint8ClampedArray(24).fill(77);
        composeChannels(
          'uint8',
          [
            { values: red, range, gamma: 1, colour: RED },
            { values: green, range, gamma: 1, colour: GREEN },
            { values: blue, range, gamma: 1, colour: BLUE },
          ],
          out,
        );
        for (let i = 0; i < 6; i++) {
          expect([...out.subarray(i * 4, i * 4 + 4)]).toEqual([red[i], green[i], blue[i], 255]);
        }
      }),
    );
  });

  it('adds channels and saturates', () => {
    const out = new Uint8ClampedArray(8);
    const values = Uint16Array.of(100, 200);
    const channel = { values, range: { low: 0, high: 200 }, gamma: 1, colour: [255, 128, 0] as const };
    composeChannels('uint16', [channel, channel], out);
    expect([...out]).toEqual([255, 128, 0, 255, 255, 255, 0, 255]);
  });

  it('shows the same for every type that holds the same values', () => {
    const values = [0, 1, 50, 99, 100, 120];
    const shown = (['uint8', 'int16', 'uint32', 'int32', 'float32', 'float64'] as const).map((type) => {
      const plane = emptyValues(type, values.length);
      for (const [index, value] of values.entries()) plane[index] = value;
      const out = new Uint8ClampedArray(values.length * 4);
      composeChannels(type, [{ values: plane, range: { low: 1, high: 100 }, gamma: 1, colour: GREEN }], out);
      return out.join();
    });
    // Only the rounding of a half may differ between a table and a computation.
    expect(new Set(shown).size).toBe(1);
  });

  it('is not confused by many ranges one after the other', () => {
    const values = Uint8Array.of(10);
    for (const round of [1, 2]) {
      for (let high = 20; high < 60; high++) {
        const out = new Uint8ClampedArray(4);
        composeChannels('uint8', [{ values, range: { low: 0, high }, gamma: 1, colour: RED }], out);
        expect(out[0], `round ${round}`).toBe(Math.round((10 / high) * 255));
      }
    }
  });

  it('is black and opaque without channels', () => {
    const out = new Uint8ClampedArray(4).fill(9);
    composeChannels('uint8', [], out);
    expect([...out]).toEqual([0, 0, 0, 255]);
  });
});

describe('tileValues', () => {
  it('reads little-endian values', () => {
    const bytes = Uint8Array.of(1, 2, 255, 255).buffer;
    expect([...tileValues('uint16', bytes, 2)]).toEqual([513, 65535]);
    expect([...tileValues('int16', bytes, 2)]).toEqual([513, -1]);
  });
  it('refuses a tile cut short', () => {
    expect(() => tileValues('uint16', new ArrayBuffer(3), 2)).toThrow(RangeError);
  });
});
