import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noRows, outdated, type PagedRows, pageSize, pagesWanted, rowAt, withPage } from './paged-rows.ts';

const rows = (page: number, total: number) => ({
  total,
  rows: Array.from(
    { length: Math.max(0, Math.min(pageSize, total - page * pageSize)) },
    (_, index) => page * pageSize + index,
  ),
});

test('asks only for what is in sight and not there', () => {
  let held: PagedRows<number> = noRows();
  expect(pagesWanted(held, 0, 30)).toEqual([0]);
  held = withPage(held, 0, 0, rows(0, 1000));
  expect(pagesWanted(held, 0, 30)).toEqual([]);
  expect(pagesWanted(held, 90, 130)).toEqual([1]);
  expect(rowAt(held, 42)).toBe(42);
  expect(rowAt(held, 142)).toBeUndefined();
});

test('a change asks again and shows the old meanwhile', () => {
  let held = outdated(withPage(noRows<number>(), 0, 0, rows(0, 250)));
  expect(pagesWanted(held, 0, 30)).toEqual([0]);
  expect(rowAt(held, 3)).toBe(3);
  held = withPage(held, 0, 1, rows(0, 40));
  expect(held.total).toBe(40);
  expect(pagesWanted(held, 0, 300)).toEqual([]);
});

test('a late answer never replaces a newer one', () => {
  const newer = withPage(outdated(noRows<number>()), 0, 1, rows(0, 40));
  expect(withPage(newer, 0, 0, rows(0, 500))).toBe(newer);
});

test('an empty list asks once, rests, and asks again after a change', () => {
  expect(pagesWanted(noRows(), 0, 0)).toEqual([0]);
  const held = withPage(noRows<number>(), 0, 0, { total: 0, rows: [] });
  expect(pagesWanted(outdated(held), 0, 0)).toEqual([0]);
  expect(pagesWanted(held, 0, 0)).toEqual([]);
  expect(rowAt(held, 0)).toBeUndefined();
});

test('any walk through a long list shows right rows and holds few pages', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(99_999), { minLength: 1, maxLength: 120 }), (walk) => {
      let held = noRows<number>();
      for (const first of walk) {
        for (const page of pagesWanted(held, first, first + 40))
          held = withPage(held, page, 0, rows(page, 100_000));
        expect(rowAt(held, first)).toBe(first);
        expect(held.pages.size).toBeLessThanOrEqual(40);
      }
    }),
  );
});
