import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  keepInReach,
  panBy,
  scaleLimits,
  seenPart,
  toImage,
  toScreen,
  wholeImage,
  zoomAbout,
} from './viewport.ts';

const size = (most: number) =>
  fc.record({ width: fc.integer({ min: 1, max: most }), height: fc.integer({ min: 1, max: most }) });
const view = fc.record({
  width: fc.integer({ min: 100, max: 4000 }),
  height: fc.integer({ min: 100, max: 3000 }),
});
const number = fc.double({ min: -5000, max: 5000, noNaN: true });
const point = fc.record({ x: number, y: number });
const viewport = fc.record({
  centreX: number,
  centreY: number,
  scale: fc.double({ min: 0.01, max: 64, noNaN: true }),
});
const wide = { smallest: 1e-6, largest: 1e6 };

describe('viewport', () => {
  it('fits the whole image inside the margin and touches it on one axis', () => {
    fc.assert(
      fc.property(size(100_000), view, (image, screen) => {
        const fitted = wholeImage(image, screen);
        const from = toScreen(fitted, screen, { x: 0, y: 0 });
        const to = toScreen(fitted, screen, { x: image.width, y: image.height });
        expect(Math.min(from.x, from.y)).toBeGreaterThanOrEqual(16 - 1e-6);
        expect(to.x).toBeLessThanOrEqual(screen.width - 16 + 1e-6);
        expect(to.y).toBeLessThanOrEqual(screen.height - 16 + 1e-6);
        const touches = Math.min(Math.abs(from.x - 16), Math.abs(from.y - 16)) < 1e-3;
        expect(touches || fitted.scale === 32).toBe(true);
      }),
    );
  });

  it('goes to the screen and back', () => {
    fc.assert(
      fc.property(viewport, view, point, (seen, screen, at) => {
        const back = toImage(seen, screen, toScreen(seen, screen, at));
        expect(back.x).toBeCloseTo(at.x, 4);
        expect(back.y).toBeCloseTo(at.y, 4);
      }),
    );
  });

  it('zooms about a point that stays', () => {
    const factor = fc.double({ min: 0.05, max: 20, noNaN: true });
    fc.assert(
      fc.property(viewport, view, fc.nat(4000), fc.nat(3000), factor, (seen, screen, x, y, by) => {
        const before = toImage(seen, screen, { x, y });
        const zoomed = zoomAbout(seen, screen, { x, y }, by, wide);
        const after = toScreen(zoomed, screen, before);
        expect(after.x).toBeCloseTo(x, 3);
        expect(after.y).toBeCloseTo(y, 3);
        expect(zoomed.scale / seen.scale).toBeCloseTo(by, 6);
      }),
    );
  });

  it('never zooms past its limits', () => {
    fc.assert(
      fc.property(
        size(50_000),
        view,
        fc.double({ min: 1e-5, max: 1e5, noNaN: true }),
        (image, screen, by) => {
          const limits = scaleLimits(image, screen);
          const zoomed = zoomAbout(wholeImage(image, screen), screen, { x: 0, y: 0 }, by, limits);
          expect(zoomed.scale).toBeGreaterThanOrEqual(limits.smallest);
          expect(zoomed.scale).toBeLessThanOrEqual(limits.largest);
        },
      ),
    );
  });

  it('pans with the picture and back again', () => {
    fc.assert(
      fc.property(viewport, view, point, number, number, (seen, screen, at, dx, dy) => {
        const before = toScreen(seen, screen, at);
        const after = toScreen(panBy(seen, dx, dy), screen, at);
        expect(after.x - before.x).toBeCloseTo(dx, 3);
        expect(after.y - before.y).toBeCloseTo(dy, 3);
      }),
    );
  });

  it('cannot be moved off the image', () => {
    fc.assert(
      fc.property(viewport, view, size(3000), (seen, screen, image) => {
        const part = seenPart(keepInReach(seen, image), screen, image);
        expect(part.width).toBeGreaterThan(0);
        expect(part.height).toBeGreaterThan(0);
        expect(part.x + part.width).toBeLessThanOrEqual(image.width + 1e-6);
      }),
    );
  });
});
