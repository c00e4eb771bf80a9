import type { Slices } from './in-slices.ts';

/** Values sorted in one go. */
const SORTED_AT_ONCE = 4000;

/**
 * Sorts values by what stands for each, smallest first, without holding anybody up: pieces of some thousands are
 * sorted and then put together two by two. Those that stand equal stay in their order.
 */
export async function sortInSlices<T>(
  values: readonly T[],
  keyOf: (value: T) => string | number,
  slices: Slices,
): Promise<T[]> {
  let runs: Keyed<T>[][] = [];
  for (let from = 0; from < values.length; from += SORTED_AT_ONCE) {
    const run = values.slice(from, from + SORTED_AT_ONCE).map((value) => ({ key: keyOf(value), value }));
    runs.push(run.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)));
    await slices.turn();
  }
  while (runs.length > 1) {
    const merged: Keyed<T>[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      merged.push(await together(runs[at] ?? [], runs[at + 1] ?? [], slices));
    }
    runs = merged;
  }
  return (runs[0] ?? []).map(({ value }) => value);
}

interface Keyed<T> {
  readonly key: string | number;
  readonly value: T;
}

async function together<T>(a: Keyed<T>[], b: Keyed<T>[], slices: Slices): Promise<Keyed<T>[]> {
  const both: Keyed<T>[] = [];
  let fromA = 0;
  let fromB = 0;
  while (both.length < a.length + b.length) {
    const nextA = a[fromA];
    const nextB = b[fromB];
    if (nextA !== undefined && (nextB === undefined || nextA.key <= nextB.key)) {
      both.push(nextA);
      fromA++;
    } else if (nextB !== undefined) {
      both.push(nextB);
      fromB++;
    }
    if (both.length % SORTED_AT_ONCE === 0) await slices.turn();
  }
  return both;
}
