import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KeyFilter } from './key-filter.ts';

it('never denies what was added, and denies nearly all else', () => {
  const filter = new KeyFilter();
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 40 })), (texts) => {
      for (const text of texts) filter.add(text);
      expect(texts.every((text) => filter.has(text))).toBe(true);
    }),
  );
  for (let n = 0; n < 100_000; n++) filter.add(`plate/img_${String(n).padStart(6, '0')}`);
  let wrong = 0;
  for (let n = 0; n < 10_000; n++) if (filter.has(`plate/img_${String(n).padStart(6, '0')}_mask`)) wrong++;
  expect(wrong).toBeLessThan(200);
});
