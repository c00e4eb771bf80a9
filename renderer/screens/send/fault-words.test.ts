import { expect, test } from 'vitest';
import { faultKindSchema } from '../../../shared/model/practice.ts';
import { faultWords, withFault } from './fault-words.ts';

test('every fault of the practice archive is explained once', () => {
  expect(faultWords.map((one) => one.kind).sort()).toEqual([...faultKindSchema.options].sort());
});

test('ordered faults meet requests one after the other', () => {
  const two = withFault(withFault([], 'bad-gateway', true), 'cut', true);
  expect(two).toEqual([
    { kind: 'cut', at: 1 },
    { kind: 'bad-gateway', at: 2 },
  ]);
  const three = withFault(two, 'submit-bad-gateway', true);
  expect(three.at(-1)).toEqual({ kind: 'submit-bad-gateway', at: 1 });
  expect(withFault(three, 'cut', false)).toEqual([
    { kind: 'bad-gateway', at: 1 },
    { kind: 'submit-bad-gateway', at: 1 },
  ]);
});
