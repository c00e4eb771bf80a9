import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameRules, nameTroubles, serverAccepts } from './remote-names.ts';

const ids = (path: string, chunked = false) => nameTroubles(path, { chunked }).map((rule) => rule.id);

describe('what the server accepts (BioStudies backend, FileSourcesList pattern)', () => {
  it.each([
    'a.tif',
    'Sample 1/im_01.tif',
    "(x)!'*.tif",
    '.hidden/a',
    'a//b',
    '/a/b',
    '..',
    'x/..',
    ' a ',
    '.DS_Store',
  ])('accepts %j', (path) => expect(serverAccepts(path)).toBe(true));
  it.each([
    './a',
    'a/',
    'a/../b',
    'x../y',
    'a+b.tif',
    'a,b',
    'a&b',
    'a#b',
    'é.tif',
    'a\\b',
    'a:b',
    '',
    'µ.tif',
    'e\u0301.tif',
  ])('rejects %j', (path) => expect(serverAccepts(path)).toBe(false));
});

describe('troubles of a name', () => {
  it('finds nothing wrong with plain paths', () => {
    expect(ids('masks/plate-1_(a)!/im_01.ome.tif')).toEqual([]);
  });

  it.each([...'+,&#=@[]{}~:;%$"\\|?^<>`'])('has a rule of its own for %s', (character) => {
    const [rule, ...more] = nameTroubles(`a${character}b.tif`);
    expect(rule).toMatchObject({ level: 'must', source: expect.stringContaining('FileSourcesList') });
    expect(rule?.title).toEqual({ one: `name contains ${character}`, many: `names contain ${character}` });
    expect(more).toEqual([]);
  });

  it.each([
    ['é.tif', ['name-not-ascii']],
    ['e\u0301.tif', ['name-not-ascii']],
    ['漢.tif', ['name-not-ascii']],
    ['a\tb', ['name-control']],
    ['', ['name-empty']],
    ['./a', ['name-slashes']],
    ['a/', ['name-slashes']],
    ['/a', ['name-slashes']],
    ['a//b', ['name-slashes']],
    ['a/./b', ['name-slashes']],
    ['..', ['name-parent']],
    ['x/..', ['name-parent']],
    ['a../b', ['name-parent']],
    ['a /b', ['name-edge-blank', 'name-blank']],
    ['a  b', ['name-double-blank']],
    ['a b', ['name-blank']],
    ['.DS_Store', ['name-hidden']],
    ['a/Thumbs.db', ['name-hidden']],
    ['a/.hidden/b', ['name-hidden']],
    [`${'a'.repeat(256)}.tif`, ['name-long']],
    [Array(200).fill('abcdef').join('/'), ['name-long-path']],
  ])('%j breaks %j', (path, expected) => expect(ids(path)).toEqual(expected));

  it("minds ' and * only for the chunked transfer", () => {
    expect(ids("a'*.tif")).toEqual([]);
    expect(ids("a'*.tif", true)).toEqual(['name-quote-or-star']);
  });

  it('never lets a path through that the server rejects', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'ab./ .+é\n') })),
        (path) => {
          const must = nameTroubles(path).some((rule) => rule.level === 'must');
          expect(must || serverAccepts(path)).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('gives every rule an id, a reason and a source of its own', () => {
    expect(new Set(nameRules.map((rule) => rule.id)).size).toBe(nameRules.length);
    for (const rule of nameRules) {
      expect(rule.reason).toMatch(/\.$/);
      expect(rule.source.length).toBeGreaterThan(10);
    }
  });
});
