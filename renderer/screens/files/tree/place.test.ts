import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  above,
  filterAt,
  filterWithoutPlace,
  lastName,
  placeAbove,
  placeIn,
  placeKey,
  placeOf,
  wayTo,
} from './place.ts';

const names = fc.array(
  fc.string({ minLength: 1, maxLength: 4 }).filter((name) => !name.includes('/')),
  { maxLength: 6 },
);

test('a place is reached by the names on the way to it, and leads back up over the same places', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), names, (sourceId, way) => {
      const source = placeIn(above, { sourceId, name: '/data/x' });
      const place = way.reduce((at, name) => placeIn(at, { sourceId, name }), source);
      expect(place).toEqual({ sourceId, folder: way.join('/') });
      const all = wayTo(place);
      expect(all[0]).toEqual(above);
      expect(all.at(-1)).toEqual(place);
      expect(all).toHaveLength(way.length + 2);
      expect(new Set(all.map(placeKey)).size).toBe(all.length);
      for (const [at, one] of all.entries()) expect(placeAbove(one)).toEqual(at === 0 ? null : all[at - 1]);
      expect(placeOf(filterAt({ kind: 'mask', folder: 'old', sourceId: 3 }, place))).toEqual(place);
    }),
  );
});

test('a filter keeps what it says besides the place', () => {
  expect(filterAt({ kind: 'mask', sourceId: 3, folder: 'a' }, above)).toEqual({ kind: 'mask' });
  expect(filterAt({ text: 'x' }, { sourceId: 3, folder: '' })).toEqual({ text: 'x', sourceId: 3 });
  expect(filterWithoutPlace({ text: 'x', sourceId: 3, folder: 'a' })).toEqual({ text: 'x' });
});

test('names a folder by the last part of its path', () => {
  expect(lastName('/data/set')).toBe('set');
  expect(lastName('C:\\data\\set\\')).toBe('set');
  expect(lastName('/')).toBe('/');
});

test('goes a thousand folders deep', () => {
  expect(wayTo({ sourceId: 1, folder: Array.from({ length: 1000 }, () => 'n').join('/') })).toHaveLength(
    1002,
  );
});
