import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ColumnKey, ListColumn } from '../../../../shared/model/list-column.ts';
import { conditionOf, draftOf } from './condition-draft.ts';

function column(key: ColumnKey): ListColumn {
  return {
    ...{ key, title: key, kind: 'built-in', level: null, type: 'text', editable: false, distinct: false },
    ...{ help: '', vocabulary: null, hidden: false, width: null },
  };
}
const blank = { is: 'contains', text: '', from: '', to: '' } as const;

test('a text condition says what its fields say, and nothing while they are empty', () => {
  const plate = column('cell:Plate');
  expect(conditionOf(plate, blank)).toBeNull();
  expect(conditionOf(plate, { ...blank, text: 'P1' })).toEqual({
    column: 'cell:Plate',
    is: 'contains',
    text: 'P1',
  });
  expect(conditionOf(plate, { ...blank, is: 'empty', text: 'P1' })).toEqual({
    column: 'cell:Plate',
    is: 'empty',
  });
});

test('sizes are typed in megabytes, with a point or a comma', () => {
  expect(conditionOf(column('size'), { ...blank, from: '1,5' })).toEqual({
    column: 'size',
    is: 'between',
    from: 1_500_000,
  });
  expect(conditionOf(column('size'), { ...blank, from: 'many', to: '-1' })).toBeNull();
});

test('a day is meant with all its hours', () => {
  const condition = conditionOf(column('modified'), { ...blank, from: '2026-03-01', to: '2026-03-01' });
  if (condition?.is !== 'between') throw new Error('no range');
  expect((condition.to ?? 0) - (condition.from ?? 0)).toBe(24 * 60 * 60 * 1000 - 1);
});

test('what was set is shown again as it was typed', () => {
  const whole = fc.nat(1e6).map(String);
  fc.assert(
    fc.property(fc.constantFrom<ColumnKey>('size', 'members'), whole, whole, (key, from, to) => {
      const condition = conditionOf(column(key), { ...blank, from, to });
      expect(draftOf(column(key), condition ?? undefined)).toMatchObject({ from, to });
    }),
  );
  const days = conditionOf(column('modified'), { ...blank, from: '2026-01-31', to: '2026-02-28' });
  expect(draftOf(column('modified'), days ?? undefined)).toMatchObject({
    from: '2026-01-31',
    to: '2026-02-28',
  });
});
