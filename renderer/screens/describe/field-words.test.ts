import { expect, test } from 'vitest';
import { profiles } from '../../../shared/destinations/index.ts';
import { fieldsOf } from '../../../shared/destinations/profile.ts';
import { fieldProblem, mended } from './field-words.ts';

function fieldOf(section: string, id: string) {
  const found = profiles
    .flatMap((profile) => profile.sections)
    .filter((one) => one.id === section)
    .flatMap(fieldsOf)
    .find((one) => one.id === id);
  if (!found) throw new Error(`no field ${section}.${id}`);
  return found;
}

test('an empty field is no problem of its schema', () => {
  expect(fieldProblem(fieldOf('study', 'title'), undefined)).toBeNull();
  expect(fieldProblem(fieldOf('study', 'title'), '  ')).toBeNull();
  expect(fieldProblem(fieldOf('study', 'keywords'), [])).toBeNull();
});

test('a filled field says what the archive wants', () => {
  expect(fieldProblem(fieldOf('study', 'title'), 'Masks')).toContain('25');
  expect(fieldProblem(fieldOf('contacts', 'email'), 'ada at example')).not.toBeNull();
  expect(fieldProblem(fieldOf('contacts', 'email'), 'ada@example.org')).toBeNull();
});

test('what clearly means the right thing is mended, what does not is left', () => {
  expect(mended(fieldOf('contacts', 'email'), 'Ada <ada@example.org>')).toBe('ada@example.org');
  expect(mended(fieldOf('contacts', 'orcid'), 'https://orcid.org/0000-0002-1825-0097')).toBe(
    '0000-0002-1825-0097',
  );
  expect(mended(fieldOf('publications', 'doi'), 'https://doi.org/10.1038/s41592-025-02835-8')).toBe(
    '10.1038/s41592-025-02835-8',
  );
  expect(mended(fieldOf('publications', 'pubmedId'), 'PMID: 37567915')).toBe('37567915');
  expect(mended(fieldOf('links', 'link'), 's-biad634')).toBe('S-BIAD634');
  expect(mended(fieldOf('contacts', 'email'), 'ada@example.org')).toBeNull();
  expect(mended(fieldOf('contacts', 'email'), 'nobody')).toBeNull();
  expect(mended(fieldOf('study', 'description'), ' two \n lines ')).toBeNull();
});
