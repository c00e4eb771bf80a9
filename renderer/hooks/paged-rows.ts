/** Rows fetched in one call. */
export const pageSize = 100;
/** Pages kept; the farthest from the eye go first, so that a million rows cost no more memory than a few thousand. */
const mostPages = 40;

interface Page<T> {
  readonly version: number;
  readonly rows: readonly T[];
}

/** A long list of which only some pages are here. Old rows stay visible until newer ones arrive. */
export interface PagedRows<T> {
  /** Null until the first page arrived. */
  readonly total: number | null;
  /** Grows when the list changed; pages of an older version are asked for again. */
  readonly version: number;
  readonly pages: ReadonlyMap<number, Page<T>>;
}

export function noRows<T>(): PagedRows<T> {
  return { total: null, version: 0, pages: new Map() };
}

/** The list has changed: everything shown is asked for again. */
export function outdated<T>(held: PagedRows<T>): PagedRows<T> {
  return { ...held, version: held.version + 1 };
}

/** Takes in a page that was asked for at `version`; an answer older than what is held changes nothing. */
export function withPage<T>(
  held: PagedRows<T>,
  page: number,
  version: number,
  answer: { readonly total: number; readonly rows: readonly T[] },
): PagedRows<T> {
  if (version < (held.pages.get(page)?.version ?? 0)) return held;
  const last = Math.max(1, Math.ceil(answer.total / pageSize));
  const kept = [...held.pages.entries()]
    .filter(([index]) => index !== page && index < last)
    .sort(([a], [b]) => Math.abs(a - page) - Math.abs(b - page))
    .slice(0, mostPages - 1);
  const pages = new Map(kept);
  if (page < last) pages.set(page, { version, rows: answer.rows });
  return { total: answer.total, version: held.version, pages };
}

/** Pages that rows `first` to `end` need and that are missing or old. The first is needed to know the total. */
export function pagesWanted<T>(held: PagedRows<T>, first: number, end: number): number[] {
  const stop = Math.max(1, held.total === null ? end : Math.min(end, held.total));
  const from = Math.min(Math.max(0, first), stop - 1);
  const wanted: number[] = [];
  for (let page = Math.floor(from / pageSize); page * pageSize < stop; page += 1) {
    if (held.pages.get(page)?.version !== held.version) wanted.push(page);
  }
  return wanted;
}

/** A row, or undefined while its page is on the way. */
export function rowAt<T>(held: PagedRows<T>, index: number): T | undefined {
  return held.pages.get(Math.floor(index / pageSize))?.rows[index % pageSize];
}
