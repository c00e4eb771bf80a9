import { expect, test } from 'vitest';
import type { EntryFilter } from '../../../shared/contract/file-calls.ts';
import { filteredColumns, filterParts } from './filter-words.ts';

const filter: EntryFilter = {
  kind: 'mask',
  send: false,
  text: 'nuclei',
  sourceId: 3,
  folder: 'plate 1/well A',
  columns: [
    { column: 'cell:Plate', is: 'contains', text: 'P1' },
    { column: 'size', is: 'between', from: 1_000_000 },
  ],
};

test('every part says what it is, and can be taken away by itself', () => {
  const parts = filterParts(filter, []);
  expect(parts.map(({ words }) => words)).toEqual([
    'In plate 1/well A',
    'Kind is mask',
    'Stays here',
    'cell:Plate contains P1',
    'size from 1.0 MB',
  ]);
  const [folder, kind, , plate] = parts;
  expect(folder?.without).not.toHaveProperty('sourceId');
  expect(folder?.alone).toEqual({ sourceId: 3, folder: 'plate 1/well A' });
  expect({ ...kind?.without, kind: 'mask' }).toEqual(filter);
  expect(plate?.without.columns).toEqual([{ column: 'size', is: 'between', from: 1_000_000 }]);
  expect(plate?.alone).toEqual({ columns: [{ column: 'cell:Plate', is: 'contains', text: 'P1' }] });
});

test('a finding is called as its rule is', () => {
  const one: EntryFilter = { columns: [{ column: 'findings', is: 'equals', text: 'name-plus' }] };
  const titles = new Map([['name-plus', 'name contains +']]);
  expect(filterParts(one, [], titles)[0]?.words).toBe('name contains +');
  expect(filterParts(one, [])[0]?.words).toBe('One finding');
});

test('columns with a part of the filter are known', () => {
  expect([...filteredColumns(filter)].toSorted()).toEqual(['cell:Plate', 'kind', 'send', 'size']);
  expect(filteredColumns({}).size).toBe(0);
});
