import { expect, test } from 'vitest';
import { findProfile, furtherColumns, typeTerms } from './profile-fields.ts';

test('annotation types and further columns come from the profile', () => {
  const profile = findProfile('bia-annotations');
  expect(typeTerms(profile).map((term) => term.value)).toContain('segmentation_mask');
  expect(furtherColumns(profile).map((column) => column.header)).toEqual([
    'Transformations',
    'Spatial Information',
    'Annotation Creation Time',
  ]);
});

test('an unknown destination has neither', () => {
  expect(findProfile('nowhere')).toBeNull();
  expect(typeTerms(null)).toEqual([]);
  expect(furtherColumns(null)).toEqual([]);
});
