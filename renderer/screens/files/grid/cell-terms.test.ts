import { expect, test } from 'vitest';
import type { ListColumn } from '../../../../shared/model/list-column.ts';
import { fittingTerms, termsOf } from './cell-terms.ts';

const vocabulary = [
  { value: 'class_labels', title: 'Class labels' },
  { value: 'bounding_boxes', title: 'Bounding boxes' },
  { value: 'segmentation_mask', title: 'Segmentation mask' },
  { value: 'tracks', title: 'Tracks' },
];
const column: ListColumn = {
  ...{
    key: 'cell:Annotation Type',
    title: 'Annotation Type',
    kind: 'list',
    level: 'required',
    type: 'choice',
  },
  ...{ editable: true, distinct: false, help: '', vocabulary, hidden: false, width: null },
};

test('typing narrows to what begins so, then to words inside', () => {
  const found = (typed: string) => fittingTerms(vocabulary, typed).map(({ value }) => value);
  expect(found('')).toHaveLength(4);
  expect(found('Se')).toEqual(['segmentation_mask']);
  expect(found('S')[0]).toBe('segmentation_mask');
  expect(found('b')[0]).toBe('bounding_boxes');
  expect(found('ma')).toEqual(['segmentation_mask']);
  expect(found('la')[0]).toBe('class_labels');
  expect(found('a')).toEqual(['class_labels', 'segmentation_mask', 'tracks']);
  expect(found('nothing of it')).toEqual([]);
});

test('a cell can be emptied, but a kind cannot; yes and no are yes and no', () => {
  expect(termsOf(column)?.[0]).toEqual({ value: '', title: 'Nothing' });
  expect(termsOf({ ...column, key: 'kind' })).toEqual(vocabulary);
  expect(termsOf({ ...column, type: 'yes-no', vocabulary: null })?.map(({ value }) => value)).toEqual([
    'yes',
    'no',
  ]);
  expect(termsOf({ ...column, vocabulary: null })).toBeNull();
});
