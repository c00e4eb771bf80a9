import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatRoute, parseRoute, roomAddress, rooms } from './routes.ts';

test('every route survives its own address', () => {
  const query = fc.dictionary(fc.string({ minLength: 1 }), fc.string(), { noNullPrototype: true });
  const route = fc.record({
    room: fc.constantFrom(...rooms),
    id: fc.string({ minLength: 1, unit: 'grapheme' }),
    query,
  });
  fc.assert(
    fc.property(route, (given) => {
      expect(parseRoute(formatRoute(given))).toEqual({ ...given, query: { ...given.query } });
    }),
  );
});

test('what is no address leads to the library, an unknown room to the files', () => {
  for (const hash of ['', '#', '#/', '#/nowhere', '#/s/']) expect(parseRoute(hash).room).toBe('library');
  expect(parseRoute('#/s/abc/nowhere')).toEqual({ room: 'files', id: 'abc', query: {} });
  expect(parseRoute('#/s/%E0%A4%A/files')).toMatchObject({ id: '%E0%A4%A' });
});

test('a deep link names its field', () => {
  expect(roomAddress('a b', 'describe', { section: 'study', field: 'title' })).toBe(
    '#/s/a%20b/describe?section=study&field=title',
  );
});
