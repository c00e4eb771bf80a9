import { expect, test } from 'vitest';
import { pasteWords } from './paste-words.ts';

const nothing = {
  ...{
    changedCells: 0,
    changedEntries: 0,
    rowsLeftOver: 0,
    columnsLeftOver: 0,
    refusedCells: 0,
    refused: [],
  },
};

test('says what was pasted and only that when all of it was', () => {
  expect(pasteWords({ ...nothing, changedCells: 1200, changedEntries: 400 })).toEqual({
    message: 'Pasted 1,200 cells of 400 files.',
  });
});

test('says what was left out and each reason once', () => {
  const refused = { row: 0, column: 'size', value: 'x', reason: '“Size” follows from the file.' } as const;
  const words = pasteWords({
    ...nothing,
    ...{ rowsLeftOver: 1, columnsLeftOver: 2, refusedCells: 3, refused: [refused, refused, refused] },
  });
  expect(words.message).toBe('Nothing was pasted.');
  expect(words.detail).toBe(
    '3 cells stayed as before. “Size” follows from the file. 1 row had no row left to go to. 2 columns had no column left to go to.',
  );
});
