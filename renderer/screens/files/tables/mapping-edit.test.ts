import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ColumnKey, ListColumn } from '../../../../shared/model/list-column.ts';
import type { TableCounts, TableMapping } from '../../../../shared/model/table.ts';
import { changeWords, countWords, hasReport, type Target, targetOf, withTarget } from './mapping-edit.ts';

const keys: readonly ColumnKey[] = ['kind', 'cell:Plate', 'cell:Well'];
const columns = keys.map(
  (key): ListColumn => ({
    ...{ key, title: key, kind: 'free', level: null, type: 'text', editable: true, distinct: false },
    ...{ help: '', vocabulary: null, hidden: false, width: null },
  }),
);
const plain: TableMapping = { sheet: null, headerRow: 1, pathColumn: 0, columns: [] };

describe('a mapping', () => {
  test('takes every column where it was sent last, and none of two to one place', () => {
    const targets = fc.constantFrom<Target>(
      '',
      'path',
      'new',
      ...keys.map((key) => `column ${key}` as const),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), targets)), (steps) => {
        const mapping = steps.reduce((now, [from, to]) => withTarget(now, from, to, 'Title', columns), plain);
        const last = steps.at(-1);
        // The path has to be somewhere: sent nowhere it stays until another column takes its place.
        if (last && !(last[1] === '' && mapping.pathColumn === last[0]) && mapping.pathColumn !== last[0]) {
          expect(targetOf(mapping, last[0])).toBe(last[1]);
        }
        const taken = mapping.columns.flatMap(({ to }) => ('column' in to ? [to.column] : []));
        expect(new Set(taken).size).toBe(taken.length);
        const froms = mapping.columns.map(({ from }) => from);
        expect(new Set(froms).size).toBe(froms.length);
      }),
    );
  });

  test('makes a column that there is not yet by the title of the table', () => {
    const mapping = withTarget(plain, 2, 'new', 'Stain', columns);
    expect(mapping.columns).toEqual([{ from: 2, to: { newColumn: 'Stain' } }]);
    expect(targetOf(mapping, 2)).toBe('new');
    expect(targetOf(mapping, 0)).toBe('path');
  });
});

const none: TableCounts = {
  ...{ rows: 0, matched: 0, unmatched: 0, ambiguous: 0, repeated: 0, loosely: 0, refused: 0, cleaned: 0 },
  ...{ changedCells: 0, changedEntries: 0 },
};

test('counts are said in a line, and what is zero is not said', () => {
  expect(countWords({ ...none, matched: 998_120, unmatched: 1880, ambiguous: 12 })).toBe(
    '998,120 rows match · 1,880 match no file · 12 match several',
  );
  expect(countWords({ ...none, matched: 1 })).toBe('1 row matches');
  expect(changeWords({ ...none, changedCells: 2, changedEntries: 1, refused: 3 })).toBe(
    '2 cells of 1 file change. 3 cells cannot be taken and stay as they are.',
  );
  expect(hasReport(none)).toBe(false);
  expect(hasReport({ ...none, refused: 1 })).toBe(true);
});
