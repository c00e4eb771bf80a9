import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64, isTableName, pieceBytes, pieces } from './table-upload.ts';

test('the pieces of a file hold every byte once and fit a call', () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.integer({ min: 1000, max: pieceBytes }), (size, piece) => {
      const all = pieces(size, piece);
      expect(all[0]?.[0]).toBe(0);
      expect(all.at(-1)?.[1]).toBe(size);
      for (const [at, [start, end]] of all.entries()) {
        if (at > 0) expect(start).toBe(all[at - 1]?.[1]);
        expect(end - start).toBeLessThanOrEqual(piece);
        if (size > 0) expect(end).toBeGreaterThan(start);
      }
    }),
  );
  expect(pieces(0)).toEqual([[0, 0]]);
  expect(Math.ceil(pieceBytes / 3) * 4).toBeLessThanOrEqual(4_000_000);
});

test('base64 is what others read', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100_000, size: 'max' }), (bytes) => {
      const read = Uint8Array.from(atob(base64(bytes)), (letter) => letter.charCodeAt(0));
      expect(read).toEqual(bytes);
    }),
    { numRuns: 20 },
  );
});

test('tables are known by their names', () => {
  expect(['a.tsv', 'B.XLSX', 'list.csv', 'cells.txt'].every(isTableName)).toBe(true);
  expect(['a.tif', 'tsv', 'a.xls', 'folder'].some(isTableName)).toBe(false);
});
