import { describe, expect, it } from 'vitest';
import { parseContentAddress } from '../../shared/contract/content.ts';
import { labelColour } from '../../shared/imaging/label-colours.ts';
import { Problem, type ProblemData } from '../../shared/model/problem.ts';
import type { ImageLayer, MaskLayer, TileJob } from './tile-messages.ts';
import type { PaintedTile } from './tile-painter.ts';
import { TileWorkshop } from './tile-workshop.ts';

/** An image of 8 × 8 in tiles of 4 × 4 with a level of half the size; a pixel holds x + 10 y + 100 c. */
const levels = [
  { width: 8, height: 8, tileWidth: 4, tileHeight: 4 },
  { width: 4, height: 4, tileWidth: 4, tileHeight: 4 },
];
const plane = { z: 0, t: 0 };
const source = { imageId: 'im', pixelType: 'uint16', storedType: 'uint16', levels, plane } as const;
const image: ImageLayer = {
  ...source,
  channels: [{ c: 0, range: { low: 0, high: 255 }, gamma: 1, colour: [255, 255, 255] }],
};
const mask: MaskLayer = {
  ...source,
  imageId: 'mask',
  channels: [0],
  paint: { fillAlpha: 0, outlineAlpha: 255, outlineWidth: 1 },
  enlarge: 1,
};
const job = (layer: 'image' | 'mask', x: number, y: number, more: Partial<TileJob> = {}): TileJob => ({
  key: `${layer} ${x} ${y}`,
  layer,
  tile: { level: 0, reduce: 1, x, y },
  plane,
  painted: true,
  ...more,
});

function bench(answer?: (address: string) => ArrayBuffer | Promise<ArrayBuffer>, rawBytes?: number) {
  const fetched: string[] = [];
  const tiles = new Map<string, PaintedTile>();
  const failures = new Map<string, ProblemData>();
  const aborted: string[] = [];
  const workshop = new TileWorkshop(
    {
      async fetchBytes(address, signal) {
        fetched.push(address);
        signal.addEventListener('abort', () => aborted.push(address));
        if (answer) return answer(address);
        const request = parseContentAddress(address.split('?')[0] ?? '', address.split('?')[1] ?? '');
        if (request?.what !== 'tile') throw new Error(`not a tile: ${address}`);
        const step = 2 ** request.level;
        const values = new Uint16Array(16);
        for (let i = 0; i < 16; i++) {
          const x = (request.x * 4 + (i % 4)) * step;
          const y = (request.y * 4 + Math.floor(i / 4)) * step;
          values[i] = request.imageId === 'mask' ? (x < 4 ? 1 : 2) : x + 10 * y + 100 * request.c;
        }
        return values.buffer;
      },
      tile: (key, painted) => void tiles.set(key, painted),
      failed: (key, problem) => void failures.set(key, problem),
      breathe: () => Promise.resolve(),
    },
    rawBytes,
  );
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
  return { workshop, fetched, tiles, failures, aborted, settle };
}

describe('TileWorkshop', () => {
  it('fetches, paints and hands over what is wanted', async () => {
    const b = bench();
    b.workshop.show({ image, mask: null, jobs: [job('image', 1, 0)] });
    await b.settle();
    expect(b.fetched).toEqual(['content/tile?imageId=im&level=0&c=0&z=0&t=0&x=1&y=0']);
    const painted = b.tiles.get('image 1 0');
    expect([painted?.width, painted?.height]).toEqual([4, 4]);
    expect([...(painted?.rgba.subarray(20, 24) ?? [])]).toEqual([15, 15, 15, 255]);
  });

  it('paints again from what it has when only the contrast changes', async () => {
    const b = bench();
    b.workshop.show({ image, mask: null, jobs: [job('image', 0, 0)] });
    await b.settle();
    const [channel] = image.channels;
    const brighter = { ...image, channels: [{ ...channel!, range: { low: 0, high: 51 } }] };
    b.workshop.show({ image: brighter, mask: null, jobs: [job('image', 0, 0, { key: 'brighter' })] });
    await b.settle();
    expect(b.fetched).toHaveLength(1);
    expect(b.tiles.get('brighter')?.rgba[5 * 4]).toBe(55);
  });

  it('draws no line along the border of two tiles inside an object, and one between objects', async () => {
    const b = bench();
    b.workshop.show({ image: null, mask, jobs: [job('mask', 0, 0), job('mask', 1, 0)] });
    await b.settle();
    const left = b.tiles.get('mask 0 0')?.rgba;
    // The label changes with the tile: the last column of the left tile is outlined, its bottom row is not.
    expect(left?.[3 * 4 + 3]).toBe(255);
    expect([...(left?.subarray(12, 15) ?? [])]).toEqual([...labelColour(1)]);
    expect(left?.[12 * 4 + 3]).toBe(0);
  });

  it('draws thin lines where labels are enlarged', async () => {
    const b = bench();
    b.workshop.show({ image: null, mask: { ...mask, enlarge: 4 }, jobs: [job('mask', 0, 0)] });
    await b.settle();
    const painted = b.tiles.get('mask 0 0');
    expect([painted?.width, painted?.height]).toEqual([16, 16]);
    const alphas = Array.from({ length: 16 }, (_, x) => painted?.rgba[x * 4 + 3]);
    expect(alphas).toEqual([...new Array(15).fill(0), 255]);
  });

  it('joins pixels where the image has no coarser level', async () => {
    const b = bench();
    b.workshop.show({
      image,
      mask: null,
      jobs: [job('image', 0, 0, { tile: { level: 0, reduce: 2, x: 0, y: 0 } })],
    });
    await b.settle();
    const painted = b.tiles.get('image 0 0');
    expect([painted?.width, painted?.height]).toEqual([2, 2]);
    // Mean of 0, 1, 10 and 11 is 5.5, stored as 5.
    expect(painted?.rgba[0]).toBe(5);
  });

  it('only brings near what is not painted', async () => {
    const b = bench();
    b.workshop.show({
      image,
      mask: null,
      jobs: [job('image', 0, 0, { painted: false, plane: { z: 1, t: 0 } })],
    });
    await b.settle();
    expect(b.fetched[0]).toContain('z=1');
    expect(b.tiles.size).toBe(0);
  });

  it('gives up what is no longer wanted', async () => {
    const b = bench(() => new Promise(() => {}));
    b.workshop.show({ image, mask: null, jobs: [job('image', 0, 0)] });
    b.workshop.show({ image, mask: null, jobs: [job('image', 1, 1)] });
    await b.settle();
    expect(b.aborted).toHaveLength(1);
    expect(b.aborted[0]).toContain('x=0&y=0');
    expect(b.failures.size).toBe(0);
  });

  it('says why a tile failed, does not ask again by itself, and does after a retry', async () => {
    const b = bench(() => {
      throw new Problem('lzw', 'Tile 3 cannot be read.', { cause: 'Old-style LZW.' });
    });
    const frame = { image, mask: null, jobs: [job('image', 0, 0)] };
    b.workshop.show(frame);
    await b.settle();
    expect(b.failures.get('image 0 0')).toMatchObject({
      message: 'Tile 3 cannot be read.',
      cause: 'Old-style LZW.',
    });
    b.failures.clear();
    b.workshop.show(frame);
    await b.settle();
    expect(b.fetched).toHaveLength(1);
    expect(b.failures.size).toBe(1);
    b.workshop.retry();
    b.workshop.show(frame);
    await b.settle();
    expect(b.fetched).toHaveLength(2);
  });

  it('refuses a tile that is cut short', async () => {
    const b = bench(() => new ArrayBuffer(6));
    b.workshop.show({ image, mask: null, jobs: [job('image', 0, 0)] });
    await b.settle();
    expect(b.failures.get('image 0 0')?.code).toBe('wrong-tile');
  });

  it('finishes even when the cache cannot hold what one tile needs', async () => {
    const b = bench(undefined, 1);
    b.workshop.show({ image, mask, jobs: [job('image', 0, 0), job('mask', 0, 0), job('mask', 1, 1)] });
    await b.settle();
    expect([...b.tiles.keys()].sort()).toEqual(['image 0 0', 'mask 0 0', 'mask 1 1']);
  });

  it('tells the values under a point, and whether they are exact', async () => {
    const b = bench();
    b.workshop.show({
      image,
      mask,
      jobs: [
        job('image', 0, 0),
        job('mask', 1, 0),
        job('image', 0, 0, { key: 'c', tile: { level: 1, reduce: 1, x: 0, y: 0 } }),
      ],
    });
    await b.settle();
    expect(b.workshop.probe({ id: 1, image: { x: 3.9, y: 2.1 }, mask: { x: 5, y: 0 } })).toEqual({
      id: 1,
      values: [{ c: 0, value: 23 }],
      label: 2,
      exact: true,
    });
    // Level 1 alone covers this place: its pixel 3, 2 stands for 6, 4.
    expect(b.workshop.probe({ id: 2, image: { x: 7, y: 5 }, mask: null })).toEqual({
      id: 2,
      values: [{ c: 0, value: 46 }],
      label: null,
      exact: false,
    });
  });
});
