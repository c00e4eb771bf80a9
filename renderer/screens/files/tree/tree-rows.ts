import type { FolderRow } from '../../../../shared/contract/tree-calls.ts';
import { type PagedRows, pageSize, rowAt } from '../../../hooks/paged-rows.ts';
import { above, type Place, placeIn, placeKey } from './place.ts';

/** The folders in a folder, as far as they were read. */
export interface Branch {
  readonly held: PagedRows<FolderRow>;
  /** Everything in the folder, of which each row is a share. */
  readonly bytes: number;
}

/** A row of the tree as it is drawn. */
export interface TreeRow {
  /** Undefined while it is on the way. */
  readonly row: FolderRow | undefined;
  readonly place: Place | undefined;
  /** The folder that holds it. */
  readonly parent: Place;
  /** Row of that folder in the tree; -1 for the uppermost. */
  readonly parentIndex: number;
  /** 1 for the uppermost. */
  readonly level: number;
  /** Where it stands among those of the same folder, and how many these are. */
  readonly position: number;
  readonly siblings: number;
  readonly expanded: boolean;
  /** Of the folder that holds it. */
  readonly parentBytes: number;
}

/** A run of rows that stand one below the other in one folder. */
interface Run {
  readonly start: number;
  readonly end: number;
  readonly parent: Place;
  readonly parentIndex: number;
  readonly from: number;
  readonly level: number;
  readonly branch: Branch | undefined;
}

/** A tree of which some folders are open, as one list of rows. */
export interface TreeLayout {
  readonly count: number;
  readonly at: (index: number) => TreeRow | undefined;
  /** The row of a place; -1 for one that is not in sight or was not read yet. */
  readonly indexOf: (key: string) => number;
  /** Folders and pages of their rows that stand between two rows. */
  readonly pages: (first: number, end: number) => { readonly place: Place; readonly page: number }[];
}

export function treeLayout(branches: ReadonlyMap<string, Branch>, expanded: ReadonlySet<string>): TreeLayout {
  const runs: Run[] = [];
  const indexByKey = new Map<string, number>();
  let count = 0;

  /** Open folders are put on a list of their own work, not on the stack: a chain may be a thousand deep. */
  const work: { parent: Place; parentIndex: number; level: number; from: number }[] = [
    { parent: above, parentIndex: -1, level: 1, from: 0 },
  ];
  for (let one = work.pop(); one !== undefined; one = work.pop()) {
    const branch = branches.get(placeKey(one.parent));
    // Of a folder not read yet one row says that it is on the way.
    const total = branch?.held.total ?? 1;
    const next = nextOpen(one.parent, branch, one.from, total, expanded);
    const end = next === null ? total : next.index + 1;
    if (end > one.from) {
      const { parent, parentIndex, level, from } = one;
      runs.push({ start: count, end: count + end - from, parent, parentIndex, from, level, branch });
      count += end - from;
    }
    if (next === null) continue;
    work.push({ ...one, from: next.index + 1 });
    work.push({ parent: next.place, parentIndex: count - 1, level: one.level + 1, from: 0 });
    indexByKey.set(placeKey(next.place), count - 1);
  }

  const runAt = (index: number): Run | undefined => {
    let low = 0;
    let high = runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((runs[middle]?.start ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    const run = runs[low];
    return run && index >= run.start && index < run.end ? run : undefined;
  };

  const at = (index: number): TreeRow | undefined => {
    const run = runAt(index);
    if (!run) return undefined;
    const position = run.from + index - run.start;
    const row = run.branch ? rowAt(run.branch.held, position) : undefined;
    const place = row ? placeIn(run.parent, row) : undefined;
    return {
      ...{ row, place, parent: run.parent, parentIndex: run.parentIndex, level: run.level, position },
      siblings: run.branch?.held.total ?? 1,
      expanded: place !== undefined && row?.hasFolders === true && expanded.has(placeKey(place)),
      parentBytes: run.branch?.bytes ?? 0,
    };
  };

  return {
    count,
    at,
    indexOf(key) {
      const known = indexByKey.get(key);
      if (known !== undefined) return known;
      for (const run of runs) {
        if (run.branch === undefined || !key.startsWith(placeKey(run.parent))) continue;
        for (const [index, row] of knownRows(run.branch)) {
          if (index < run.from || index >= run.from + run.end - run.start) continue;
          if (placeKey(placeIn(run.parent, row)) === key) return run.start + index - run.from;
        }
      }
      return -1;
    },
    pages(first, end) {
      // Where nothing is to be seen, something may have come.
      if (count === 0) return [{ place: above, page: 0 }];
      const wanted: { place: Place; page: number }[] = [];
      for (let index = Math.max(0, first); index < Math.min(end, count); ) {
        const run = runAt(index);
        if (!run) break;
        const position = run.from + index - run.start;
        const page = Math.floor(position / pageSize);
        wanted.push({ place: run.parent, page });
        index = Math.min(run.end, index + (page + 1) * pageSize - position);
      }
      return wanted;
    },
  };
}

/** The first open folder of a branch at or after an index, among the rows that are known. */
function nextOpen(
  parent: Place,
  branch: Branch | undefined,
  from: number,
  total: number,
  expanded: ReadonlySet<string>,
): { index: number; place: Place } | null {
  if (!branch || expanded.size === 0) return null;
  for (const [index, row] of knownRows(branch)) {
    if (index < from || index >= total || !row.hasFolders) continue;
    const place = placeIn(parent, row);
    if (expanded.has(placeKey(place))) return { index, place };
  }
  return null;
}

/** Rows that were read with their places in the folder, from the first to the last. */
function* knownRows({ held }: Branch): Generator<[number, FolderRow]> {
  const pages = [...held.pages.keys()].sort((a, b) => a - b);
  for (const page of pages) {
    for (const [at, row] of (held.pages.get(page)?.rows ?? []).entries()) yield [page * pageSize + at, row];
  }
}
