import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillPattern, isPattern, unknownPart } from './source-image-pattern.ts';

describe('a pattern for source images', () => {
  it.each([
    ['images/{stem}.ome.zarr', 'raw/day 1/a.ome.tif', 'images/a.ome.zarr'],
    ['{folder}/{name}', 'raw/day 1/a.tif', 'raw/day 1/a.tif'],
    ['{folder}/{name}', 'a.tif', 'a.tif'],
    ['x/{folder}/{stem}', 'a.tif', 'x/a'],
    ['{stem}-{stem}', 'a/{name}.tif', '{name}-{name}'],
    ['same for all', 'a.tif', 'same for all'],
    ['{name}', 'plate.ome.zarr', 'plate.ome.zarr'],
  ])('%s for %s is %s', (pattern, path, result) => expect(fillPattern(pattern, path)).toBe(result));

  it('puts a path together again from its parts', () => {
    const segment = fc.string({ minLength: 1 }).filter((text) => !text.includes('/'));
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), (segments) => {
        const path = segments.join('/');
        expect(fillPattern('{folder}/{name}', path)).toBe(path);
      }),
    );
  });

  it('knows one from a plain text, and names a part that there is none of', () => {
    expect(isPattern('images/a.tif')).toBe(false);
    expect(isPattern('images/{stem}')).toBe(true);
    expect(unknownPart('{folder}/{stem}.tif')).toBeNull();
    expect(unknownPart('{folder}/{x}{y}')).toBe('x');
    expect(unknownPart('{}')).toBe('');
  });
});
