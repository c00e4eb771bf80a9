import { expect, test } from 'vitest';
import { splitKeywords, withKeywords } from './keywords.ts';

test('a pasted list becomes keywords', () => {
  expect(splitKeywords('nuclei, zebra  fish;heart\n\nlight-sheet')).toEqual([
    'nuclei',
    'zebra fish',
    'heart',
    'light-sheet',
  ]);
  expect(splitKeywords(' , ;')).toEqual([]);
});

test('no keyword twice', () => {
  expect(withKeywords(['Nuclei'], ['nuclei', 'heart', 'Heart'])).toEqual(['Nuclei', 'heart']);
});
