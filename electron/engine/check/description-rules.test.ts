import { describe, expect, it } from 'vitest';
import { biaAnnotations } from '../../../shared/destinations/bia-annotations.ts';
import type { FieldValue, Metadata } from '../../../shared/model/metadata.ts';
import { todayAtArchive } from '../../../shared/rules/release-date.ts';
import { checkDescription } from './description-rules.ts';
import { rightMetadata } from './submission-for-tests.ts';

const right = () => rightMetadata(todayAtArchive());
const check = (metadata: Metadata) =>
  checkDescription(biaAnnotations, metadata).map(({ rule, level, place, message, fix }) => ({
    rule,
    level,
    at: place.kind === 'field' ? `${place.section}.${place.block}.${place.field}` : place.kind,
    message,
    after: fix?.safe ? fix.after : null,
  }));
const withValue = (section: string, field: string, value: FieldValue) => {
  const metadata = right();
  const block = metadata[section]?.[0];
  if (block) block.values[field] = value;
  return check(metadata);
};

describe('description', () => {
  it('finds nothing in one that is right', () => {
    expect(check(right())).toEqual([]);
  });

  it('finds every required field of an empty one (BioImages.MIFA.v1, level required)', () => {
    const blocks = (section: string) => [{ id: `${section}1`, values: {} }];
    const found = check({
      study: blocks('s'),
      contacts: blocks('c'),
      links: blocks('l'),
      annotations: blocks('a'),
    });
    expect(found.map(({ rule, level, at }) => [rule, level, at])).toEqual(
      [
        ...['title', 'description', 'releaseDate', 'keywords'].map((field) => `study.s1.${field}`),
        ...['name', 'email', 'organisations', 'role'].map((field) => `contacts.c1.${field}`),
        'links.l1.link',
        ...['title', 'overview', 'type', 'method'].map((field) => `annotations.a1.${field}`),
      ].map((at) => ['field-missing', 'must', at]),
    );
  });

  it('finds sections without a block, the link to the image data set among them', () => {
    expect(check({ ...right(), links: [] })).toMatchObject([
      { rule: 'field-missing', level: 'must', at: 'links..', message: 'There is no link yet.' },
    ]);
  });

  it.each([
    ['contacts', 'email', 'Ada <ada@example.org>', 'ada@example.org'],
    ['contacts', 'email', 'ada@example.orgada@example.org', 'ada@example.org'],
    ['contacts', 'orcid', 'https://orcid.org/0000-0002-1825-0097', '0000-0002-1825-0097'],
    ['contacts', 'role', 'Submitter', 'submitter'],
    ['contacts', 'organisations', [{ name: 'A', rorId: '03mstc592' }], 'A https://ror.org/03mstc592'],
    ['links', 'link', 's-biad634', 'S-BIAD634'],
    ['links', 'link', 'https://example.org/S-BIAD634 /a', 'https://example.org/S-BIAD634/a'],
    ['annotations', 'type', 'Segmentation Masks', 'segmentation_mask'],
  ] as const)('mends %s.%s: %j → %j', (section, field, typed, meant) => {
    expect(withValue(section, field, typed as FieldValue)).toMatchObject([
      { rule: 'field-wrong', level: 'must', after: meant },
    ]);
  });

  it.each([
    ['study', 'title', 'Too short'],
    ['study', 'releaseDate', '2001-01-01'],
    ['study', 'releaseDate', '2999-01-01'],
    ['contacts', 'orcid', '0000-0002-1825-0098'],
    ['contacts', 'role', 'boss'],
    ['links', 'link', 'somewhere'],
    ['annotations', 'type', 'masks'],
  ])('leaves %s.%s %j to a person', (section, field, typed) => {
    expect(withValue(section, field, typed)).toMatchObject([
      { rule: 'field-wrong', level: 'must', after: null },
    ]);
  });

  it('knows what curators had to mend in publications', () => {
    const values = {
      doi: 'https://doi.org/10.1101/2025.08',
      pubmedId: 'pending',
      title: 'T',
      authors: 'A',
      year: '2025',
    };
    expect(check({ ...right(), publications: [{ id: 'p', values }] })).toMatchObject([
      { rule: 'field-wrong', at: 'publications.p.pubmedId', after: null },
      { rule: 'field-wrong', at: 'publications.p.doi', after: '10.1101/2025.08' },
    ]);
    const bare = { id: 'p', values: { authors: 'A', year: '2025', pubmedId: '5' } };
    expect(check({ ...right(), publications: [bare] }).map(({ rule }) => rule)).toEqual([
      'field-desirable',
      'field-desirable',
      'publication-bare',
    ]);
  });

  it('takes out invisible characters, and keeps paragraphs', () => {
    expect(withValue('study', 'description', 'One\u202b.\n\nTwo.')).toMatchObject([
      { rule: 'field-invisible', level: 'should', after: 'One.\n\nTwo.' },
    ]);
    expect(withValue('study', 'description', 'One.\n\nTwo. ')).toEqual([]);
  });

  it('parts keywords that were typed into one', () => {
    expect(withValue('study', 'keywords', ['nuclei; masks, heart', '2,4-D'])).toMatchObject([
      { rule: 'keyword-list', level: 'should', after: 'nuclei · masks · heart · 2,4-D' },
    ]);
  });

  it('finds titles used twice', () => {
    const metadata = right();
    const [first] = metadata.annotations ?? [];
    metadata.annotations?.push({ id: 'b', values: { ...first?.values, title: ' MASKS' } });
    expect(check(metadata)).toMatchObject([
      { rule: 'title-repeated', level: 'should', at: 'annotations.b.title' },
    ]);
  });

  it('wants one link that leads to images, and knows the prefixes of the web tool', () => {
    expect(withValue('links', 'link', 'https://github.com/a/b')).toMatchObject([
      { rule: 'dataset-link', level: 'should' },
    ]);
    expect(withValue('links', 'link', 'mystery:1').map(({ rule }) => rule)).toEqual([
      'link-prefix',
      'dataset-link',
    ]);
  });

  it('names desirable fields, but not of blocks nobody began', () => {
    const metadata = right();
    metadata.contacts?.push({ id: 'c2', values: {} });
    delete metadata.contacts?.[0]?.values.orcid;
    metadata.fundings?.push({ id: 'f', values: {} });
    expect(check(metadata)).toMatchObject([
      { rule: 'field-desirable', level: 'may', at: 'contacts.c.orcid' },
    ]);
  });
});
