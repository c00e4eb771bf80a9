import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listFormatOf, readList } from './file-list-reader.ts';

async function rowsOf(text: string, format: 'tsv' | 'json' = 'tsv', chunk = 1 << 16) {
  const chunks: string[] = [];
  for (let start = 0; start < text.length; start += chunk) chunks.push(text.slice(start, start + chunk));
  const rows = [];
  for await (const batch of readList(Readable.from(chunks), format)) rows.push(...batch);
  return rows.map((row) => [row.path, ...row.attributes.map(({ name, value }) => `${name}=${value ?? ''}`)]);
}

describe('a TSV file list, to the letter of the server', () => {
  it('reads files and columns', async () => {
    expect(await rowsOf('Files\tSource Image\tType\na.tif\tim 1\tmask\nb/c.tif\tim 2\tmask\n')).toEqual([
      ['a.tif', 'Source Image=im 1', 'Type=mask'],
      ['b/c.tif', 'Source Image=im 2', 'Type=mask'],
    ]);
  });

  it('takes LF, CRLF, a last line without an end, and no columns at all', async () => {
    expect(await rowsOf('Files\r\na\r\nb')).toEqual([['a'], ['b']]);
  });

  it.each([
    [
      'a byte order mark',
      '\uFEFFFiles\na\n',
      "First header value should be 'Files'. Element was not created.",
    ],
    ['a quoted first cell', '"Files"\na\n', "First header value should be 'Files'"],
    ['lower case', 'files\na\n', "First header value should be 'Files'"],
    ['a space after the word', 'Files \na\n', "First header value should be 'Files'"],
    ['a comment line on top', '# note\nFiles\na\n', "First header value should be 'Files'"],
    [
      'a trailing tab in the header',
      'Files\tX\t\na\t1\n',
      'Attribute name is required. Element was not created.',
    ],
    ['a blank header', 'Files\t \tX\na\t1\t2\n', 'Attribute name is required'],
    [
      'an empty path',
      'Files\tX\na\t1\n\t2\n',
      'Error at row 3: File Path is required. Element was not created.',
    ],
    ['no text', '', 'must not be null'],
  ])('is refused for %s', async (_what, text, message) => {
    await expect(rowsOf(text)).rejects.toThrow(message);
  });

  it('does not count blank lines in the row number of an error', async () => {
    await expect(rowsOf('Files\tX\n\n\na\t1\n\n \n\t2\n')).rejects.toThrow(
      'Error at row 3: File Path is required',
    );
  });

  it('passes over blank lines, even of tabs', async () => {
    expect(await rowsOf('Files\tX\n\na\t1\n\t\t\nb\t2\n')).toEqual([
      ['a', 'X=1'],
      ['b', 'X=2'],
    ]);
  });

  it('drops surplus cells in silence and takes short rows', async () => {
    expect(await rowsOf('Files\tX\tY\na\t1\t2\t3\nb\nc\t4\n')).toEqual([
      ['a', 'X=1', 'Y=2'],
      ['b'],
      ['c', 'X=4'],
    ]);
  });

  it('unquotes and trims nothing, and takes # for text', async () => {
    expect(await rowsOf('Files\tX\n"a"\t "1" \n# b\t2\n a \t3\n')).toEqual([
      ['"a"', 'X= "1" '],
      ['# b', 'X=2'],
      [' a ', 'X=3'],
    ]);
  });

  it('reads the same whatever the pieces it arrives in', async () => {
    const cell = fc.stringMatching(/^[ -~]{1,8}$/).filter((text) => text.trim() !== '');
    const end = fc.constantFrom('\n', '\r\n', '\r');
    await fc.assert(
      fc.asyncProperty(
        fc.array(cell, { minLength: 1 }),
        end,
        fc.integer({ min: 1, max: 9 }),
        async (names, eol, size) => {
          const text = ['Files', ...names].join(eol);
          expect(await rowsOf(text, 'tsv', size)).toEqual(names.map((name) => [name]));
        },
      ),
    );
  });
});

describe('a JSON file list', () => {
  it('reads rows and ignores what it does not know', async () => {
    const text =
      '[{"path":"a.tif","size":3,"attributes":[{"name":"X","value":"1"}]},{"path":"b","type":"file"}]';
    expect(await rowsOf(text, 'json')).toEqual([['a.tif', 'X=1'], ['b']]);
  });

  it.each([
    ['nothing', '', 'Expected content to be an array'],
    ['an object', '{"path":"a"}', 'Expected content to be an array'],
    ['an array without end', '[{"path":"a"}', 'expected close marker for Array'],
    ['a row without path', '[{"name":"a"}]', "Expecting to find property with 'path'"],
    ['a number as value', '[{"path":"a","attributes":[{"name":"X","value":1}]}]', "'TextNode' but 'IntNode'"],
  ])('is refused for %s', async (_what, text, message) => {
    await expect(rowsOf(text, 'json')).rejects.toThrow(message);
  });

  it('reads any paths, whatever the pieces it arrives in', async () => {
    const path = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() !== '');
    await fc.assert(
      fc.asyncProperty(
        fc.array(path),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        async (paths, size, pretty) => {
          const text = JSON.stringify(
            paths.map((name) => ({ path: name, attributes: [] })),
            null,
            pretty ? 1 : 0,
          );
          expect(await rowsOf(text, 'json', size)).toEqual(paths.map((name) => [name]));
        },
      ),
    );
  });
});

describe('the format of a list', () => {
  it('is told by the extension, case included', () => {
    expect(listFormatOf('a/b.tsv')).toBe('tsv');
    expect(listFormatOf('b.json')).toBe('json');
  });

  it.each([
    ['a.TSV', 'Unsupported pagetab format: TSV'],
    ['a.csv', 'Unsupported pagetab format: csv'],
    ['a.xls', 'Unsupported pagetab format: xls'],
    ['list', 'Unsupported pagetab format: list'],
  ])('refuses %s', (name, message) => {
    expect(() => listFormatOf(name)).toThrow(expect.objectContaining({ status: 415, message }));
  });

  it('says that XLSX is not practised here', () => {
    expect(() => listFormatOf('a.xlsx')).toThrow('This practice archive does not read XLSX file lists');
  });
});
