import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pinch, wheelFactor } from './gestures.ts';

describe('wheelFactor', () => {
  it('zooms in upwards, and back by the same turn downwards', () => {
    const up = wheelFactor({ deltaY: -100, deltaMode: 0, ctrlKey: false });
    const down = wheelFactor({ deltaY: 100, deltaMode: 0, ctrlKey: false });
    expect(up).toBeGreaterThan(1);
    expect(up * down).toBeCloseTo(1);
  });
  it('takes lines for lines and never leaps', () => {
    expect(wheelFactor({ deltaY: 3, deltaMode: 1, ctrlKey: false })).toBeCloseTo(
      wheelFactor({ deltaY: 48, deltaMode: 0, ctrlKey: false }),
    );
    expect(wheelFactor({ deltaY: -5, deltaMode: 2, ctrlKey: false })).toBe(2);
  });
});

describe('pinch', () => {
  const point = fc.record({ x: fc.integer({ min: 0, max: 900 }), y: fc.integer({ min: 0, max: 900 }) });
  it('of two fingers that move together only pans', () => {
    fc.assert(
      fc.property(point, point, fc.integer({ min: -99, max: 99 }), (a, b, d) => {
        const moved = pinch(
          [a, b],
          [
            { x: a.x + d, y: a.y },
            { x: b.x + d, y: b.y },
          ],
        );
        expect(moved.factor).toBeCloseTo(1);
        expect(moved.dx).toBeCloseTo(d);
        expect(moved.dy).toBeCloseTo(0);
      }),
    );
  });
  it('of fingers that part doubles with their distance', () => {
    const apart = pinch(
      [
        { x: 0, y: 0 },
        { x: 10, y: 0 },
      ],
      [
        { x: -5, y: 0 },
        { x: 15, y: 0 },
      ],
    );
    expect(apart).toEqual({ factor: 2, about: { x: 5, y: 0 }, dx: 0, dy: 0 });
  });
});
