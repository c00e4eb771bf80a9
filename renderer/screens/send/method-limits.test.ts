import { expect, test } from 'vitest';
import { profileOf } from '../../../shared/destinations/index.ts';
import { methodLimits } from './method-limits.ts';

test('limits in words', () => {
  expect(profileOf('bia-annotations').methods.map(methodLimits)).toEqual([
    'Meant for less than 50 GB in all, files below 20 GB each.',
    'Meant for up to 1.0 TB in all.',
    'Meant for any size.',
  ]);
});
