import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seriesName } from './series-names.ts';

const of = seriesName;

describe('the series a name belongs to', () => {
  it.each([
    ['cells_t001.tif', 'cells_t{t}.tif', 'cells', ['t']],
    ['cells_t001_z02_c1.ome.tif', 'cells_t{t}_z{z}_c{c}.ome.tif', 'cells', ['t', 'z', 'c']],
    ['plate1_A01_s3_t12.tif', 'plate1_A01_s3_t{t}.tif', 'plate1_A01_s3', ['t']],
    ['img_t1z2c0.tif', 'img_t{t}z{z}c{c}.tif', 'img', ['t', 'z', 'c']],
    ['Time 7 Channel 2 raw.tif', 'Time {t} Channel {c} raw.tif', 'raw', ['t', 'c']],
    ['img_0001.tif', 'img_{n}.tif', 'img', []],
    ['2024-01-05_cell12_mask.png', '2024-01-05_cell{n}_mask.png', '2024-01-05_cell_mask', []],
    ['0001.tif', '{n}.tif', 'series', []],
  ])('%s is of %s', (name, pattern, together, axes) => {
    expect(of(name)).toEqual({ pattern, name: together, axes });
  });

  it.each(['image.tif', 'README', '', 'cells_{t}1.tif'])('%s is of none', (name) => {
    expect(of(name)).toBeNull();
  });

  it('is the same for every running number, and another for another name', () => {
    const stem = fc.stringMatching(/^[a-su-y]{1,6}(_[A-H][0-9]{2})?$/);
    const number = fc.nat({ max: 99_999 });
    fc.assert(
      fc.property(stem, stem, number, number, number, (one, other, t, z, later) => {
        const name = (text: string, time: number) => `${text}_t${time}_z${z}.tif`;
        expect(of(name(one, t))?.pattern).toBe(of(name(one, later))?.pattern);
        if (one !== other) expect(of(name(one, t))?.pattern).not.toBe(of(name(other, t))?.pattern);
      }),
    );
  });

  it('never throws, and its name can be a file name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (name) => {
        const series = of(name);
        if (series !== null) expect(series.name.trim()).not.toBe('');
      }),
    );
  });
});
