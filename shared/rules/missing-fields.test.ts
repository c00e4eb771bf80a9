import { describe, expect, it } from 'vitest';
import { biaAnnotations } from '../destinations/bia-annotations.ts';
import { fieldsOf } from '../destinations/profile.ts';
import type { Metadata } from '../model/metadata.ts';
import { isFilled, missingFields } from './missing-fields.ts';

const required = (id: string) => {
  const section = biaAnnotations.sections.find((candidate) => candidate.id === id);
  return section ? fieldsOf(section).filter(({ level }) => level === 'required').length : 0;
};

describe('missing fields', () => {
  it('are whole sections where nothing is there', () => {
    const missing = missingFields(biaAnnotations, {});
    expect(missing.map(({ section, block }) => [section, block])).toEqual([
      ['study', ''],
      ['contacts', ''],
      ['links', ''],
      ['annotations', ''],
    ]);
  });

  it('are every required field of the blocks that must be there', () => {
    const metadata: Metadata = {
      study: [{ id: 's', values: {} }],
      contacts: [{ id: 'c', values: {} }],
      links: [{ id: 'l', values: {} }],
      annotations: [{ id: 'a', values: {} }],
    };
    const missing = missingFields(biaAnnotations, metadata);
    expect(missing).toHaveLength(
      ['study', 'contacts', 'links', 'annotations'].reduce((sum, id) => sum + required(id), 0),
    );
    expect(missing[0]).toEqual({ section: 'study', block: 's', field: 'title', label: 'Title' });
  });

  it('ask nothing of an empty block that need not be there, and all of one that was begun', () => {
    const contact = { id: 'c2', values: {} };
    const before = missingFields(biaAnnotations, { contacts: [{ id: 'c', values: {} }] }).length;
    expect(missingFields(biaAnnotations, { contacts: [{ id: 'c', values: {} }, contact] })).toHaveLength(
      before,
    );
    const begun = { id: 'c2', values: { name: 'Ada' } };
    expect(missingFields(biaAnnotations, { contacts: [{ id: 'c', values: {} }, begun] })).toHaveLength(
      before + required('contacts') - 1,
    );
  });

  it('count blanks and nameless organisations as nothing', () => {
    expect([' ', [], [''], [{ name: ' ' }], undefined].map(isFilled)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(['a', ['', 'b'], [{ name: 'EMBL' }]].map(isFilled)).toEqual([true, true, true]);
  });
});
