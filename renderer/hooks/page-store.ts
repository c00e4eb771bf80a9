import { type ProblemData, problemOf } from '../../shared/model/problem.ts';
import { noRows, outdated, type PagedRows, pageSize, pagesWanted, withPage } from './paged-rows.ts';

export interface PageState<T> {
  readonly held: PagedRows<T>;
  /** Why the last page did not come; null again after one came. */
  readonly problem: ProblemData | null;
}

/** A long list read in pages, as far as it is looked at. */
export interface PageStore<T> {
  readonly subscribe: (listener: () => void) => () => void;
  readonly state: () => PageState<T>;
  /** Rows `first` to `end` are in sight. */
  readonly see: (first: number, end: number) => void;
  /** The list has changed, or a page failed: what is in sight is read again. */
  readonly refresh: () => void;
}

export type FetchPage<T> = (
  offset: number,
  limit: number,
) => Promise<{ readonly total: number; readonly rows: readonly T[] }>;

/** Makes a list that fetches its pages when they are seen, at most two at a time. */
export function createPageStore<T>(fetchPage: FetchPage<T>): PageStore<T> {
  let state: PageState<T> = { held: noRows(), problem: null };
  let inSight = { first: 0, end: 1 };
  const listeners = new Set<() => void>();
  const inFlight = new Set<string>();

  const set = (next: PageState<T>) => {
    state = next;
    for (const listener of listeners) listener();
  };
  const ask = () => {
    const { version } = state.held;
    for (const page of pagesWanted(state.held, inSight.first, inSight.end)) {
      if (inFlight.size >= 2) return;
      if (!inFlight.has(`${version} ${page}`)) void read(page, version);
    }
  };
  const read = async (page: number, version: number) => {
    const key = `${version} ${page}`;
    inFlight.add(key);
    try {
      const answer = await fetchPage(page * pageSize, pageSize);
      set({ held: withPage(state.held, page, version, answer), problem: null });
    } catch (thrown) {
      // A page that failed waits for the next look or refresh; asking in a circle helps nobody.
      set({ ...state, problem: problemOf(thrown) });
      return;
    } finally {
      inFlight.delete(key);
    }
    ask();
  };

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: () => state,
    see(first, end) {
      inSight = { first, end };
      ask();
    },
    refresh() {
      set({ ...state, held: outdated(state.held) });
      ask();
    },
  };
}
