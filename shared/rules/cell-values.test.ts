import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellTrouble, cleanCell } from './cell-values.ts';
import { fileListName } from './file-list-names.ts';
import { serverAccepts } from './remote-names.ts';
import { repeatedTitles } from './titles.ts';

describe('file-list cells (BioStudies backend, file-list reader: no quotes, no escapes)', () => {
  it.each(['a\tb', 'a\nb', 'a\r', 'a\u0000', ' a', 'a '])('%j cannot stand in a cell', (text) =>
    expect(cellTrouble(text)).not.toBeNull(),
  );
  it.each(['', 'a b', '"quoted"', '#5', 'µm'])('%j can', (text) => expect(cellTrouble(text)).toBeNull());
  it('can after cleaning', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(cellTrouble(cleanCell(text))).toBeNull();
        expect(cleanCell(cleanCell(text))).toBe(cleanCell(text));
      }),
    );
  });
});

describe('name of a file list', () => {
  it('comes from number and title and is a path the archive takes', () => {
    expect(fileListName(1, 'Instance masks of Nuclei (Zelle, µm)')).toBe(
      'file-list-1-instance-masks-of-nuclei-zelle-um.tsv',
    );
    expect(fileListName(2, '  ')).toBe('file-list-2.tsv');
    expect(fileListName(3, '***')).toBe('file-list-3.tsv');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        const name = fileListName(4, title);
        expect(serverAccepts(name)).toBe(true);
        expect(name).toMatch(/^file-list-4(-[0-9a-z]+)*\.tsv$/);
      }),
    );
  });
});

describe('repeated titles', () => {
  it('are found whatever the case and the blanks', () => {
    expect(repeatedTitles(['Masks', 'Tracks', ' masks ', '', '', 'MASKS'])).toEqual([2, 5]);
  });
});
