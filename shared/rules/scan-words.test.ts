import { expect, test } from 'vitest';
import { scanNumbers, scanWords } from './scan-words.ts';

test('what was found is said in one sentence', () => {
  const none0 = { renamed: 0, skipped: 0, held: 0 };
  const result = { files: 12_408, bytes: 2.1e9, added: 12_000, changed: 0, vanished: 2, pairs: 1, ...none0 };
  expect(scanWords(result)).toBe('12,408 files, 2.1 GB (12,000 new, 2 gone); 1 pair of image and mask.');
  expect(scanWords({ ...result, added: 0, vanished: 0, pairs: 0 })).toBe(
    '12,408 files, 2.1 GB, nothing changed; 0 pairs of image and mask.',
  );
  expect(scanWords({ ...result, added: 0, vanished: 0, renamed: 3, skipped: 4, held: 1 })).toBe(
    '12,408 files, 2.1 GB (3 renamed); 4 skipped; 1 held back until it rests; 1 pair of image and mask.',
  );
});

test('how far a scan is is said in files, bytes and files a second', () => {
  expect(scanNumbers({ done: 12_408, total: null, bytes: 2.1e9, perSecond: 8231.4 })).toBe(
    '12,408 files, 2.1 GB, 8,231 a second',
  );
  expect(scanNumbers({ done: 1, total: 12_408, bytes: 0, perSecond: 0.2 })).toBe('1 of 12,408 files, 0 B');
});
