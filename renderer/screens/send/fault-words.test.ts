import { expect, test } from 'vitest';
import { faultKindSchema } from '../../../shared/model/practice.ts';
import { faultWords } from './fault-words.ts';

test('every fault of the practice archive is explained once', () => {
  expect(faultWords.map((one) => one.kind).sort()).toEqual([...faultKindSchema.options].sort());
});
