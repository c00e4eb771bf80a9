import { expect, test } from 'vitest';
import { Problem } from '../shared/model/problem.ts';
import { parseJsonFile } from './json-file.ts';

test('a byte order mark is no fault', () => {
  expect(parseJsonFile('a.json', '\uFEFF{"title":"x"}')).toEqual({ title: 'x' });
});

test('what is not JSON is named', () => {
  const read = () => parseJsonFile('notes.txt', 'title: x');
  expect(read).toThrow(Problem);
  expect(read).toThrow('notes.txt');
});
