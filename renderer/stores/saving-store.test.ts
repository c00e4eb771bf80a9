import { expect, test } from 'vitest';
import { savingWord, trackSave, useSaving } from './saving-store.ts';

const problem = { code: 'engine-gone', message: 'The engine does not answer.' };

test('says what is true of what was typed', () => {
  expect(savingWord({ running: 0, waiting: 0, problem: null })).toBe('saved');
  expect(savingWord({ running: 1, waiting: 0, problem: null })).toBe('saving');
  expect(savingWord({ running: 0, waiting: 2, problem: null })).toBe('saving');
  expect(savingWord({ running: 0, waiting: 2, problem })).toBe('not saved');
  expect(savingWord({ running: 0, waiting: 0, problem })).toBe('saved');
});

test('a refused change that nobody holds leaves nothing unsaved; a held one does until a save succeeds', async () => {
  await expect(trackSave(Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  expect(useSaving.getState()).toMatchObject({ running: 0, problem: null });
  await expect(trackSave(Promise.reject(new Error('gone')), true)).rejects.toThrow('gone');
  expect(useSaving.getState().problem).not.toBeNull();
  await trackSave(Promise.resolve(1));
  expect(useSaving.getState()).toMatchObject({ running: 0, problem: null });
});
