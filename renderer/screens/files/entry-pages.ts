import type { Entry } from '../../../shared/model/entry.ts';

export const pageSize = 100;
/** Pages kept at most: rows far from sight are fetched again when they come back. */
export const mostPages = 40;

/** Rows of the index that are here, in pages of {@link pageSize}; a stale page is shown until the new one comes. */
export interface EntryPages {
  readonly total: number;
  readonly bytes: number;
  readonly pages: ReadonlyMap<number, { readonly rows: readonly Entry[]; readonly stale: boolean }>;
}

export const noPages: EntryPages = { total: 0, bytes: 0, pages: new Map() };

export interface Window {
  readonly first: number;
  readonly end: number;
}

export function rowAt(held: EntryPages, index: number): Entry | undefined {
  return held.pages.get(Math.floor(index / pageSize))?.rows[index % pageSize];
}

/** The next page to fetch so that the rows in sight are there and fresh; null when they are. */
export function nextPage(held: EntryPages, seen: Window, onTheWay: ReadonlySet<number>): number | null {
  const first = Math.floor(seen.first / pageSize);
  const last = Math.floor(Math.max(seen.first, seen.end - 1) / pageSize);
  let staleOne: number | null = null;
  for (let page = first; page <= last; page++) {
    if (onTheWay.has(page)) continue;
    const have = held.pages.get(page);
    if (!have) return page;
    if (have.stale) staleOne ??= page;
  }
  return staleOne;
}

/** Takes a page in, drops the pages farthest from sight, and drops those past a shrunken end. */
export function withPage(
  held: EntryPages,
  page: number,
  answer: { readonly total: number; readonly bytes: number; readonly rows: readonly Entry[] },
  seen: Window,
): EntryPages {
  const pages = new Map(held.pages).set(page, { rows: answer.rows, stale: false });
  const middle = (seen.first + seen.end) / 2 / pageSize;
  const lastPage = Math.ceil(answer.total / pageSize) - 1;
  for (const key of pages.keys()) if (key > Math.max(0, lastPage)) pages.delete(key);
  const farFirst = [...pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
  for (const key of farFirst.slice(0, Math.max(0, pages.size - mostPages))) {
    if (key !== page) pages.delete(key);
  }
  return { total: answer.total, bytes: answer.bytes, pages };
}

/** The index changed: everything here is to be fetched again, and shown meanwhile. */
export function allStale(held: EntryPages): EntryPages {
  const pages = new Map([...held.pages].map(([page, { rows }]) => [page, { rows, stale: true }]));
  return { ...held, pages };
}
