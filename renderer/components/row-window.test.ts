import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowWindow, scrollToShow, tallest } from './row-window.ts';

describe('rowWindow', () => {
  test('at the top, in the middle and at the end', () => {
    expect(rowWindow(100, 32, 320, 0, 0)).toEqual({ height: 3200, first: 0, end: 10, offset: 0 });
    expect(rowWindow(100, 32, 320, 48, 0)).toEqual({ height: 3200, first: 1, end: 12, offset: 32 });
    expect(rowWindow(100, 32, 320, 9999, 0)).toMatchObject({ first: 90, end: 100 });
    expect(rowWindow(0, 32, 320, 0)).toEqual({ height: 0, first: 0, end: 0, offset: 0 });
  });

  test('what it draws covers the view, is little, and the ends are reached, however many rows', () => {
    const rows = fc.integer({ min: 1, max: 20_000_000 });
    fc.assert(
      fc.property(
        rows,
        fc.integer({ min: 100, max: 2000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, view, share) => {
          const whole = Math.min(count * 32, tallest);
          const top = share * Math.max(0, whole - view);
          const seen = rowWindow(count, 32, view, top);
          expect(seen.height).toBeLessThanOrEqual(tallest);
          expect(seen.end - seen.first).toBeLessThanOrEqual(view / 32 + 19);
          const drawnEnd = seen.offset + (seen.end - seen.first) * 32;
          expect(seen.offset).toBeLessThanOrEqual(top + 1e-6);
          expect(drawnEnd).toBeGreaterThanOrEqual(Math.min(top + view, whole) - 1e-3);
          if (share === 1) expect(seen.end).toBe(count);
        },
      ),
    );
  });
});

test('scrolling to a row shows it, and moves nothing when it is in sight', () => {
  const rows = fc.integer({ min: 1, max: 5_000_000 });
  fc.assert(
    fc.property(rows, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (count, pick, share) => {
      const row = pick % count;
      const before = share * Math.max(0, Math.min(count * 32, tallest) - 640);
      const after = scrollToShow(row, count, 32, 640, before);
      const seen = rowWindow(count, 32, 640, after, 1);
      expect(row).toBeGreaterThanOrEqual(seen.first);
      expect(row).toBeLessThan(seen.end);
      expect(scrollToShow(row, count, 32, 640, after)).toBeCloseTo(after, 3);
    }),
  );
});
