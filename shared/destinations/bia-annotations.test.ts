import { describe, expect, it, vi } from 'vitest';
import { Problem } from '../model/problem.ts';
import { biaAnnotations } from './bia-annotations.ts';
import { profileOf, profiles } from './index.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { fieldsOf } from './profile.ts';

const section = (id: string) => {
  const found = biaAnnotations.sections.find((candidate) => candidate.id === id);
  if (!found) throw new Error(id);
  return found;
};
const levels = (id: string) =>
  Object.fromEntries(fieldsOf(section(id)).map((field) => [field.id, field.level]));
const schema = (id: string, field: string) => {
  const found = fieldsOf(section(id)).find((candidate) => candidate.id === field);
  if (!found) throw new Error(field);
  return found.schema;
};
const trouble = (id: string, field: string, value: unknown) =>
  schema(id, field).safeParse(value).error?.issues[0]?.message;

describe('BIA annotations (BioImages.MIFA.v1, complete field list)', () => {
  it('has the levels of the template', () => {
    expect(levels('study')).toEqual({
      title: 'required',
      description: 'required',
      releaseDate: 'required',
      keywords: 'required',
      acknowledgements: 'desirable',
    });
    expect(levels('contacts')).toEqual({
      name: 'required',
      email: 'required',
      organisations: 'required',
      role: 'required',
      orcid: 'desirable',
    });
    expect(levels('fundings')).toEqual({ agency: 'desirable', grantId: 'desirable' });
    expect(levels('publications')).toEqual({
      pubmedId: 'desirable',
      title: 'desirable',
      authors: 'desirable',
      doi: 'desirable',
      year: 'desirable',
    });
    expect(levels('links')).toEqual({ link: 'required', description: 'desirable' });
    expect(levels('annotations')).toEqual({
      title: 'required',
      overview: 'required',
      type: 'required',
      method: 'required',
      confidence: 'desirable',
      criteria: 'desirable',
      coverage: 'desirable',
    });
  });

  it('wants one study, and at least one contact, annotation and link to the image data set', () => {
    expect(biaAnnotations.sections.map(({ id, min, max, level }) => [id, min, max, level])).toEqual([
      ['study', 1, 1, 'required'],
      ['contacts', 1, null, 'required'],
      ['links', 1, null, 'required'],
      ['annotations', 1, null, 'required'],
      ['publications', 0, null, 'desirable'],
      ['fundings', 0, null, 'desirable'],
    ]);
  });

  it('says something of its own about every field', () => {
    const told = biaAnnotations.sections.flatMap((one) => fieldsOf(one).map((field) => field.help));
    expect(new Set(told).size).toBe(told.length);
    for (const one of biaAnnotations.sections) {
      expect(fieldsOf(one).map((field) => field.id)).toContain(one.titleField);
      for (const field of fieldsOf(one)) {
        const example = field.repeats ? [field.example] : field.example;
        if (field.example !== undefined && field.control !== 'date' && field.control !== 'organisations') {
          expect([field.id, field.schema.safeParse(example).error?.issues]).toEqual([field.id, undefined]);
        }
      }
    }
  });

  it('knows nine roles and eleven annotation types, each explained', () => {
    const terms = (id: string, field: string) =>
      fieldsOf(section(id)).find((one) => one.id === field)?.vocabulary;
    expect(terms('contacts', 'role')).toMatchObject({ open: false });
    expect(terms('contacts', 'role')?.terms.map((term) => term.value)).toEqual([
      'corresponding author',
      'data acquisition',
      'data analyst',
      'experiment performer',
      'first author',
      'investigator',
      'principal investigator',
      'software development',
      'submitter',
    ]);
    expect(terms('annotations', 'type')?.terms.map((term) => term.value)).toEqual([
      'class_labels',
      'bounding_boxes',
      'counts',
      'derived_annotations',
      'geometrical_annotations',
      'graphs',
      'point_annotations',
      'segmentation_mask',
      'tracks',
      'weak_annotations',
      'other',
    ]);
    for (const [id, field] of [
      ['contacts', 'role'],
      ['annotations', 'type'],
    ] as const) {
      for (const term of terms(id, field)?.terms ?? []) {
        expect(term.help).toMatch(/\.$/);
        expect(schema(id, field).safeParse(term.value).success).toBe(true);
      }
    }
  });

  it('says in words what is wrong with a value', () => {
    vi.useFakeTimers({ now: new Date('2026-11-20T12:00:00Z'), toFake: ['Date'] });
    try {
      expect(trouble('study', 'title', 'Too short')).toContain('at least 25 characters');
      expect(trouble('study', 'title', `short${' '.repeat(30)}`)).toContain('at least 25 characters');
      expect(trouble('study', 'releaseDate', '2026-11-19')).toContain('past');
      expect(trouble('study', 'releaseDate', '2026-11-20')).toBeUndefined();
      expect(trouble('study', 'releaseDate', '2027-02-30')).toContain('year-month-day');
      expect(trouble('study', 'keywords', [])).toContain('at least one');
      expect(trouble('study', 'keywords', 'nuclei')).toContain('list');
      expect(trouble('study', 'description', 5)).toContain('text');
      expect(trouble('contacts', 'orcid', 'https://orcid.org/0000-0002-1825-0097')).toContain('alone');
      expect(trouble('contacts', 'orcid', '0000-0002-1825-0098')).toContain('typing error');
      expect(trouble('contacts', 'role', 'boss')).toContain('nine roles');
      expect(trouble('contacts', 'organisations', [{ name: ' ' }])).toContain('name of the organisation');
      expect(trouble('contacts', 'organisations', [{ name: 'A', rorId: 'x' }])).toContain('ROR');
      expect(trouble('publications', 'doi', 'TBD')).toContain('DOI');
      expect(trouble('publications', 'pubmedId', 'pending')).toContain('digits');
      expect(trouble('links', 'link', 'somewhere')).toContain('accession');
      expect(trouble('annotations', 'type', 'masks')).toContain('eleven');
    } finally {
      vi.useRealTimers();
    }
  });

  it('has the file-list columns of the annotations page', () => {
    expect(biaAnnotations.fileList.columns.map(({ header, level }) => [header, level])).toEqual([
      ['Files', 'required'],
      ['Annotation Type', 'required'],
      ['Source Image', 'required'],
      ['Transformations', 'optional'],
      ['Spatial Information', 'optional'],
      ['Annotation Creation Time', 'optional'],
    ]);
  });

  it('is found by id; another id is a Problem that names what there is', () => {
    expect(profileOf('bia-annotations')).toBe(biaAnnotations);
    expect(profiles).toContain(biaAnnotations);
    expect(() => profileOf('nowhere')).toThrow(Problem);
    expect(() => profileOf('nowhere')).toThrow('"nowhere"');
  });
});

describe('JSON Schema of a profile', () => {
  const schemaOut = jsonSchemaOf(biaAnnotations) as {
    required: string[];
    properties: Record<
      string,
      {
        type: string;
        minItems?: number;
        required?: string[];
        items?: { required: string[]; properties: Record<string, Record<string, unknown>> };
        properties?: Record<string, Record<string, unknown>>;
      }
    >;
  };
  it('demands what the profile demands', () => {
    expect(schemaOut.required).toEqual(['study', 'contacts', 'links', 'annotations']);
    expect(schemaOut.properties.study?.required).toEqual(['title', 'description', 'releaseDate', 'keywords']);
    expect(schemaOut.properties.contacts).toMatchObject({ type: 'array', minItems: 1 });
    expect(schemaOut.properties.contacts?.items?.required).toEqual([
      'name',
      'email',
      'organisations',
      'role',
    ]);
    expect(schemaOut.properties.publications?.items?.required).toBeUndefined();
  });
  it('tells title and help of each field, not those of a neighbour', () => {
    expect(schemaOut.properties.study?.properties?.description).toMatchObject({
      title: 'Description',
      'x-slipway-level': 'required',
    });
    expect(schemaOut.properties.annotations?.items?.properties.method).toMatchObject({
      title: 'Annotation method',
    });
    expect(schemaOut.properties.annotations?.items?.properties.type?.enum).toHaveLength(11);
    expect(schemaOut.properties.study?.properties?.keywords?.items).not.toHaveProperty('title');
  });
});
