import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArchiveError } from './archive-error.ts';
import { requireServerPath, serverTakesPath } from './path-rule.ts';

describe('the path rule of the server (BioStudies FileSourcesList)', () => {
  const taken = ['a.tif', 'Sample 1/im_01.tif', "(x)!'*.tif", '.hidden/a', 'a//b', '/a/b'];
  const surprising = ['..', 'x/..', ' a', 'a ', '.DS_Store', 'two  spaces.tif', 'a/./b'];
  const refused = [
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
  ];

  it.each([...taken, ...surprising])('takes "%s"', (path) => {
    expect(serverTakesPath(path)).toBe(true);
  });

  it.each([...refused, 'a\nb', 'µ.tif', 'u\u0308.tif', '../a', 'a/../'])('refuses "%s"', (path) => {
    expect(serverTakesPath(path)).toBe(false);
  });

  it('takes no character outside its set, wherever it stands', () => {
    const outside = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 1 })
      .filter((c) => !/^[0-9A-Za-z!\-_*'(). /]$/.test(c));
    fc.assert(
      fc.property(outside, fc.nat(5), (character, at) => {
        expect(serverTakesPath(`${`abcdef`.slice(0, at) + character}xyz`)).toBe(false);
      }),
    );
  });

  it('names the path and the list in its error', () => {
    expect(() => requireServerPath('a+b', 'masks.tsv')).toThrow(ArchiveError);
    expect(() => requireServerPath('a+b', 'masks.tsv')).toThrow(
      /^The given file path contains invalid characters: a\+b\nReferenced in file list: masks\.tsv\n/,
    );
  });
});
