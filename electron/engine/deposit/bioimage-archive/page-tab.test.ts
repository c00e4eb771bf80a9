import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANNOTATION_TYPES, ROLES } from '../../../../shared/destinations/bia-vocabularies.ts';
import type { Block, Metadata } from '../../../../shared/model/metadata.ts';
import { allSections, readPageTab } from '../../practice/pagetab.ts';
import { writePageTab } from './page-tab.ts';
import type { PageTab, PageTabSection } from './page-tab-shape.ts';

const block = (id: string, values: Block['values']): Block => ({ id, values });

const full: Metadata = {
  study: [
    block('s', {
      title: ' Nuclear segmentation masks for dataset S-BIAD0000 ',
      description: 'First line.\r\nSecond\u202b line.',
      releaseDate: '2027-01-31',
      keywords: ['segmentation', ' ', 'nuclei'],
    }),
  ],
  contacts: [
    block('c1', {
      name: 'A. Person',
      email: 'A. Person <a@b.org>',
      role: 'submitter',
      orcid: 'https://orcid.org/0000-0002-1825-0097',
      organisations: [
        { name: 'Some Institute', rorId: '03mstc592' },
        { name: 'Other House', address: 'Street 1' },
      ],
    }),
    block('c2', { name: 'B. Person', organisations: [{ name: 'other  house' }, { name: '' }] }),
  ],
  links: [
    block('l1', { link: 'S-BIAD0000', description: 'Source images' }),
    block('l2', { link: 'https://example.org/model' }),
    block('l3', { link: 'empiar : EMPIAR-11380' }),
    block('l4', {}),
  ],
  annotations: [
    block('a1', {
      title: 'Masks',
      overview: 'What',
      type: 'segmentation_mask',
      method: 'How',
      coverage: 'All',
    }),
    block('a2', { title: 'Tracks' }),
  ],
  publications: [block('p1', { doi: 'https://doi.org/10.1002/cyto.a.20714', year: '2009' }), block('p2', {})],
  fundings: [block('f1', { agency: 'Royal Society', grantId: 'URF\\R1' }), block('f2', { agency: ' ' })],
};
const fileLists = { a1: 'sub/file-list-1-masks.tsv' };

const named = (section: PageTabSection) => section.attributes.map(({ name, value }) => [name, value]);
/** Sections below the study; the web tool writes those of a table as a list within the list. */
const below = (document: PageTab) => (document.section.subsections ?? []).flat() as PageTabSection[];
const ofType = (document: PageTab, type: string) => below(document).filter((one) => one.type === type);

describe('PageTab of an annotations-only submission', () => {
  const document = writePageTab(full, { fileLists });

  it('has the root attributes of the template', () => {
    expect(document).toMatchObject({ type: 'submission' });
    expect(document.attributes).toEqual([
      { name: 'Title', value: 'Nuclear segmentation masks for dataset S-BIAD0000' },
      { name: 'ReleaseDate', value: '2027-01-31' },
      { name: 'AttachTo', value: 'BioImages' },
      { name: 'Template', value: 'BioImages.MIFA.v1' },
    ]);
    expect(document).not.toHaveProperty('accno');
    expect(writePageTab(full, { fileLists, accno: 'S-BIAD1' }).accno).toBe('S-BIAD1');
  });

  it('repeats title and date in the study, and the keywords once each', () => {
    expect(document.section.type).toBe('Study');
    expect(named(document.section)).toEqual([
      ['Title', 'Nuclear segmentation masks for dataset S-BIAD0000'],
      ['Description', 'First line.\nSecond line.'],
      ['ReleaseDate', '2027-01-31'],
      ['Keywords', 'segmentation'],
      ['Keywords', 'nuclei'],
    ]);
  });

  it('refers people to organisations, each written once', () => {
    const [first, second] = ofType(document, 'Author');
    expect(first?.attributes).toEqual([
      { name: 'Name', value: 'A. Person' },
      { name: 'E-mail', value: 'a@b.org' },
      { name: 'Role', value: 'submitter' },
      { name: 'ORCID', value: '0000-0002-1825-0097' },
      { name: 'affiliation', value: 'o1', reference: true },
      { name: 'affiliation', value: 'o2', reference: true },
    ]);
    expect(second?.attributes).toEqual([
      { name: 'Name', value: 'B. Person' },
      { name: 'affiliation', value: 'o2', reference: true },
    ]);
    expect(ofType(document, 'organisation')).toEqual([
      {
        type: 'organisation',
        accno: 'o1',
        attributes: [
          { name: 'Name', value: 'Some Institute' },
          { name: 'RORID', value: 'https://ror.org/03mstc592' },
        ],
      },
      {
        type: 'organisation',
        accno: 'o2',
        attributes: [
          { name: 'Name', value: 'Other House' },
          { name: 'Address', value: 'Street 1' },
        ],
      },
    ]);
  });

  it('stores the prefix of a link as its type', () => {
    expect(document.section.links).toEqual([
      {
        url: 'S-BIAD0000',
        attributes: [
          { name: 'Description', value: 'Source images' },
          { name: 'Type', value: 'biostudies' },
        ],
      },
      { url: 'https://example.org/model' },
      { url: 'EMPIAR-11380', attributes: [{ name: 'Type', value: 'empiar' }] },
    ]);
  });

  it('names the file list of each annotation, by the type that the template knows', () => {
    const [masks, tracks] = ofType(document, 'Annotation');
    expect(masks?.accno).toBe('anno-1');
    expect(named(masks as PageTabSection)).toEqual([
      ['Title', 'Masks'],
      ['Annotation Overview', 'What'],
      ['Annotation Type', 'segmentation_mask'],
      ['Annotation Method', 'How'],
      ['Annotation Coverage', 'All'],
      ['File List', 'sub/file-list-1-masks.tsv'],
    ]);
    expect(named(tracks as PageTabSection)).toEqual([['Title', 'Tracks']]);
  });

  it('leaves out empty sections', () => {
    expect(ofType(document, 'Publication').map(named)).toEqual([
      [
        ['DOI', '10.1002/cyto.a.20714'],
        ['Year', '2009'],
      ],
    ]);
    expect(ofType(document, 'Funding').map(named)).toEqual([
      [
        ['Agency', 'Royal Society'],
        ['grant_id', 'URF\\R1'],
      ],
    ]);
  });

  it('says of nothing that it is there when nothing was typed', () => {
    expect(writePageTab({}, { fileLists: {} })).toEqual({
      type: 'submission',
      attributes: [
        { name: 'AttachTo', value: 'BioImages' },
        { name: 'Template', value: 'BioImages.MIFA.v1' },
      ],
      section: { type: 'Study', attributes: [] },
    });
  });
});

describe('whatever was typed', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('', ' ', 'A', 'a', 'S-BIAD1'),
  );
  const organisation = fc.record({ name: text, rorId: text, address: text }, { requiredKeys: ['name'] });
  const blocks = (values: fc.Arbitrary<Block['values']>, maxLength = 3) =>
    fc.array(values, { maxLength }).map((all) => all.map((one, at) => block(`b${at}`, one)));
  const metadata: fc.Arbitrary<Metadata> = fc.record({
    study: blocks(
      fc.record({
        title: text,
        description: text,
        releaseDate: fc.constant('2027-01-31'),
        keywords: fc.array(text),
      }),
      1,
    ),
    contacts: blocks(
      fc.record(
        {
          name: text,
          email: text,
          role: fc.constantFrom(...ROLES.map((role) => role.value)),
          organisations: fc.array(organisation),
        },
        { requiredKeys: [] },
      ),
    ),
    links: blocks(fc.record({ link: text, description: text }, { requiredKeys: [] })),
    annotations: blocks(
      fc.record({ title: text, type: fc.constantFrom(...ANNOTATION_TYPES.map((type) => type.value)) }),
    ),
    fundings: blocks(fc.record({ agency: text })),
  });

  it('the document has only filled strings as values, unique accessions, and no dangling affiliation', () => {
    fc.assert(
      fc.property(metadata, (typed) => {
        const document = writePageTab(typed, { fileLists: { b0: 'x/file-list-1.tsv' } });
        const sections = [document.section, ...(document.section.subsections ?? [])];
        const accnos = sections.flatMap((section) => section.accno ?? []);
        expect(new Set(accnos).size).toBe(accnos.length);
        const organisations = ofType(document, 'organisation').map((section) => section.accno);
        expect(organisations).toEqual(organisations.map((_, at) => `o${at + 1}`));
        for (const section of sections) {
          const links = (section.links ?? []).flatMap((link) => [
            { name: 'url', value: link.url },
            ...(link.attributes ?? []),
          ]);
          for (const attribute of [...section.attributes, ...links]) {
            expect(typeof attribute.value).toBe('string');
            expect(attribute.value.trim()).not.toBe('');
          }
          for (const { name, value, reference } of section.attributes) {
            expect(reference).toBe(name === 'affiliation' ? true : undefined);
            if (reference) expect(organisations).toContain(value);
          }
        }
        if (typed.study?.length === 1)
          expect(allSections(readPageTab(JSON.parse(JSON.stringify(document))))).toHaveLength(
            sections.length,
          );
      }),
    );
  });
});

const real = path.resolve(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'data', 'pagetab');
describe.skipIf(!existsSync(real))('beside real submissions (skipped without the test data)', () => {
  /** Submitted with the archive's own web tool under the templates of today. */
  const documents = ['S-BIAD2808/S-BIAD2808_original.json', 'S-BIAD2225/S-BIAD2225_original.json'].map(
    (name) => JSON.parse(readFileSync(path.join(real, name), 'utf8')) as PageTab,
  );
  const namesByType = (all: readonly PageTab[]) => {
    const names = new Map<string, Set<string>>();
    for (const document of all) {
      for (const one of [document.section, ...below(document)]) {
        const known = names.get(one.type) ?? new Set();
        // One of them has a publication without a single attribute.
        for (const attribute of one.attributes ?? []) known.add(attribute.name);
        names.set(one.type, known);
      }
    }
    return names;
  };

  it('uses the section types and attribute names that these use', () => {
    const theirs = namesByType(documents);
    const ours = namesByType([writePageTab(full, { fileLists })]);
    for (const type of ['Study', 'Author', 'organisation', 'Funding', 'Annotation']) {
      const known = theirs.get(type) ?? new Set();
      // Fields of our template that nobody filled in those two submissions.
      const unfilled = ['Annotation Coverage', 'Address'];
      expect(
        [...(ours.get(type) ?? [])].filter((name) => !known.has(name) && !unfilled.includes(name)),
      ).toEqual([]);
    }
    const root = documents[0]?.attributes.map((attribute) => attribute.name);
    expect(root).toEqual(expect.arrayContaining(['Title', 'ReleaseDate', 'AttachTo', 'Template']));
  });

  it('refers to organisations as they do', () => {
    const affiliation = (document: PageTab | undefined) =>
      document && ofType(document, 'Author')[0]?.attributes.find(({ name }) => name === 'affiliation');
    expect(affiliation(writePageTab(full, { fileLists }))).toEqual(affiliation(documents[0]));
  });
});
