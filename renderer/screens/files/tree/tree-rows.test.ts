import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FolderRow } from '../../../../shared/contract/tree-calls.ts';
import { noRows, pageSize, withPage } from '../../../hooks/paged-rows.ts';
import { above, type Place, placeIn, placeKey } from './place.ts';
import { type Branch, treeLayout } from './tree-rows.ts';

function folderRow(name: string, hasFolders: boolean, sourceId = 1): FolderRow {
  const none = { entries: 0, bytes: 0 };
  return {
    ...{ sourceId, name, hasFolders, entries: 1, files: 1, bytes: 10 },
    kinds: { image: none, mask: none, table: none, other: none },
    findings: { must: 0, should: 0, may: 0 },
  };
}

/** A folder as a person would write it down. */
interface Plain {
  readonly name: string;
  readonly open: boolean;
  readonly inside: readonly Plain[];
}

const { plain } = fc.letrec<{ plain: Plain[] }>((tie) => ({
  plain: fc.uniqueArray(
    fc.record<Plain>({
      name: fc.stringMatching(/^[a-z0-9 .-]{1,6}$/),
      open: fc.boolean(),
      inside: fc.oneof({ maxDepth: 4 }, fc.constant([]), tie('plain')),
    }),
    { maxLength: 5, selector: ({ name }) => name },
  ),
}));

function fill(
  all: readonly Plain[],
  place: Place,
  branches: Map<string, Branch>,
  expanded: Set<string>,
): void {
  const rows = all.map(({ name, inside }, at) => {
    return folderRow(name, inside.length > 0, place.sourceId ?? at + 1);
  });
  const held = withPage(noRows<FolderRow>(), 0, 0, { total: rows.length, rows });
  branches.set(placeKey(place), { held, bytes: 10 });
  for (const [at, one] of all.entries()) {
    const row = rows[at];
    if (!row) continue;
    const below = placeIn(place, row);
    if (one.open) expanded.add(placeKey(below));
    fill(one.inside, below, branches, expanded);
  }
}

/** Names and levels of all rows in sight, the plain way. */
function inSight(all: readonly Plain[], level = 1): [string, number][] {
  return all.flatMap(({ name, open, inside }): [string, number][] => [
    [name, level],
    ...(open && inside.length > 0 ? inSight(inside, level + 1) : []),
  ]);
}

test('draws every open folder with what is in it, whatever is open', () => {
  fc.assert(
    fc.property(plain, (all) => {
      const branches = new Map<string, Branch>();
      const expanded = new Set<string>();
      fill(all, above, branches, expanded);
      const layout = treeLayout(branches, expanded);
      const rows = Array.from({ length: layout.count }, (_, index) => layout.at(index));
      expect(rows.map((row) => [row?.row?.name, row?.level])).toEqual(inSight(all));
      for (const [index, row] of rows.entries()) {
        if (!row?.place) throw new Error('every row is known');
        expect(layout.indexOf(placeKey(row.place))).toBe(index);
        const parent = rows[row.parentIndex];
        expect(row.parentIndex).toBeLessThan(index);
        expect(parent?.place ?? above).toEqual(row.parent);
        expect(parent === undefined || parent.expanded).toBe(true);
      }
      expect(layout.at(layout.count)).toBeUndefined();
      expect(layout.at(-1)).toBeUndefined();
    }),
  );
});

test('asks for the pages of the folders that are in sight, and keeps places for rows on the way', () => {
  const branches = new Map<string, Branch>();
  const rows = [folderRow('/data/set', true)];
  branches.set('', { held: withPage(noRows<FolderRow>(), 0, 0, { total: 1, rows }), bytes: 10 });
  const many = Array.from({ length: pageSize }, (_, at) => folderRow(`p${at}`, at === 2));
  const set = { sourceId: 1, folder: '' };
  branches.set('1/', { held: withPage(noRows<FolderRow>(), 0, 0, { total: 5000, rows: many }), bytes: 10 });
  const layout = treeLayout(branches, new Set(['1/', '1/p2']));
  // The source, 5,000 folders, and one row that says that what is in the third is on the way.
  expect(layout.count).toBe(5002);
  expect(layout.at(3)).toMatchObject({ row: { name: 'p2' }, expanded: true, siblings: 5000, position: 2 });
  expect(layout.at(4)).toMatchObject({ row: undefined, level: 3, parentIndex: 3 });
  expect(layout.at(5)).toMatchObject({ row: { name: 'p3' }, level: 2 });
  expect(layout.at(4000)).toMatchObject({ row: undefined, level: 2, position: 3998 });
  expect(layout.pages(0, 10)).toEqual([
    { place: above, page: 0 },
    { place: set, page: 0 },
    { place: { sourceId: 1, folder: 'p2' }, page: 0 },
    { place: set, page: 0 },
  ]);
  expect(layout.pages(4000, 4010)).toEqual([
    { place: set, page: 39 },
    { place: set, page: 40 },
  ]);
});

test('walks a chain of a thousand folders', () => {
  const branches = new Map<string, Branch>();
  const expanded = new Set<string>();
  let place: Place = above;
  for (let level = 0; level < 1000; level++) {
    const row = folderRow(level === 0 ? '/data' : 'n', true);
    branches.set(placeKey(place), {
      held: withPage(noRows<FolderRow>(), 0, 0, { total: 1, rows: [row] }),
      bytes: 1,
    });
    place = placeIn(place, row);
    expanded.add(placeKey(place));
  }
  const layout = treeLayout(branches, expanded);
  expect(layout.count).toBe(1001);
  expect(layout.at(999)?.level).toBe(1000);
});
