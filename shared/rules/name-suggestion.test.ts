import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeName, NameSet, splitEnding, suggestName, suggestNames } from './name-suggestion.ts';
import { nameTroubles, serverAccepts } from './remote-names.ts';

const anyPath = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...'ab./ .+,é漢µ[]\\\n\u202b') }),
  fc.array(fc.string({ minLength: 200, maxLength: 400 }), { maxLength: 3 }).map((names) => names.join('/')),
);

describe('a suggested name', () => {
  it.each([
    ['a&b.tif', 'aEtb.tif'],
    ['a$b.tif', 'aSb.tif'],
    ['a@b.tif', 'aAb.tif'],
    ['a=b;c:d,e?f\\g^h%i`j~k#l', 'a-b-c-d-e-f-g-h-i-j-k-l'],
    ['a+b.tif', 'a--b.tif'],
    ['a{b[c<d}e]f>g', 'a(b(c(d)e)f)g'],
    ['a"b', "a'b"],
    ['a|b', 'aIb'],
    ['a   b', 'a b'],
    ['a\u0007b', 'ab'],
  ])('follows the replacement table of the archive’s upload page: %j → %j', (before, after) => {
    expect(suggestName(before)).toBe(after);
  });

  it.each([
    ['Müller/Größe µm.tif', 'Muller/Grosse um.tif'],
    ['Mu\u0308ller.tif', 'Muller.tif'],
    ['α-tubulin_Δ.tif', 'alpha-tubulin_Delta.tif'],
    ['漢.tif', 'u6f22.tif'],
    ['℀.tif', 'a-c.tif'],
    ['./a//b/./c/', 'a/b/c'],
    ['a/../b', 'a/b'],
    ['a../b', 'a/b'],
    [' a / b ', 'a/b'],
    ['', 'unnamed'],
    ['../', 'unnamed'],
    ['Edu+_RFP+_(3).tif', 'Edu--_RFP--_(3).tif'],
    ['w1_[9AA4].tif', 'w1_(9AA4).tif'],
  ])('%j → %j', (before, after) => expect(suggestName(before)).toBe(after));

  it('is always one the archive takes, has nothing left to mend, and is suggested only once', () => {
    fc.assert(
      fc.property(anyPath, (before) => {
        const after = suggestName(before);
        expect(serverAccepts(after)).toBe(true);
        const left = nameTroubles(after)
          .filter((rule) => rule.level !== 'may')
          .map((rule) => rule.id);
        expect(left.filter((id) => id !== 'name-hidden' && id !== 'name-long-path')).toEqual([]);
        expect(suggestName(after)).toBe(after);
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves good paths alone', () => {
    const segment = fc.string({ unit: fc.constantFrom(...'abcXYZ019-_!()*'), minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 5 }), (segments) => {
        const good = segments.join('/');
        expect(suggestName(good)).toBe(good);
      }),
    );
  });

  it('keeps two long names apart', () => {
    const long = 'x'.repeat(300);
    const [a, b] = [suggestName(`${long}a.ome.tif`), suggestName(`${long}b.ome.tif`)];
    expect(a).not.toBe(b);
    expect(a).toMatch(/\.ome\.tif$/);
    expect(a.length).toBe(255);
  });

  it('serves real names with brackets, from a plate scan of BBBC022 and an IDR study', () => {
    const real = [
      '101210OranePlt1_C16_w1_[9AA4D9EA-18E4-4354-8C7D-0202029A8048].tif',
      'plate1_1_013 [Well 5, Field 1 (Spot 5)]_image_data_source.txt',
      'Edu+_RFP+_(3).tif',
    ];
    const suggested = suggestNames(real);
    expect(real.some(serverAccepts)).toBe(false);
    expect(suggested.every(serverAccepts)).toBe(true);
    expect(new Set(suggested).size).toBe(real.length);
  });
});

describe('names for a set', () => {
  it('never clash, not even in letter case or as file and folder, and good names stay', () => {
    const segment = fc.string({ unit: fc.constantFrom(...'aA+&é.'), minLength: 1, maxLength: 4 });
    const paths = fc.uniqueArray(
      fc.array(segment, { minLength: 1, maxLength: 2 }).map((parts) => parts.join('/')),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(paths, (before) => {
        const after = suggestNames(before).map((name) => name.toLowerCase());
        expect(new Set(after).size).toBe(after.length);
        for (const a of after) for (const b of after) expect(b.startsWith(`${a}/`)).toBe(false);
      }),
      { numRuns: 1000 },
    );
    expect(suggestNames(['a+.tif', 'a--.tif'])).toEqual(['a---2.tif', 'a--.tif']);
  });

  it('count up before the ending', () => {
    const taken = new NameSet();
    for (const path of ['a.ome.tif', 'a-2.ome.tif', 'b', 'c/d.tif']) taken.take(path);
    expect(freeName('A.ome.tif', taken)).toBe('A-3.ome.tif');
    expect(freeName('b/e.tif', taken)).toBe('b-2/e.tif');
    expect(freeName('C', taken)).toBe('C-2');
    expect(freeName('c/e.tif', taken)).toBe('c/e.tif');
  });

  it.each([
    ['a/b.tif', 'a/b', '.tif'],
    ['a/b.ome.zarr', 'a/b', '.ome.zarr'],
    ['a.b/c', 'a.b/c', ''],
    ['.hidden', '.hidden', ''],
    ['a/..b', 'a/..b', ''],
    ['..b.tif', '..b', '.tif'],
    ['x.nii.gz', 'x', '.nii.gz'],
  ])('%j ends in %j%j', (whole, stem, ending) => expect(splitEnding(whole)).toEqual({ stem, ending }));
});
