import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitForMiddle } from './middle.ts';

test('cutting for the middle loses no character and keeps a short file name whole', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(splitForMiddle(text).join('')).toBe(text);
    }),
  );
  expect(splitForMiddle('a/very/long/path/of/folders/mask_0001.tif')[1]).toBe('mask_0001.tif');
  expect(splitForMiddle('x'.repeat(100))[1]).toHaveLength(16);
});
