import { expect, test } from 'vitest';
import { createPageStore } from './page-store.ts';
import { pageSize, rowAt } from './paged-rows.ts';

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

function countingSource(total: number) {
  const asked: number[] = [];
  const list = { total, fail: false };
  return {
    asked,
    list,
    fetch: async (offset: number, limit: number) => {
      asked.push(offset / limit);
      if (list.fail) throw new Error('gone');
      const length = Math.max(0, Math.min(limit, list.total - offset));
      return { total: list.total, rows: Array.from({ length }, (_, index) => offset + index) };
    },
  };
}

test('reads only pages that are seen, each once', async () => {
  const source = countingSource(1000);
  const store = createPageStore(source.fetch);
  store.see(0, 1);
  await settle();
  expect(source.asked).toEqual([0]);
  store.see(250, 320);
  await settle();
  expect(source.asked).toEqual([0, 2, 3]);
  expect(rowAt(store.state().held, 319)).toBe(319);
  store.see(250, 320);
  await settle();
  expect(source.asked).toHaveLength(3);
});

test('a flight through the list reads where it ends, not everything on the way', async () => {
  const source = countingSource(1_000_000);
  const store = createPageStore(source.fetch);
  for (let first = 0; first < 1_000_000 - 40; first += 1000) store.see(first, first + 40);
  await settle();
  expect(source.asked.length).toBeLessThan(6);
  expect(rowAt(store.state().held, 999_000)).toBe(999_000);
});

test('after a change the old rows stay until the new ones come', async () => {
  const source = countingSource(150);
  const store = createPageStore(source.fetch);
  store.see(0, 1);
  await settle();
  source.list.total = 20;
  store.refresh();
  expect(store.state().held.total).toBe(150);
  await settle();
  expect(store.state().held.total).toBe(20);
  expect(rowAt(store.state().held, pageSize)).toBeUndefined();
});

test('a failure is told, not asked again in a circle, and gone after the next success', async () => {
  const source = countingSource(10);
  source.list.fail = true;
  const store = createPageStore(source.fetch);
  let told = 0;
  store.subscribe(() => told++);
  store.see(0, 1);
  await settle();
  expect(store.state().problem?.cause).toBe('gone');
  expect(source.asked).toHaveLength(1);
  expect(told).toBe(1);
  source.list.fail = false;
  store.refresh();
  await settle();
  expect(store.state()).toMatchObject({ problem: null, held: { total: 10 } });
});
