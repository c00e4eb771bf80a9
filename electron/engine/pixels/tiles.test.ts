import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { tileValues } from '../../../shared/imaging/channel-composition.ts';
import { createDecoder } from './decoder.ts';
import { openSource } from './open-source.ts';
import { inProcessLauncher } from './test-fixtures/in-process-launcher.ts';
import { makeTiff } from './test-fixtures/make-tiff.ts';
import { dataFile, dataFolder, hasData } from './test-fixtures/test-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-tiles-'));
const decoder = createDecoder(inProcessLauncher(openSource));
decoder.grant([folder, dataFolder]);
afterAll(async () => {
  await decoder.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Puts all tiles of a plane together; every pixel must come from exactly one of them. */
async function assemble(
  imageId: string,
  info: Awaited<ReturnType<typeof decoder.open>>,
  level: number,
  at: { c: number; z: number; t: number },
) {
  const { width, height, tileWidth, tileHeight } = info.levels[level] ?? {
    width: 0,
    height: 0,
    tileWidth: 1,
    tileHeight: 1,
  };
  const plane = new Float64Array(width * height).fill(Number.NaN);
  let twice = 0;
  for (let y = 0; y * tileHeight < height; y++) {
    for (let x = 0; x * tileWidth < width; x++) {
      const bytes = await decoder.tile(imageId, { level, ...at, x, y });
      const [columns, rows] = [
        Math.min(tileWidth, width - x * tileWidth),
        Math.min(tileHeight, height - y * tileHeight),
      ];
      const values = tileValues(info.pixelType, new Uint8Array(bytes).buffer, columns * rows);
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          const place = (y * tileHeight + row) * width + x * tileWidth + column;
          if (!Number.isNaN(plane[place])) twice++;
          plane[place] = values[row * columns + column] ?? Number.NaN;
        }
      }
    }
  }
  expect(twice).toBe(0);
  return plane;
}

async function expectTilesAreThePlane(path: string, part = '') {
  const info = await decoder.open(path, part);
  const source = await openSource(path, part);
  const at = { c: info.sizes.c - 1, z: info.sizes.z - 1, t: info.sizes.t - 1 };
  for (const [level, { width, height }] of info.levels.entries()) {
    const whole = await source.read(at, level, { x: 0, y: 0, width, height });
    expect(
      Buffer.compare(
        Buffer.from((await assemble(info.imageId, info, level, at)).buffer),
        Buffer.from(Float64Array.from(whole).buffer),
      ),
    ).toBe(0);
  }
  await source.close();
  decoder.close(info.imageId);
  return info;
}

describe('tiles', () => {
  test('cover the plane exactly and hold its values, whatever the storage', async () => {
    const recipe = fc.record({
      width: fc.integer({ min: 1, max: 300 }),
      height: fc.integer({ min: 1, max: 300 }),
      bits: fc.constantFrom(8, 12, 16),
      tile: fc.option(
        fc.constantFrom({ width: 16, height: 16 }, { width: 96, height: 32 }, { width: 288, height: 272 }),
        { nil: undefined },
      ),
      rowsPerStrip: fc.integer({ min: 1, max: 100 }),
    });
    await fc.assert(
      fc.asyncProperty(recipe, async ({ tile, ...recipeOf }) => {
        const values = Array.from(
          { length: recipeOf.width * recipeOf.height },
          (_, index) => (index * 7) % 251,
        );
        const path = join(folder, 'tiles.tif');
        writeFileSync(path, makeTiff([{ ...recipeOf, values, ...(tile ? { tile } : {}) }]));
        await expectTilesAreThePlane(path);
      }),
      { numRuns: 25 },
    );
  });

  test('outside the image are a Problem', async () => {
    const path = join(folder, 'small.tif');
    writeFileSync(path, makeTiff([{ width: 3, height: 3, bits: 8, values: new Array<number>(9).fill(1) }]));
    const { imageId } = await decoder.open(path, '');
    const tile = { level: 0, c: 0, z: 0, t: 0, x: 0, y: 0 };
    for (const outside of [{ x: 1 }, { y: 1 }, { level: 1 }, { c: 1 }, { z: 1 }, { t: 1 }]) {
      await expect(decoder.tile(imageId, { ...tile, ...outside })).rejects.toMatchObject({
        code: 'no-such-plane',
      });
    }
    decoder.close(imageId);
    await expect(decoder.tile(imageId, tile)).rejects.toMatchObject({ code: 'image-closed' });
  });

  test.skipIf(!hasData).each([
    ['tiff/compression/usda_naip_256_webp_z3.tif', ''],
    ['tiff/compression/sm_colors_tile.tif', ''],
    ['tiff/compression/40-8bit-gray-zip.tif', ''],
    ['masks/blobs/blobs_sparse_labels.tif', ''],
    ['ome-zarr/20200812-CardiomyocyteDifferentiation14-Cycle1_B_03_mip.zarr', 'labels/nuclei'],
    ['ome-zarr/valid/image-02.zarr', ''],
    ['ome-zarr/small/5d_dataset_v5.ome.zarr', ''],
  ])('of the real %s %s cover its planes (needs ../shared/data)', async (path, part) => {
    const info = await expectTilesAreThePlane(dataFile(path), part);
    expect(info.levels.length).toBeGreaterThan(0);
  });
});
