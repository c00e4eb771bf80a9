import { expect, test } from 'vitest';
import { byWords, findsWords, reasonsText, surenessText, whyManyWords } from './pair-words.ts';

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
  expect([findsWords(0, 0), findsWords(1, 0), findsWords(2, 61)]).toEqual([
    'finds nothing more',
    '1 pair',
    '2 pairs, 61 to decide',
  ]);
});
