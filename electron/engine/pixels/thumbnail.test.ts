import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { labelColour } from '../../../shared/imaging/label-colours.ts';
import { sharp } from './libvips.ts';
import { openSource } from './open-source.ts';
import { makeTiff, type TiffRecipe } from './test-fixtures/make-tiff.ts';
import { dataFile, hasData } from './test-fixtures/test-data.ts';
import { makeThumbnail } from './thumbnail.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-thumbnail-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const never = new AbortController().signal;

function write(name: string, ...pages: TiffRecipe[]): string {
  const path = join(folder, name);
  writeFileSync(path, makeTiff(pages));
  return path;
}

async function picture(path: string, size: number, mask: string | null = null) {
  const png = await makeThumbnail(
    openSource,
    { path, part: '', size, mask: mask ? { path: mask, part: '' } : null },
    never,
  );
  expect([...png.subarray(1, 4)].map((byte) => String.fromCharCode(byte)).join('')).toBe('PNG');
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [
    ...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + 3),
  ];
  return { ...info, at };
}

const ramp = (width: number, height: number): TiffRecipe => ({
  width,
  height,
  bits: 16,
  values: Array.from({ length: width * height }, (_, index) => 1000 + (index % width)),
});

describe('thumbnails', () => {
  test('have their longest side as asked, smaller or larger than the image', async () => {
    expect(await picture(write('wide.tif', ramp(300, 100)), 90)).toMatchObject({ width: 90, height: 30 });
    expect(await picture(write('tall.tif', ramp(10, 40)), 200)).toMatchObject({ width: 50, height: 200 });
    expect(await picture(write('line.tif', ramp(500, 1)), 50)).toMatchObject({ width: 50, height: 1 });
  });

  test('stretch the contrast of measurements, not of colour', async () => {
    const grey = await picture(write('ramp.tif', ramp(256, 64)), 256);
    expect(grey.at(0, 10)).toEqual([0, 0, 0]);
    expect(grey.at(255, 10)).toEqual([255, 255, 255]);
    const color = write('color.tif', {
      width: 2,
      height: 2,
      bits: 8,
      samples: 3,
      values: new Array<number>(4).fill(0).flatMap(() => [10, 20, 30]),
    });
    expect((await picture(color, 16)).at(5, 5)).toEqual([10, 20, 30]);
  });

  test('show the middle slice', async () => {
    const page = (value: number): TiffRecipe => ({
      width: 4,
      height: 4,
      bits: 8,
      samples: 3,
      values: new Array<number>(48).fill(value),
    });
    expect((await picture(write('stack.tif', page(1), page(50), page(3)), 16)).at(3, 3)).toEqual([
      50, 50, 50,
    ]);
  });

  test('lay labels over the image in their colours, outlined, and leave the background', async () => {
    const image = write('image.tif', ramp(100, 100));
    const inside = (index: number) => index % 100 >= 20 && index % 100 < 60 && index >= 2000 && index < 6000;
    const mask = write('mask.tif', {
      width: 100,
      height: 100,
      bits: 32,
      values: Array.from({ length: 10_000 }, (_, index) => (inside(index) ? 7 : 0)),
    });
    const [plain, laid] = [await picture(image, 100), await picture(image, 100, mask)];
    expect(laid.at(20, 20)).toEqual([...labelColour(7)]);
    expect(laid.at(40, 40)).not.toEqual(plain.at(40, 40));
    expect(laid.at(40, 40)).not.toEqual([...labelColour(7)]);
    expect(laid.at(80, 80)).toEqual(plain.at(80, 80));
  });

  test('take the colours of a mask that is a colour picture', async () => {
    const image = write('under.tif', ramp(40, 40));
    const values = Array.from({ length: 1600 }, (_, index) =>
      index % 40 < 20 ? [200, 10, 30] : [0, 0, 0],
    ).flat();
    const mask = write('colors.tif', { width: 40, height: 40, bits: 8, samples: 3, values });
    expect((await picture(image, 40, mask)).at(19, 10)).toEqual([200, 10, 30]);
  });

  test('refuse a mask of another shape instead of showing it somewhere', async () => {
    const image = write('a.tif', ramp(100, 50));
    const mask = write('b.tif', ramp(50, 100));
    await expect(picture(image, 64, mask)).rejects.toMatchObject({
      code: 'mask-does-not-fit',
      why: /50 × 100.*100 × 50/,
    });
    const half = write('half.tif', ramp(50, 25));
    expect(await picture(image, 64, half)).toMatchObject({ width: 64, height: 32 });
  });

  test.skipIf(!hasData)(
    'of a store without its finest level show a coarser one (needs ../shared/data)',
    async () => {
      const path = dataFile('ome-zarr/20200812-CardiomyocyteDifferentiation14-Cycle1_B_03_mip.zarr');
      const shown = await picture(path, 200);
      const bright = Array.from({ length: 150 }, (_, x) => shown.at(x, 80)).filter(
        (pixel) => Math.max(...pixel) > 60,
      );
      expect(bright.length).toBeGreaterThan(10);
    },
  );
});
