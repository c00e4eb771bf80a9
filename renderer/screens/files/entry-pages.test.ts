import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Entry } from '../../../shared/model/entry.ts';
import {
  allStale,
  type EntryPages,
  mostPages,
  nextPage,
  noPages,
  pageSize,
  rowAt,
  withPage,
} from './entry-pages.ts';

const entry = (id: number) => ({ id }) as Entry;
const answer = (page: number, total: number) => ({
  total,
  bytes: total * 10,
  rows: Array.from({ length: Math.min(pageSize, total - page * pageSize) }, (_, i) =>
    entry(page * pageSize + i),
  ),
});

function fill(total: number, seen: { first: number; end: number }, held: EntryPages = noPages): EntryPages {
  let now = held;
  for (let page = nextPage(now, seen, new Set()); page !== null; page = nextPage(now, seen, new Set())) {
    now = withPage(now, page, answer(page, total), seen);
  }
  return now;
}

test('whatever is in sight gets there, in bounded memory, after any walk through a million rows', () => {
  const total = 1_000_000;
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: total - 60 }), { minLength: 1, maxLength: 80 }),
      (tops) => {
        let held = noPages;
        for (const top of tops) {
          held = fill(total, { first: top, end: top + 60 }, held);
          for (let row = top; row < top + 60; row++) expect(rowAt(held, row)?.id).toBe(row);
          expect(held.pages.size).toBeLessThanOrEqual(mostPages);
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('a page on its way is not asked for twice', () => {
  expect(nextPage(noPages, { first: 90, end: 130 }, new Set())).toBe(0);
  expect(nextPage(noPages, { first: 90, end: 130 }, new Set([0]))).toBe(1);
  expect(nextPage(noPages, { first: 90, end: 130 }, new Set([0, 1]))).toBeNull();
});

test('after a change old rows stay in sight until the new ones come, missing pages first', () => {
  const held = allStale(fill(350, { first: 0, end: 120 }));
  expect(rowAt(held, 5)?.id).toBe(5);
  expect(nextPage(held, { first: 150, end: 250 }, new Set())).toBe(2);
  expect(nextPage(held, { first: 0, end: 120 }, new Set())).toBe(0);
  expect(nextPage(fill(350, { first: 0, end: 120 }, held), { first: 0, end: 120 }, new Set())).toBeNull();
});

test('rows past a shrunken end are gone', () => {
  const held = fill(350, { first: 0, end: 350 });
  const shrunk = withPage(held, 0, answer(0, 120), { first: 0, end: 50 });
  expect(shrunk.total).toBe(120);
  expect(rowAt(shrunk, 300)).toBeUndefined();
});
