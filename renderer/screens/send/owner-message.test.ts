import { expect, test } from 'vitest';
import { ownerMessage } from './owner-message.ts';

const facts = {
  title: 'Nuclei masks',
  archiveTitle: 'BioImage Archive',
  accession: 'S-BIAD9000',
  page: 'https://www.example.org/S-BIAD9000',
  files: 12_408,
  bytes: 210e9,
  releaseDate: '2027-01-31',
  today: '2026-11-20',
  practice: false,
};

test('the owner learns what is where, and when it can be seen', () => {
  const text = ownerMessage(facts);
  expect(text.split('\n')[0]).toBe('Subject: Your data at the BioImage Archive, S-BIAD9000');
  for (const part of [
    '12,408 files, 210 GB',
    'https://www.example.org/S-BIAD9000',
    '31 January 2027',
    'cite',
  ]) {
    expect(text).toContain(part);
  }
});

test('a rehearsal never reads as a deposit', () => {
  const text = ownerMessage({ ...facts, practice: true, page: null });
  expect(text).toContain('Rehearsal');
  expect(text).toContain('nothing was published');
  expect(text).not.toContain('deposited');
  expect(text).not.toContain('cite');
  expect(text).not.toContain('Page:');
});

test('a release day that has come is said as such', () => {
  expect(ownerMessage({ ...facts, releaseDate: '2026-11-20' })).toContain('as soon as');
});
