import { describe, expect, it } from 'vitest';
import { decideDoi } from './doi-rules.ts';
import { readPageTab } from './pagetab.ts';

interface Parts {
  doi?: string;
  title?: boolean;
  organisation?: object | null;
  author?: object | null;
}

const attributes = (values: Record<string, string>) =>
  Object.entries(values).map(([name, value]) => ({ name, value }));

function submission(parts: Parts) {
  const { doi = 'DOI', title = true } = parts;
  const organisation =
    parts.organisation === undefined
      ? { type: 'Organization', accno: 'o1', attributes: attributes({ Name: 'Institute' }) }
      : parts.organisation;
  const author =
    parts.author === undefined
      ? { type: 'Author', attributes: attributes({ Name: 'A. Person', affiliation: 'o1' }) }
      : parts.author;
  return readPageTab({
    attributes: attributes({ ReleaseDate: '2099-01-01', [doi]: 'true' }),
    section: {
      type: 'Study',
      attributes: title ? attributes({ Title: 'Masks' }) : [],
      subsections: [organisation, author].filter((part) => part !== null),
    },
  });
}

const author = (values: Record<string, string>) => ({ type: 'author', attributes: attributes(values) });

describe('a DOI', () => {
  it('is the accession behind a prefix', () => {
    expect(decideDoi('S-BIAD1', submission({}), null)).toBe('10.6019/S-BIAD1');
    expect(
      decideDoi(
        'S-BIAD1',
        submission({
          organisation: { type: 'organisation', accno: 'o1', attributes: attributes({ Name: 'I' }) },
        }),
        null,
      ),
    ).not.toBeNull();
  });

  it('is not asked for by other spellings', () => {
    expect(
      decideDoi('S-BIAD1', submission({ doi: 'doi', title: false, organisation: null }), null),
    ).toBeNull();
  });

  it.each<[string, Parts, string]>([
    ['a title', { title: false }, 'A title is required for DOI registration'],
    ['an organisation', { organisation: null }, "The required DOI field 'Organization' could not be found"],
    [
      'an accession of it',
      { organisation: { type: 'Organization', attributes: attributes({ Name: 'I' }) } },
      'Organizations are required to have an accession',
    ],
    [
      'a name of it',
      { organisation: { type: 'Organization', accno: 'o1', attributes: attributes({ name: 'I' }) } },
      "The following organization name is empty: 'o1'",
    ],
    ['an affiliation', { author: author({ Name: 'A' }) }, 'Authors are required to have an affiliation'],
    [
      'a known affiliation',
      { author: author({ Name: ' A ', affiliation: 'o2' }) },
      "The organization 'o2' affiliated to the author 'A' could not be found",
    ],
    [
      'the same case',
      { author: author({ Name: 'A', affiliation: 'O1' }) },
      "The organization 'O1' affiliated",
    ],
  ])('needs %s', (_what, parts, message) => {
    expect(() => decideDoi('S-BIAD1', submission(parts), null)).toThrow(message);
  });

  it('looks at the first affiliation only, in any spelling of the word, and not at authors without a name', () => {
    const two = {
      type: 'Author',
      attributes: [...attributes({ Name: 'A', Affiliation: 'o1' }), { name: 'affiliation', value: 'o9' }],
    };
    expect(decideDoi('S-BIAD1', submission({ author: two }), null)).not.toBeNull();
    expect(decideDoi('S-BIAD1', submission({ author: author({ affiliation: 'o9' }) }), null)).not.toBeNull();
    expect(decideDoi('S-BIAD1', submission({ author: null }), null)).not.toBeNull();
  });

  it('stays with the submission', () => {
    const without = submission({ doi: 'x' });
    expect(() => decideDoi('S-BIAD1', without, '10.6019/S-BIAD1')).toThrow(
      "The previous DOI: '10.6019/S-BIAD1' cannot be removed",
    );
    expect(() => decideDoi('S-BIAD1', submission({}), '10.6019/S-BIAD1')).toThrow(
      "The given DOI 'true' should match",
    );
  });
});
