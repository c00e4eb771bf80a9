import { expect, test } from 'vitest';
import { byWords, reasonsText, surenessText, whyManyWords } from './pair-words.ts';

test('reasons, sureness and who joined are said in words', () => {
  expect(reasonsText(['longest-name', 'same-folder'])).toBe('longest name in common, same folder');
  expect(surenessText(0.855)).toBe('86 %');
  expect(whyManyWords('several', 1)).toBe('1 mask fits several images equally');
  expect(whyManyWords('number', 1200)).toBe(
    '1,200 masks have a number in the name that may be that of another image',
  );
  expect([byWords('manual', []), byWords('b', ['a', 'b']), byWords('gone', [])]).toEqual([
    'by hand',
    'by rule 2',
    'by a rule',
  ]);
});
