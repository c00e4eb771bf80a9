import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Entry } from '../../../../shared/model/entry.ts';
import type { ColumnKey } from '../../../../shared/model/list-column.ts';
import { cellText, withCell } from './cell-text.ts';

const entry: Entry = {
  ...{
    id: 1,
    sourceId: 1,
    path: 'a/b.tif',
    name: 'b.tif',
    kind: 'image',
    format: 'tiff',
    size: 3,
    members: 1,
  },
  ...{ modifiedMs: 0, state: 'present', send: true, sendReason: '', remotePath: 'Data/a/b.tif' },
  ...{ annotationType: '', sourceImage: 'a/raw.tif', annotationBlock: '', columns: { Plate: 'P1' } },
  ...{ pairedWith: [], candidates: 0, sendAs: null, findings: { must: 0, should: 0, may: 0 } },
};
const texts: readonly ColumnKey[] = [
  'remotePath',
  'annotationBlock',
  'cell:Annotation Type',
  'cell:Source Image',
  'cell:Plate',
  'cell:__proto__x',
];

test('what is put into a cell stands in it, and in no other', () => {
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.string({ minLength: 1 }), (key, text) => {
      const after = withCell(entry, key, text);
      expect(cellText(after, key)).toBe(text);
      for (const other of texts)
        if (other !== key) expect(cellText(after, other)).toBe(cellText(entry, other));
    }),
  );
});

test('choices are taken as they are called, and an unknown kind is not', () => {
  expect(cellText(entry, 'send')).toBe('yes');
  expect(cellText(withCell(entry, 'send', 'no'), 'send')).toBe('no');
  expect(cellText(withCell(entry, 'kind', 'mask'), 'kind')).toBe('mask');
  expect(cellText(withCell(entry, 'kind', 'sculpture'), 'kind')).toBe('image');
});

test('facts of the disk are no text to type', () => {
  expect(cellText(entry, 'size')).toBe('');
  expect(withCell(entry, 'path', 'x')).toBe(entry);
});
