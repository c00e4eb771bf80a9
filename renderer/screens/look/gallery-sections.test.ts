import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOf, rowOf, sectionWindows, totalRows } from './gallery-sections.ts';

const totals = fc.record({ pairs: fc.nat(50), images: fc.nat(50), masks: fc.nat(50) });

describe('gallery sections', () => {
  it('lead from a row to its place and back', () => {
    fc.assert(
      fc.property(totals, (sizes) => {
        for (let row = 0; row < totalRows(sizes); row++) {
          const place = placeOf(sizes, row);
          expect(place && rowOf(sizes, place)).toBe(row);
          expect(place!.index).toBeLessThan(sizes[place!.section]);
        }
        expect(placeOf(sizes, totalRows(sizes))).toBeNull();
        expect(placeOf(sizes, -1)).toBeNull();
      }),
    );
  });
  it('cut a window into windows that cover the same rows', () => {
    fc.assert(
      fc.property(totals, fc.nat(160), fc.nat(60), (sizes, first, length) => {
        const end = Math.min(totalRows(sizes), first + length);
        const rows = sectionWindows(sizes, first, end).flatMap((window) =>
          Array.from({ length: window.end - window.first }, (_, i) =>
            rowOf(sizes, { section: window.section, index: window.first + i }),
          ),
        );
        const wanted = Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);
        expect(rows).toEqual(wanted);
      }),
    );
  });
});
