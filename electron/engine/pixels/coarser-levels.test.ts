import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withCoarserLevels } from './coarser-levels.ts';
import type { Region } from './pixel-source.ts';
import { fakeSource } from './test-fixtures/fake-source.ts';

const at = { c: 0, z: 0, t: 0 };
const label = (x: number, y: number) => (x * 31 + y * 17) % 5000;

describe('levels made for an image without a pyramid', () => {
  test('halve until the image can be shown whole; small images get none', () => {
    const sizes = (width: number, height: number) =>
      withCoarserLevels(fakeSource({ width, height, value: label })).info.levels.map((level) => [
        level.width,
        level.height,
      ]);
    expect(sizes(1024, 1000)).toEqual([[1024, 1000]]);
    expect(sizes(5001, 300)).toEqual([
      [5001, 300],
      [2501, 150],
      [1251, 75],
      [626, 38],
    ]);
  });

  test('hold only numbers of the file: every n-th pixel, whatever the strips', async () => {
    const recipe = fc.record({
      width: fc.integer({ min: 1, max: 2600 }),
      height: fc.integer({ min: 1025, max: 2600 }),
      rowsTogether: fc.constantFrom(1, 3, 16, 500, 3000),
      pick: fc.tuple(
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(recipe, async ({ width, height, rowsTogether, pick }) => {
        const source = withCoarserLevels(fakeSource({ width, height, rowsTogether, value: label }));
        for (const [index, level] of source.info.levels.entries()) {
          const x = Math.floor(pick[0] * level.width);
          const y = Math.floor(pick[1] * level.height);
          const region = {
            x,
            y,
            width: Math.min(40, level.width - x),
            height: Math.min(30, level.height - y),
          };
          const factor = 2 ** index;
          const expected: number[] = [];
          for (let row = 0; row < region.height; row++) {
            for (let column = 0; column < region.width; column++) {
              expected.push(label((x + column) * factor, (y + row) * factor));
            }
          }
          expect([...(await source.read(at, index, region))]).toEqual(expected);
        }
        await source.close();
      }),
      { numRuns: 25 },
    );
  });

  test('of colour images are means, cut at the edges', async () => {
    const source = withCoarserLevels(
      fakeSource({
        width: 1501,
        height: 1200,
        pixelType: 'uint8',
        rgb: true,
        value: (x, y) => (x + y) % 200,
      }),
    );
    const values = await source.read(at, 1, { x: 749, y: 10, width: 2, height: 1 });
    const mean = (cells: number[]) =>
      Math.round(cells.reduce((sum, value) => sum + (value % 200), 0) / cells.length);
    expect([...values]).toEqual([mean([1518, 1519, 1519, 1520]), mean([1520, 1521])]);
    await source.close();
  });

  test('are made without holding the plane: reads stay in bands', async () => {
    const regions: Region[] = [];
    // 40,000 × 30,000 pixels of 16 bits are 2.4 GB; one small tile of level 1 needs 4 MB of them.
    const source = withCoarserLevels(
      fakeSource({ width: 40_000, height: 30_000, value: label, onRead: (region) => regions.push(region) }),
    );
    await source.read(at, 1, { x: 512, y: 512, width: 512, height: 512 });
    expect(regions.reduce((sum, region) => sum + region.width * region.height, 0)).toBeLessThanOrEqual(
      1024 * 1024,
    );
    expect(Math.max(...regions.map((region) => region.width * region.height * 2))).toBeLessThanOrEqual(
      32 * 1024 * 1024,
    );
    await source.close();
  });

  test('of single rows stored one by one read only the rows that are shown', async () => {
    let rows = 0;
    const source = withCoarserLevels(
      fakeSource({
        width: 2000,
        height: 16_000,
        rowsTogether: 1,
        value: label,
        onRead: (region) => (rows += region.height),
      }),
    );
    const level = source.info.levels.at(-1) ?? { width: 0, height: 0 };
    await source.read(at, source.info.levels.length - 1, {
      x: 0,
      y: 0,
      width: level.width,
      height: level.height,
    });
    expect(rows).toBeLessThanOrEqual(8000);
    await source.close();
  });

  test('of planes beyond reason are refused with the size', async () => {
    const source = withCoarserLevels(fakeSource({ width: 500_000, height: 400_000, value: label }));
    await expect(source.read(at, 5, { x: 0, y: 0, width: 8, height: 8 })).rejects.toMatchObject({
      code: 'image-too-large',
      why: /500000 × 400000/,
    });
  });
});
