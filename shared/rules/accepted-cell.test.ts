import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListColumn } from '../model/list-column.ts';
import { acceptedCell } from './accepted-cell.ts';
import { cellTrouble } from './cell-values.ts';

const text: ListColumn = {
  ...{ key: 'cell:Dose', title: 'Dose', kind: 'free', level: 'optional', type: 'text', editable: true },
  ...{ distinct: false, help: '', vocabulary: null, hidden: false, width: null },
};
const choice: ListColumn = {
  ...text,
  ...{ key: 'cell:Annotation Type', type: 'choice' },
  vocabulary: [
    { value: 'segmentation_mask', title: 'Segmentation mask' },
    { value: 'tracks', title: 'Tracks' },
    { value: 'track', title: 'One track' },
  ],
};

describe('what a cell may say', () => {
  it('can stand in a file list, and is taken as it is the next time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const accepted = acceptedCell(text, typed);
        if ('refused' in accepted) throw new Error(accepted.refused);
        expect(cellTrouble(accepted.value)).toBeNull();
        expect(acceptedCell(text, accepted.value)).toEqual({ value: accepted.value, cleaned: false });
      }),
    );
  });

  it.each([
    [' a ', 'a', false],
    ['a  b', 'a  b', false],
    ['a\u200Bb', 'ab', true],
    ['a\tb', 'a b', true],
    ['a \r\n\r\n b', 'a b', true],
    ['', '', false],
  ])('%j becomes %j', (typed, value, cleaned) => {
    expect(acceptedCell(text, typed)).toEqual({ value, cleaned });
  });

  it('is a term by its exact word when one is meant, and refused when none is, or two', () => {
    const words = ['segmentation_mask', 'Segmentation Masks', 'SEGMENTATION-MASK', 'track', 'Tracks', ''];
    expect(words.map((word) => acceptedCell(choice, word))).toEqual(
      ['segmentation_mask', 'segmentation_mask', 'segmentation_mask', 'track', 'tracks', ''].map((value) => ({
        value,
        cleaned: false,
      })),
    );
    expect(acceptedCell(choice, 'TRACKS')).toHaveProperty('refused');
    expect(acceptedCell(choice, 'outline')).toEqual({
      refused: '“outline” is none of: segmentation_mask, tracks, track.',
    });
  });

  it('is refused where nothing can be set, and when it is longer than a spreadsheet’s cells', () => {
    expect(acceptedCell({ ...text, editable: false }, 'x')).toHaveProperty('refused');
    expect(acceptedCell(text, 'x'.repeat(32_768))).toHaveProperty('refused');
  });
});
