import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DelimitedReader,
  delimitedLine,
  delimitedRows,
  type Separator,
  separatorOf,
} from './delimited-text.ts';

const separators: Separator[] = ['\t', ',', ';'];
const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'µ', '"', '\t', ',', ';', '\n', '\r', ' ', '=', '\u{1F52C}') }),
  fc.string({ unit: 'binary' }),
);
const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 12 });

describe('text with separators', () => {
  it('gives back any rows that were written, in whatever pieces they arrive', () => {
    const run = fc.property(
      rows,
      fc.constantFrom(...separators),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      (all, separator, end, endsWithEnd, cuts) => {
        const lines = all.map((row) => delimitedLine(row, separator));
        const text = `\uFEFF${lines.join(end)}${endsWithEnd && lines.length > 0 ? end : ''}`;
        const reader = new DelimitedReader(separator);
        const read: string[][] = [];
        for (let at = 0, turn = 0; at < text.length; turn++) {
          const length = cuts[turn % cuts.length] ?? 1;
          read.push(...reader.push(text.slice(at, at + length)));
          at += length;
        }
        read.push(...reader.end());
        expect(read).toEqual(all);
      },
    );
    fc.assert(run, { numRuns: 500 });
  });

  it('takes a quote that nothing closes, or that more text follows, as a character', () => {
    expect(delimitedRows('"5 µm\tb\nc')).toEqual([['"5 µm', 'b'], ['c']]);
    expect(delimitedRows('"a"b\tc')).toEqual([['"a"b', 'c']]);
    expect(delimitedRows('5" lens\tx')).toEqual([['5" lens', 'x']]);
  });

  it('does not gather a whole file behind a quote that nothing closes', () => {
    const reader = new DelimitedReader('\t');
    let rows = reader.push('"open\tb\n').length;
    for (let at = 0; at < 30_000; at++) rows += reader.push('some text\tmore\n').length;
    expect(rows).toBeGreaterThan(10_000);
  });

  it('keeps blank lines as rows, for their numbers are told', () => {
    expect(delimitedRows('a\n\nb\n')).toEqual([['a'], [''], ['b']]);
    expect(delimitedRows('')).toEqual([]);
  });

  it('finds out what stands between cells', () => {
    expect(separatorOf('Files\tDose, mg; x\na\tb\n')).toBe('\t');
    expect(separatorOf('Files;Dose\na,b;1,5\nc;2,5\n')).toBe(';');
    expect(separatorOf('Files,Dose\n"a;b",2\nc,3\n')).toBe(',');
    expect(separatorOf('sep=;\nFiles,x;y\n')).toBe(';');
    expect(separatorOf('Files\na.tif\n')).toBe('\t');
  });
});
