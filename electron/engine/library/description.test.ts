import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { biaAnnotations } from '../../../shared/destinations/bia-annotations.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { missingFields } from '../../../shared/rules/missing-fields.ts';
import {
  addBlock,
  blankTemplate,
  fillDescription,
  filledTemplate,
  metadataOf,
  moveBlock,
  removeBlock,
  setField,
} from './description.ts';
import { editEntries, entry } from './entries.ts';
import { undo } from './history.ts';
import type { SubmissionFile } from './submission-file.ts';
import { newSubmissionFile, temporaryFolder, writeIndex } from './test-support.ts';

let remove: () => void;
let file: SubmissionFile;
beforeEach(() => {
  const made = temporaryFolder();
  remove = made.remove;
  file = newSubmissionFile(made.folder);
});
afterEach(() => {
  file.close();
  remove();
});

const blocks = (section: string) => metadataOf(file)[section] ?? [];
const first = (section: string) => blocks(section)[0]?.id ?? '';

function problemOf(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
  }
  throw new Error('No problem was thrown.');
}

describe('a new description', () => {
  it('has the blocks that must be there, empty but for the title, each with an id of its own', () => {
    const metadata = metadataOf(file);
    expect(
      Object.fromEntries(Object.entries(metadata).map(([section, { length }]) => [section, length])),
    ).toEqual({
      study: 1,
      contacts: 1,
      links: 1,
      annotations: 1,
      publications: 0,
      fundings: 0,
    });
    expect(metadata.study?.[0]?.values).toEqual({ title: 'Nuclei' });
    expect(
      new Set(
        Object.values(metadata)
          .flat()
          .map(({ id }) => id),
      ).size,
    ).toBe(4);
  });
});

describe('fields', () => {
  it('keep any text, right or wrong, and are emptied by null', () => {
    setField(file, {
      section: 'contacts',
      block: first('contacts'),
      field: 'email',
      value: 'not an address',
    });
    expect(blocks('contacts')[0]?.values.email).toBe('not an address');
    setField(file, { section: 'contacts', block: first('contacts'), field: 'email', value: null });
    expect(blocks('contacts')[0]?.values).toEqual({});
  });

  it('that the form does not have are refused, and values of another shape', () => {
    const set = (section: string, block: string, field: string, value: never) =>
      problemOf(() => setField(file, { section, block, field, value })).code;
    expect(set('nowhere', 'x', 'title', '' as never)).toBe('unknown-section');
    expect(set('study', first('study'), 'nothing', '' as never)).toBe('unknown-field');
    expect(set('study', 'gone', 'title', '' as never)).toBe('unknown-block');
    expect(set('study', first('study'), 'title', ['a'] as never)).toBe('wrong-value');
    expect(set('study', first('study'), 'keywords', 'a' as never)).toBe('wrong-value');
    expect(set('contacts', first('contacts'), 'organisations', ['EMBL'] as never)).toBe('wrong-value');
    expect(undo(file)).toBeNull();
  });
});

describe('blocks', () => {
  it('are added, copied, moved and removed; ids are never given twice', () => {
    setField(file, { section: 'contacts', block: first('contacts'), field: 'name', value: 'Ada' });
    const one = first('contacts');
    const two = addBlock(file, 'contacts');
    const copy = addBlock(file, 'contacts', one);
    expect(blocks('contacts').map(({ id, values }) => [id, values.name])).toEqual([
      [one, 'Ada'],
      [two, undefined],
      [copy, 'Ada'],
    ]);
    moveBlock(file, 'contacts', copy, 0);
    moveBlock(file, 'contacts', one, 99);
    expect(blocks('contacts').map(({ id }) => id)).toEqual([copy, two, one]);
    removeBlock(file, 'contacts', two);
    expect(blocks('contacts').map(({ id }) => id)).toEqual([copy, one]);
    expect(new Set([one, two, copy]).size).toBe(3);
  });

  it('stay within what the form has room for', () => {
    expect(problemOf(() => addBlock(file, 'study')).code).toBe('enough-blocks');
    expect(problemOf(() => removeBlock(file, 'study', first('study'))).code).toBe('last-block');
    expect(problemOf(() => removeBlock(file, 'contacts', first('contacts'))).code).toBe('last-block');
    removeBlock(file, 'publications', addBlock(file, 'publications'));
    expect(blocks('publications')).toEqual([]);
  });

  it('give their files to the first block when removed, and back by undo', () => {
    const ids = writeIndex(file, { 'm.tif': 'mask' });
    const second = addBlock(file, 'annotations');
    editEntries(file, { kind: 'mask' }, { annotationBlock: second });
    removeBlock(file, 'annotations', second);
    expect(entry(file, ids['m.tif'] ?? 0).annotationBlock).toBe('');
    expect(undo(file)).toBe('Remove annotation');
    expect(entry(file, ids['m.tif'] ?? 0).annotationBlock).toBe(second);
    expect(blocks('annotations').map(({ id }) => id)).toContain(second);
  });
});

const whole = {
  study: {
    title: 'Masks of nuclei in zebrafish',
    description: 'd',
    releaseDate: '2027-01-31',
    keywords: ['nuclei', 'mask'],
  },
  contacts: [
    { name: 'Ada', email: 'ada@example.org', organisations: [{ name: 'EMBL' }], role: 'submitter' },
    { name: 'Bo' },
  ],
};

describe('filling from JSON', () => {
  it('sets what is given, leaves the rest of a single section, replaces lists, keeps ids by place', () => {
    setField(file, { section: 'study', block: first('study'), field: 'acknowledgements', value: 'Thanks' });
    const ids = [first('contacts'), addBlock(file, 'contacts'), addBlock(file, 'contacts')];
    expect(fillDescription(file, whole)).toBe(9);
    expect(blocks('study')[0]?.values).toEqual({ ...whole.study, acknowledgements: 'Thanks' });
    expect(blocks('contacts')).toEqual([
      { id: ids[0], values: whole.contacts[0] },
      { id: ids[1], values: whole.contacts[1] },
    ]);
    expect(blocks('links')).toHaveLength(1);
    expect(undo(file)).toBe('Fill the description');
    expect(blocks('contacts')).toHaveLength(3);
  });

  it('of wrong shape changes nothing and names every place', () => {
    const before = metadataOf(file);
    const problem = problemOf(() =>
      fillDescription(file, {
        study: { title: 5, titel: 'x', keywords: 'nuclei' },
        contacts: { name: 'Ada' },
        links: [{ link: 'a' }, 'b', { organisations: [] }],
        annotations: [{ title: ['a'] }],
        publications: [{ year: 2024 }],
        extra: {},
      }),
    );
    expect(problem.code).toBe('wrong-description');
    expect(problem.why?.split('\n').map((line) => line.split(':')[0])).toEqual([
      'study.title',
      'study.titel',
      'study.keywords',
      'contacts',
      'links[1]',
      'links[2].organisations',
      'annotations[0].title',
      'publications[0].year',
      'extra',
    ]);
    expect(metadataOf(file)).toEqual(before);
    expect(undo(file)).toBeNull();
    for (const json of [null, 'text', [], 7])
      expect(problemOf(() => fillDescription(file, json)).code).toBe('wrong-description');
    const organisation = problemOf(() =>
      fillDescription(file, { contacts: [{ organisations: ['EMBL', { name: 'x', city: 'y' }] }] }),
    );
    expect(organisation.why?.split('\n')).toHaveLength(2);
  });

  it('with a blank template changes nothing', () => {
    fillDescription(file, whole);
    const before = metadataOf(file);
    expect(fillDescription(file, blankTemplate(biaAnnotations))).toBe(0);
    expect(metadataOf(file)).toEqual(before);
  });

  it('with the template of a submission makes the same description, without its ids', () => {
    fillDescription(file, whole);
    const template = JSON.parse(JSON.stringify(filledTemplate(biaAnnotations, metadataOf(file)))) as unknown;
    const other = temporaryFolder();
    const second = newSubmissionFile(other.folder, '');
    fillDescription(second, template);
    const values = (metadata: ReturnType<typeof metadataOf>) =>
      Object.fromEntries(
        Object.entries(metadata).map(([section, list]) => [section, list.map((block) => block.values)]),
      );
    expect(values(metadataOf(second))).toEqual(values(metadataOf(file)));
    expect(missingFields(biaAnnotations, metadataOf(second))).toHaveLength(
      missingFields(biaAnnotations, metadataOf(file)).length,
    );
    second.close();
    other.remove();
  });
});
