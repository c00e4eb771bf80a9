import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskViewport, placeMask } from './mask-placement.ts';
import { toScreen } from './viewport.ts';

const size = fc.record({
  width: fc.integer({ min: 1, max: 9000 }),
  height: fc.integer({ min: 1, max: 9000 }),
});

describe('placeMask', () => {
  it('says nothing about a mask of the same size', () => {
    const image = { width: 512, height: 300 };
    expect(placeMask(image, image)).toEqual({ rect: { x: 0, y: 0, ...image }, note: null });
  });
  it('stretches a mask of the same proportions and says so', () => {
    const placed = placeMask({ width: 1025, height: 601 }, { width: 512, height: 300 });
    expect(placed.rect).toEqual({ x: 0, y: 0, width: 1025, height: 601 });
    expect(placed.note).toContain('512 × 300');
    expect(placed.note).toContain('stretched');
  });
  it('does not distort a mask of other proportions', () => {
    const placed = placeMask({ width: 1000, height: 1000 }, { width: 500, height: 400 });
    expect(placed.rect).toEqual({ x: 0, y: 0, width: 500, height: 400 });
    expect(placed.note).toContain('may not fit');
  });
  it('puts the same point of the world at the same place of the screen', () => {
    const view = { width: 800, height: 600 };
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        size,
        size,
        share,
        share,
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (image, mask, x, y, scale) => {
          const placement = placeMask(image, mask);
          const viewport = { centreX: image.width / 3, centreY: image.height / 2, scale };
          const own = maskViewport(viewport, placement, mask);
          const world = {
            x: placement.rect.x + x * placement.rect.width,
            y: placement.rect.y + y * placement.rect.height,
          };
          const there = toScreen(viewport, view, world);
          const here = toScreen(own, view, { x: x * mask.width, y: y * mask.height });
          expect(here.x).toBeCloseTo(there.x, 3);
          // Down, a mask rounded to whole pixels may be off by its rounding, here far below a pixel of the screen.
          if (placement.note === null) expect(here.y).toBeCloseTo(there.y, 3);
        },
      ),
    );
  });
});
