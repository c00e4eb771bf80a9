import { expect, test } from 'vitest';
import type { ColumnKey, ListColumn } from '../../../../shared/model/list-column.ts';
import { template, widthOf } from './column-widths.ts';

function column(key: ColumnKey, width: number | null = null): ListColumn {
  return {
    ...{ key, title: key, kind: 'built-in', level: null, type: 'text', editable: false, distinct: false },
    ...{ help: '', vocabulary: null, hidden: false, width },
  };
}

test('a column is as wide as somebody made it', () => {
  expect(widthOf(column('kind', 333))).toBe(333);
  expect(widthOf(column('cell:Plate'))).toBeGreaterThan(widthOf(column('kind')));
});

test('the path takes the room that is left until it has a width of its own', () => {
  expect(template([column('path'), column('kind', 90)])).toEqual({
    tracks: '32px minmax(280px, 1fr) 90px',
    least: 402,
  });
  expect(template([column('path', 200), column('kind', 90)])).toEqual({
    tracks: '32px 200px 90px minmax(0, 1fr)',
    least: 322,
  });
});
