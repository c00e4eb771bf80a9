import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ColumnKey, cellColumn, type ListColumn } from '../../../../shared/model/list-column.ts';
import { changed, clampWidth, moved, narrowest, shownColumns, stepped, widest } from './column-order.ts';

const keys: readonly ColumnKey[] = ['kind', 'path', 'size', 'remotePath', cellColumn('Plate')];

function column(key: ColumnKey): ListColumn {
  return {
    ...{ key, title: key, kind: 'built-in', level: null, type: 'text', editable: false, distinct: false },
    ...{ help: '', vocabulary: null, hidden: key === 'size', width: null },
  };
}
const columns = keys.map(column);
const shown = (of: readonly ListColumn[]) => shownColumns(of).map(({ key }) => key);
const anyKey = fc.constantFrom<ColumnKey>(...keys, 'members');

describe('order', () => {
  test('the path is first and always there, what is hidden is not', () => {
    expect(shown(columns)).toEqual(['path', 'kind', 'remotePath', 'cell:Plate']);
    expect(shown(changed(columns, 'path', { hidden: true }))[0]).toBe('path');
    expect(shown(changed(columns, 'size', { hidden: false }))).toEqual([
      'path',
      'kind',
      'size',
      'remotePath',
      'cell:Plate',
    ]);
  });

  test('a column is put where another is, and steps past what is hidden', () => {
    expect(shown(moved(columns, 'cell:Plate', 'kind'))).toEqual(['path', 'cell:Plate', 'kind', 'remotePath']);
    expect(shown(stepped(columns, 'kind', 1))).toEqual(['path', 'remotePath', 'kind', 'cell:Plate']);
    expect(shown(stepped(columns, 'remotePath', -1))).toEqual(['path', 'remotePath', 'kind', 'cell:Plate']);
  });

  test('nothing passes the frozen column or the last', () => {
    expect(stepped(columns, 'kind', -1)).toBe(columns);
    expect(stepped(columns, 'cell:Plate', 1)).toBe(columns);
    expect(moved(columns, 'path', 'kind')).toBe(columns);
  });

  test('none is lost or doubled, whatever is moved', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyKey, anyKey)), (moves) => {
        const after = moves.reduce<readonly ListColumn[]>((now, [key, to]) => moved(now, key, to), columns);
        expect(after.map(({ key }) => key).toSorted()).toEqual(keys.toSorted());
      }),
    );
  });
});

test('widths stay within what can be read', () => {
  expect([-3, 100.4, 9e9].map(clampWidth)).toEqual([narrowest, 100, widest]);
});
