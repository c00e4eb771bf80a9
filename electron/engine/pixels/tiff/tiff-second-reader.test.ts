import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { sharp } from '../libvips.ts';
import { openSource } from '../open-source.ts';
import type { PixelSource } from '../pixel-source.ts';
import { makeTiff, type TiffField, type TiffRecipe } from '../test-fixtures/make-tiff.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-second-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const plane = (source: PixelSource, c: number) =>
  source.read({ c, z: 0, t: 0 }, 0, { x: 0, y: 0, width: source.info.sizes.x, height: source.info.sizes.y });

test.each([true, false])('a fax-compressed mask keeps its 0 and 1 (white is 0: %s)', async (miniswhite) => {
  const [width, height] = [37, 23];
  const bits = Uint8Array.from({ length: width * height }, (_, index) => ((index * 7) % 11 > 4 ? 255 : 0));
  const path = join(folder, `fax-${miniswhite}.tif`);
  await sharp(bits, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .tiff({ compression: 'ccittfax4', bitdepth: 1, miniswhite })
    .toFile(path);
  const source = await openSource(path, '');
  expect(source.info).toMatchObject({ storedType: 'bool', pixelType: 'uint8', rgb: false });
  const bright = miniswhite ? 0 : 1;
  expect([...(await plane(source, 0))]).toEqual(
    [...bits].map((value) => (value === 255 ? bright : 1 - bright)),
  );
  await source.close();
});

describe('YCbCr that is not JPEG becomes red, green, blue', () => {
  const [width, height] = [8, 6];
  const luma = Array.from({ length: width * height }, (_, index) => 40 + index * 3);
  const blue = Array.from({ length: width * height }, (_, index) => 100 + (index % 50));
  const red = Array.from({ length: width * height }, (_, index) => 150 - (index % 40));
  /** ITU-R BT.601, as TIFF 6.0 section 21 has it when nothing else is said. */
  const expected = (at: number) => {
    const [y, cb, cr] = [luma[at] ?? 0, (blue[at] ?? 0) - 128, (red[at] ?? 0) - 128];
    return [y + 1.402 * cr, y - 0.344136 * cb - 0.714136 * cr, y + 1.772 * cb];
  };
  const fields: TiffField[] = [
    { tag: 530, type: 'short', values: [1, 1] },
    { tag: 532, type: 'rational', values: [0, 255, 128, 255, 128, 255] },
  ];
  const base: Omit<TiffRecipe, 'values'> = { width, height, samples: 3, bits: 8, photometric: 6, fields };

  test('with fewer pixels for colour than for brightness it is refused', async () => {
    const path = join(folder, 'half.tif');
    const values = new Array<number>(width * height * 3).fill(9);
    writeFileSync(
      path,
      makeTiff([{ ...base, values, fields: [{ tag: 530, type: 'short', values: [2, 2] }] }]),
    );
    await expect(openSource(path, '')).rejects.toMatchObject({ why: /fewer pixels for colour/ });
  });

  test.each([
    ['interleaved', { ...base, rowsPerStrip: 4 }],
    ['in planes', { ...base, planar: true }],
    ['deflated', { ...base, compression: 'deflate' }],
  ] as const)('%s', async (name, recipe) => {
    const values = luma.flatMap((y, at) => [y, blue[at] ?? 0, red[at] ?? 0]);
    const path = join(folder, `${name}.tif`);
    writeFileSync(path, makeTiff([{ ...recipe, values }]));
    const source = await openSource(path, '');
    expect(source.info).toMatchObject({ rgb: true, sizes: { c: 3 } });
    for (let c = 0; c < 3; c++) {
      for (const [at, value] of (await plane(source, c)).entries()) {
        const right = Math.min(255, Math.max(0, expected(at)[c] ?? 0));
        expect(Math.abs(value - right)).toBeLessThanOrEqual(2);
      }
    }
    await source.close();
  });
});

test('lossless JPEG, 12-bit JPEG and other rare forms are named, not guessed', async () => {
  const recipe: TiffRecipe = {
    width: 8,
    height: 8,
    bits: 8,
    values: [0xff, 0xd8, 0xff, 0xc3, 0, 4, 1, 1, ...new Array<number>(56).fill(0)],
    fields: [{ tag: 259, type: 'short', values: [7] }],
  };
  const path = join(folder, 'lossless.tif');
  writeFileSync(path, makeTiff([recipe]));
  const source = await openSource(path, '');
  await expect(plane(source, 0)).rejects.toMatchObject({ code: 'cannot-read-image', why: /lossless JPEG/ });
  await source.close();
});
