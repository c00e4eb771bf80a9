import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allSections, attributeOf, readPageTab } from './pagetab.ts';
import { pageTabJson, pageTabTsv } from './pagetab-writing.ts';

const date = { name: 'ReleaseDate', value: '2099-01-31' };
const root = (...attributes: object[]) => ({ attributes: [date, ...attributes], section: { type: 'Study' } });

describe('PageTab JSON', () => {
  it.each([
    [
      'a number',
      { name: 'X', value: 5 },
      "property: 'value' to be of type 'TextNode' but 'IntNode' was found instead",
    ],
    ['a fraction', { name: 'X', value: 0.5 }, "'DoubleNode' was found instead"],
    ['a boolean', { name: 'X', value: true }, "'BooleanNode' was found instead"],
    ['a list', { name: 'X', value: ['a'] }, "'ArrayNode' was found instead"],
    ['no name', { value: 'a' }, "Expecting to find property with 'name' in node"],
    ['a blank name', { name: ' ', value: 'a' }, 'Attribute name is required. Element was not created.'],
  ])('refuses an attribute with %s', (_what, attribute, message) => {
    expect(() => readPageTab(root(attribute))).toThrow(message);
    expect(() => readPageTab(root(attribute))).toThrow(expect.objectContaining({ status: 500 }));
  });

  it.each([[{}], [[]], ['text'], [null], [{ attributes: [{ name: 'Title', value: 'x' }] }]])(
    'needs a root ReleaseDate: %j',
    (document) => {
      expect(() => readPageTab(document)).toThrow('ReleaseDate is required. Element was not created.');
    },
  );

  it('finds the ReleaseDate in any case, and wants it filled', () => {
    expect(readPageTab({ attributes: [{ name: 'releasedate', value: '2099-01-01' }] }).accno).toBe('');
    expect(() => readPageTab({ attributes: [{ name: 'ReleaseDate', value: ' ' }] })).toThrow(
      'ReleaseDate is required',
    );
  });

  it('passes over sections and isReference in silence', () => {
    const read = readPageTab({
      ...root(),
      section: {
        type: 'Study',
        sections: [{ type: 'Annotation' }],
        attributes: [{ name: 'affiliation', value: 'o1', isReference: true }],
      },
    });
    expect(allSections(read)).toHaveLength(1);
    expect(read.section.attributes[0]?.reference).toBe(false);
  });

  it('refuses empty tables, links without address and files without path', () => {
    const section = (part: object) => ({ ...root(), section: { type: 'Study', ...part } });
    expect(() => readPageTab(section({ subsections: [[]] }))).toThrow("Section tables can't be empty");
    expect(() => readPageTab(section({ links: [{ url: ' ' }] }))).toThrow('Link Url is required');
    expect(() => readPageTab(section({ files: [[{ path: '' }]] }))).toThrow('File Path is required');
    expect(() => readPageTab(section({ attributes: {} }))).toThrow("'ArrayNode' but 'ObjectNode'");
  });

  it('counts a blank value as none, and takes the first of several', () => {
    const read = readPageTab(
      root({ name: 'X', value: '  ' }, { name: 'Y', value: 'a' }, { name: 'Y', value: 'b' }),
    );
    expect(attributeOf(read, 'X')).toBeNull();
    expect(attributeOf(read, 'Y')).toBe('a');
    expect(attributeOf(read, 'y')).toBeNull();
  });

  it('finds sections in order, also in tables', () => {
    const read = readPageTab({
      ...root(),
      section: {
        type: 'Study',
        subsections: [{ type: 'A', subsections: [{ type: 'B' }] }, [{ type: 'C' }, { type: 'D' }]],
      },
    });
    expect(allSections(read).map((section) => section.type)).toEqual(['Study', 'A', 'B', 'C', 'D']);
  });

  it('is written as it was read', () => {
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z ]{0,8}$/);
    const detail = fc.record({ name, value: fc.stringMatching(/^[!-~]{1,9}$/) });
    const attribute = fc.record(
      {
        name,
        value: fc.stringMatching(/^[!-~]{1,9}$/),
        reference: fc.constant(true),
        valqual: fc.array(detail, { minLength: 1, maxLength: 2 }),
      },
      { requiredKeys: ['name', 'value'] },
    );
    const some = fc.array(attribute, { minLength: 1, maxLength: 3 });
    const leaf = fc.record({ type: name, accno: name, attributes: some }, { requiredKeys: ['type'] });
    const document = fc.record({
      type: fc.constant('submission'),
      attributes: some.map((attributes) => [date, ...attributes]),
      section: fc.record(
        {
          type: name,
          attributes: some,
          subsections: fc.array(fc.oneof(leaf, fc.array(leaf, { minLength: 1, maxLength: 2 })), {
            minLength: 1,
          }),
          links: fc.array(fc.record({ url: name, attributes: some }), { minLength: 1 }),
          files: fc.array(fc.record({ path: name, type: fc.constant('file') }), { minLength: 1 }),
        },
        { requiredKeys: ['type'] },
      ),
    });
    fc.assert(
      fc.property(document, (given) => {
        expect(pageTabJson(readPageTab(given))).toEqual(given);
      }),
    );
  });
});

describe('PageTab TSV', () => {
  it('is written in blocks, with references, qualifiers and quotes', () => {
    const read = readPageTab({
      accno: 'S-BIAD1',
      attributes: [date],
      section: {
        type: 'Study',
        attributes: [{ name: 'Description', value: 'two\nlines' }],
        links: [{ url: 'S-BIAD2', attributes: [{ name: 'Type', value: 'biostudies' }] }],
        files: [{ path: 'a.tif' }],
        subsections: [
          { type: 'organization', accno: 'o1', attributes: [{ name: 'Name', value: 'I' }] },
          [
            {
              type: 'Author',
              attributes: [
                { name: 'affiliation', value: 'o1', reference: true, valqual: [{ name: 'x', value: 'y' }] },
              ],
            },
          ],
        ],
      },
    });
    expect(pageTabTsv(read)).toBe(
      [
        'Submission\tS-BIAD1\nReleaseDate\t2099-01-31\n',
        'Study\nDescription\t"two\nlines"\n',
        'Link\tS-BIAD2\nType\tbiostudies\n',
        'File\ta.tif\n',
        'organization\to1\nName\tI\n',
        'Author\n<affiliation>\to1\n[x]\ty\n',
      ].join('\n'),
    );
  });
});
