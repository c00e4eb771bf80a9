import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  placeAfterScroll,
  placeAt,
  placeToShow,
  type RowList,
  rowWindow,
  type ScrollPlace,
  tallest,
} from './row-window.ts';

const top: ScrollPlace = { scrollTop: 0, top: 0 };
const short: RowList = { count: 100, rowHeight: 32, viewHeight: 320 };
const million: RowList = { count: 1_000_000, rowHeight: 32, viewHeight: 640 };

const lists = fc.record({
  count: fc.integer({ min: 1, max: 20_000_000 }),
  rowHeight: fc.constantFrom(28, 32, 40),
  viewHeight: fc.integer({ min: 100, max: 2000 }),
});
const steps = fc.array(fc.oneof(fc.integer({ min: -400, max: 400 }), fc.integer({ min: -2e7, max: 2e7 })), {
  maxLength: 20,
});

/** As a browser does it: never beyond its content. */
function scrolled(list: RowList, moves: readonly number[]): ScrollPlace {
  const most = Math.max(0, Math.min(list.count * list.rowHeight, tallest) - list.viewHeight);
  return moves.reduce<ScrollPlace>(
    (place, move) =>
      placeAfterScroll(list, place, Math.round(Math.min(most, Math.max(0, place.scrollTop + move)))),
    top,
  );
}

describe('which rows are drawn', () => {
  test('at the top, in the middle and at the end', () => {
    expect(rowWindow(short, top, 0)).toEqual({ height: 3200, first: 0, end: 10, offset: 0 });
    expect(rowWindow(short, { scrollTop: 48, top: 48 }, 0)).toMatchObject({ first: 1, end: 12, offset: 32 });
    expect(rowWindow(short, { scrollTop: 9999, top: 9999 }, 0)).toMatchObject({ first: 90, end: 100 });
    expect(rowWindow({ ...short, count: 0 }, top)).toEqual({ height: 0, first: 0, end: 0, offset: 0 });
  });

  test('they cover the view and are few, wherever one scrolls in however many rows', () => {
    fc.assert(
      fc.property(lists, steps, (list, moves) => {
        const place = scrolled(list, moves);
        const seen = rowWindow(list, place);
        expect(seen.height).toBeLessThanOrEqual(tallest);
        expect(seen.end - seen.first).toBeLessThanOrEqual(list.viewHeight / list.rowHeight + 19);
        const drawnEnd = seen.offset + (seen.end - seen.first) * list.rowHeight;
        const rows = list.count * list.rowHeight;
        expect(seen.offset).toBeLessThanOrEqual(place.scrollTop + 1e-3);
        expect(drawnEnd).toBeGreaterThanOrEqual(
          place.scrollTop + Math.min(list.viewHeight, rows - place.top) - 1e-3,
        );
      }),
    );
  });
});

describe('scrolling', () => {
  test('the scroll bar at its end shows the last row, at its start the first', () => {
    fc.assert(
      fc.property(lists, (list) => {
        const end = placeAfterScroll(list, top, tallest);
        const seen = rowWindow(list, end, 0);
        expect(seen.end).toBe(list.count);
        expect(seen.offset + (seen.end - seen.first) * list.rowHeight).toBeCloseTo(
          Math.max(
            Math.min(list.count * list.rowHeight, list.viewHeight),
            end.scrollTop + Math.min(list.viewHeight, list.count * list.rowHeight),
          ),
          3,
        );
        expect(placeAfterScroll(list, end, 0).top).toBe(0);
      }),
    );
  });

  test('a turn of the wheel moves a squeezed list by as many pixels, not by rows that are passed over', () => {
    const middle = placeAt(million, 16_000_000);
    const after = placeAfterScroll(million, middle, middle.scrollTop + 100);
    expect(after.top - middle.top).toBeCloseTo(100, 6);
  });

  test('when scrolling rests the bar goes where the rows are, and the rows stay', () => {
    fc.assert(
      fc.property(lists, steps, (list, moves) => {
        const before = scrolled(list, moves);
        const rested = placeAt(list, before.top);
        expect(rested.top).toBeCloseTo(before.top, 3);
        const drawnBefore = rowWindow(list, before);
        const drawnAfter = rowWindow(list, rested);
        expect(drawnAfter.first).toBe(drawnBefore.first);
        expect(drawnAfter.offset - rested.scrollTop).toBeCloseTo(drawnBefore.offset - before.scrollTop, 3);
      }),
    );
  });
});

test('walking down and up a million rows moves them by whole rows', () => {
  let place = placeAt(million, 999_000 * 32);
  for (let row = 999_030; row < 999_060; row++) {
    const next = placeToShow(million, place, row);
    expect(next.top - place.top).toBe(row === 999_030 ? 11 * 32 : 32);
    place = next;
  }
});

test('showing a row brings it wholly into sight, and moves nothing when it is', () => {
  fc.assert(
    fc.property(lists, steps, fc.nat(), (list, moves, pick) => {
      const row = pick % list.count;
      const after = placeToShow(list, scrolled(list, moves), row);
      expect(after.top).toBeLessThanOrEqual(row * list.rowHeight + 1e-6);
      expect(after.top + list.viewHeight).toBeGreaterThanOrEqual((row + 1) * list.rowHeight - 1e-6);
      expect(placeToShow(list, after, row)).toEqual(after);
    }),
  );
});
