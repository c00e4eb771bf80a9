import type { CallOutput } from '../../../../shared/contract/contract.ts';
import { type ProblemData, problemOf } from '../../../../shared/model/problem.ts';
import { noRows, outdated, pageSize, withPage } from '../../../hooks/paged-rows.ts';
import { type Place, placeKey, wayTo } from './place.ts';
import { type Branch, type TreeLayout, treeLayout } from './tree-rows.ts';

export interface TreeState {
  readonly branches: ReadonlyMap<string, Branch>;
  readonly expanded: ReadonlySet<string>;
  readonly layout: TreeLayout;
  /** Why the last page did not come; null again after one came. */
  readonly problem: ProblemData | null;
}

type Page = CallOutput<'tree.children'>;
export type FetchChildren = (
  place: Place,
  query: { readonly offset: number; readonly limit: number; readonly holding?: string },
) => Promise<Page>;

/** Pages under way at a time. */
const MOST_ASKED = 3;

/** A folder tree that reads the rows in sight of the folders that are open. */
export interface TreeStore {
  readonly subscribe: (listener: () => void) => () => void;
  readonly state: () => TreeState;
  /** Rows `first` to `end` are in sight. */
  readonly see: (first: number, end: number) => void;
  readonly setExpanded: (place: Place, open: boolean) => void;
  /** Opens every folder on the way to a place, so that it has a row. */
  readonly reveal: (place: Place) => Promise<void>;
  /** Everything changed: what is in sight is read again. */
  readonly refresh: () => void;
}

/**
 * @param expanded keys of folders that are open from the start; kept up to date, for the next tree of the same folders
 * @param before what another filter or order showed of the same folders: it stays until it was read again
 */
export function createTreeStore(
  fetchChildren: FetchChildren,
  expanded: Set<string> = new Set(),
  before: ReadonlyMap<string, Branch> = new Map(),
): TreeStore {
  const listeners = new Set<() => void>();
  const inFlight = new Set<string>();
  let inSight = { first: 0, end: 1 };
  const branches = new Map(outdatedBranches(before));
  let state: TreeState = { branches, expanded, layout: treeLayout(branches, expanded), problem: null };

  const changed = (problem: ProblemData | null = state.problem) => {
    state = { branches, expanded, layout: treeLayout(branches, expanded), problem };
    for (const listener of listeners) listener();
  };
  const take = (key: string, version: number, answer: Page) => {
    const held = branches.get(key)?.held ?? noRows();
    const page = Math.floor(answer.offset / pageSize);
    branches.set(key, { held: withPage(held, page, version, answer), bytes: answer.whole.bytes });
  };
  const ask = () => {
    for (const { place, page } of state.layout.pages(inSight.first, inSight.end)) {
      if (inFlight.size >= MOST_ASKED) return;
      const key = placeKey(place);
      const held = branches.get(key)?.held;
      if (held && held.pages.get(page)?.version === held.version) continue;
      if (!inFlight.has(`${key} ${page}`)) void read(place, key, page);
    }
  };
  const read = async (place: Place, key: string, page: number) => {
    const name = `${key} ${page}`;
    const version = branches.get(key)?.held.version ?? 0;
    inFlight.add(name);
    try {
      take(key, version, await fetchChildren(place, { offset: page * pageSize, limit: pageSize }));
      changed(null);
    } catch (thrown) {
      // What failed waits for the next look or refresh; asking in a circle helps nobody.
      changed(problemOf(thrown));
      return;
    } finally {
      inFlight.delete(name);
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
    setExpanded(place, open) {
      if (open) expanded.add(placeKey(place));
      else expanded.delete(placeKey(place));
      changed();
      ask();
    },
    async reveal(place) {
      for (const [at, one] of wayTo(place).entries()) {
        const below = wayTo(place)[at + 1];
        if (below === undefined) break;
        const key = placeKey(one);
        if (at > 0) expanded.add(key);
        if (state.layout.indexOf(placeKey(below)) >= 0) continue;
        const holding = below.folder.slice(below.folder.lastIndexOf('/') + 1);
        const version = branches.get(key)?.held.version ?? 0;
        take(key, version, await fetchChildren(one, { offset: 0, limit: pageSize, holding }));
        changed(null);
      }
      changed();
      ask();
    },
    refresh() {
      const old = outdatedBranches(branches);
      branches.clear();
      for (const [key, branch] of old) branches.set(key, branch);
      changed();
      ask();
    },
  };
}

function outdatedBranches(branches: ReadonlyMap<string, Branch>): [string, Branch][] {
  return (
    [...branches]
      // An empty folder has no row in sight that would be asked for again.
      .filter(([key, { held }]) => key === '' || held.total !== 0)
      .map(([key, branch]) => [key, { ...branch, held: outdated(branch.held) }])
  );
}
