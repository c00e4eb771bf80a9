import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chooseFineness,
  coarseness,
  firstFineness,
  tileGrid,
  tileRect,
  tileSize,
  visibleTiles,
} from './pyramid.ts';
import { seenPart, wholeImage } from './viewport.ts';

/** Levels as writers make them: halved and rounded up or down, tiles of any size. */
const pyramid = fc
  .record({
    width: fc.integer({ min: 1, max: 20_000 }),
    height: fc.integer({ min: 1, max: 20_000 }),
    tileWidth: fc.integer({ min: 16, max: 1024 }),
    tileHeight: fc.integer({ min: 16, max: 1024 }),
    count: fc.integer({ min: 1, max: 6 }),
    up: fc.boolean(),
  })
  .map(({ width, height, tileWidth, tileHeight, count, up }) =>
    Array.from({ length: count }, (_, level) => {
      const round = up ? Math.ceil : Math.floor;
      return {
        width: Math.max(1, round(width / 2 ** level)),
        height: Math.max(1, round(height / 2 ** level)),
        tileWidth,
        tileHeight,
      };
    }),
  );
const scale = fc.double({ min: 0.001, max: 64, noNaN: true });

describe('pyramid', () => {
  it('draws with about one pixel a screen pixel, never with less than ten elevenths unless zoomed in', () => {
    fc.assert(
      fc.property(pyramid, scale, (levels, zoom) => {
        const { level, reduce } = chooseFineness(levels, zoom);
        const screenPixels = zoom * coarseness(levels, level) * reduce;
        expect(Math.log2(reduce) % 1).toBe(0);
        if (level > 0 || reduce > 1) expect(screenPixels).toBeLessThanOrEqual(1.1);
        expect(screenPixels).toBeGreaterThan(0.5 - 1e-9);
      }),
    );
  });

  it('begins with the coarsest level, and only when it is coarser', () => {
    const levels = [64, 32, 16].map((width) => ({ width, height: width, tileWidth: 16, tileHeight: 16 }));
    expect(firstFineness(levels, { level: 0, reduce: 1 })).toEqual({ level: 2, reduce: 1 });
    expect(firstFineness(levels, { level: 2, reduce: 1 })).toBeNull();
  });

  it('cuts a level into tiles without gap or overlap', () => {
    fc.assert(
      fc.property(pyramid, (levels) => {
        const level = levels.length - 1;
        const grid = tileGrid(levels, level);
        let right = 0;
        for (let x = 0; x < grid.columns; x++) {
          const rect = tileRect(levels, { level, reduce: 1, x, y: 0 });
          expect(rect.x).toBeCloseTo(right, 6);
          expect(tileSize(levels, level, x, 0).width).toBeGreaterThan(0);
          right = rect.x + rect.width;
        }
        expect(right).toBeCloseTo(levels[0]!.width, 4);
      }),
      { numRuns: 50 },
    );
  });

  it('covers what is seen with the visible tiles and takes no other', () => {
    const place = fc.record({
      x: fc.double({ min: 0, max: 1, noNaN: true }),
      y: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(pyramid, scale, place, (levels, zoom, at) => {
        const image = levels[0]!;
        const view = { width: 640, height: 480 };
        const viewport = { centreX: at.x * image.width, centreY: at.y * image.height, scale: zoom };
        const seen = seenPart(viewport, view, image);
        fc.pre(seen.width > 0.01 && seen.height > 0.01);
        const tiles = visibleTiles(levels, chooseFineness(levels, zoom), viewport, view);
        fc.pre(tiles.length < 3000);
        let covered = 0;
        for (const tile of tiles) {
          const rect = tileRect(levels, tile);
          const width = Math.min(rect.x + rect.width, seen.x + seen.width) - Math.max(rect.x, seen.x);
          const height = Math.min(rect.y + rect.height, seen.y + seen.height) - Math.max(rect.y, seen.y);
          expect(width).toBeGreaterThan(-1e-6);
          expect(height).toBeGreaterThan(-1e-6);
          covered += width * height;
        }
        expect(covered / (seen.width * seen.height)).toBeCloseTo(1, 4);
        expect(new Set(tiles.map(({ x, y }) => `${x} ${y}`)).size).toBe(tiles.length);
      }),
    );
  });

  it('puts the middle of the view first', () => {
    const levels = [{ width: 1000, height: 1000, tileWidth: 100, tileHeight: 100 }];
    const view = { width: 500, height: 500 };
    const whole = wholeImage(levels[0]!, view);
    const [first] = visibleTiles(
      levels,
      { level: 0, reduce: 1 },
      { ...whole, centreX: 250, centreY: 750 },
      view,
    );
    expect(first).toMatchObject({ x: 2, y: 7 });
  });
});
