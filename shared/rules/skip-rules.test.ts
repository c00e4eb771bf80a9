import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SkipRule } from '../model/walk.ts';
import {
  compileSkipRules,
  defaultSkipRules,
  skipPatternFault,
  skippedByRule,
  zarrData,
} from './skip-rules.ts';

const rule = (pattern: string, more: Partial<SkipRule> = {}): SkipRule => ({
  id: pattern,
  pattern,
  reason: 'test',
  enabled: true,
  ...more,
});
const leavesOut = (pattern: string, path: string) =>
  skippedByRule(compileSkipRules([rule(pattern)]), path) !== null;
const byDefault = (name: string) => compileSkipRules(defaultSkipRules)('', name)?.reason ?? null;

/** Names with the signs that mean something, and some that are often mistaken for such. */
const name = fc
  .string({ unit: fc.constantFrom(...'abAB.09_ -(~$@#é'), minLength: 1, maxLength: 12 })
  .filter((text) => text.trim() === text && !/^\.+$/.test(text));
const glob = fc
  .string({ unit: fc.constantFrom(...'abA.0_é*?'), minLength: 1, maxLength: 10 })
  .filter((text) => skipPatternFault(text) === null);

describe('rules of a new submission', () => {
  it.each([
    ['.DS_Store', 'made by the operating system'],
    ['._a.tif', 'made by the operating system'],
    ['THUMBS.DB', 'made by the operating system'],
    ['desktop.ini', 'made by the operating system'],
    ['__MACOSX', 'made by the operating system'],
    ['$RECYCLE.BIN', 'made by the operating system'],
    ['@eaDir', 'made by a file server'],
    ['.snapshot', 'made by a file server'],
    ['~$a.xlsx', 'lock file of an office program'],
    ['.git', 'hidden'],
  ])('leave out %s, %s', (found, reason) => expect(byDefault(found)).toBe(reason));

  it.each([...zarrData, 'a.tif', 'Thumbs', 't001.tif', 'Desktop', '~backup.tif', '@a', 'é.tif', '_a'])(
    'keep %s',
    (found) => expect(byDefault(found)).toBeNull(),
  );
});

describe('patterns', () => {
  it.each([
    ['*.tmp', 'a/b/x.TMP', true],
    ['*.tmp', 'x.tmp.tif', false],
    ['*.tmp', 'cache.tmp/a.tif', true],
    ['raw', 'a/raw/b.tif', true],
    ['raw', 'a/raw2/b.tif', false],
    ['a/raw', 'a/raw/b.tif', true],
    ['a/raw', 'x/a/raw/b.tif', false],
    ['/raw', 'raw/a.tif', true],
    ['**/a/raw', 'x/y/a/raw/b.tif', true],
    ['**/a/raw', 'a/raw', true],
    ['a/**', 'a/b/c.tif', true],
    ['a/**/x.tif', 'a/x.tif', true],
    ['a/**/x.tif', 'a/b/c/x.tif', true],
    ['a/**/x.tif', 'b/x.tif', false],
    ['a\\b', 'a/b', true],
    ['{old|tmp}_*', 'tmp_1.tif', true],
    ['{old|tmp}_*', 'tmp.tif', false],
    ['well?', 'wells', true],
    ['well?', 'well', false],
    ['über*', 'U\u0308BERSICHT.tif', true],
  ])('%s and %s: %s', (pattern, path, expected) => expect(leavesOut(pattern, path)).toBe(expected));

  it('leave what lies in a folder out by `a/**`, and not the folder', () => {
    expect(compileSkipRules([rule('a/**')])('', 'a')).toBeNull();
    expect(compileSkipRules([rule('a/**')])('a/', 'b')).not.toBeNull();
  });

  it.each(['', '  ', '*', '**', '*/**', '/', 'a//b', '../a', 'a/..', '{a', 'a}', '{a|{b}}', 'a**'])(
    '“%s” is none',
    (pattern) => {
      expect(skipPatternFault(pattern)).toMatch(/\.$/);
      expect(compileSkipRules([rule(pattern)])('', 'a')).toBeNull();
    },
  );

  it('do not stand for thousands of patterns', () => {
    expect(skipPatternFault('{a|b|c}'.repeat(10))).toMatch(/more than 200/);
  });

  it('take hostile ones in no time worth speaking of', () => {
    expect(leavesOut(`${'*a'.repeat(100)}b`, 'a'.repeat(255))).toBe(false);
  });
});

describe('every pattern', () => {
  it('fits the names that the same regular expression fits, letters in either case', () => {
    fc.assert(
      fc.property(glob, name, (pattern, found) => {
        const expression = pattern
          .normalize('NFC')
          .replace(/[.$()+^|[\]{}\\]/g, '\\$&')
          .replaceAll('*', '.*')
          .replaceAll('?', '.');
        const expected = new RegExp(`^${expression}$`, 'is').test(found.normalize('NFC'));
        expect(leavesOut(pattern, found)).toBe(expected);
      }),
    );
  });

  it('that is a name without signs leaves out that name in every folder, and nothing under another', () => {
    fc.assert(
      fc.property(name, name, name, (folder, one, two) => {
        expect(leavesOut(one, `${folder}/${one.toUpperCase()}`)).toBe(true);
        fc.pre(one.toLowerCase() !== two.toLowerCase());
        expect(leavesOut(one, two)).toBe(false);
      }),
    );
  });

  it('never leaves out the metadata of a Zarr', () => {
    fc.assert(
      fc.property(fc.oneof(glob, fc.constantFrom(...zarrData)), (pattern) => {
        const test = compileSkipRules([rule(pattern), ...defaultSkipRules]);
        for (const data of zarrData) expect(test('a.zarr/', data)).toBeNull();
      }),
    );
  });

  it('leaves out nothing when off, and the first that fits is the one that is named', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(glob, fc.boolean()), { maxLength: 6 }), name, (patterns, found) => {
        const rules = patterns.map(([pattern, enabled], at) => rule(pattern, { id: `${at}`, enabled }));
        const first = rules.find(({ pattern, enabled }) => enabled && leavesOut(pattern, found));
        expect(compileSkipRules(rules)('', found)).toBe(first ?? null);
      }),
    );
  });
});
