import { expect, test } from 'vitest';
import { profileOf } from '../../../shared/destinations/index.ts';
import { dayWords, releaseWords, submitFacts } from './submit-facts.ts';

const profile = profileOf('bia-annotations');

test('title, release date and contacts come from where the profile has them', () => {
  expect(
    submitFacts(profile, {
      study: [{ id: 's', values: { title: ' Nuclei masks ', releaseDate: '2027-01-31' } }],
      contacts: [
        { id: 'a', values: { name: 'Ada Lovelace', email: 'ada@example.org' } },
        { id: 'b', values: { name: 'Charles Babbage' } },
        { id: 'c', values: {} },
      ],
    }),
  ).toEqual({
    title: 'Nuclei masks',
    releaseDate: '2027-01-31',
    contacts: ['Ada Lovelace <ada@example.org>', 'Charles Babbage'],
  });
});

test('an empty description gives empty facts', () => {
  expect(submitFacts(profile, {})).toEqual({ title: '', releaseDate: '', contacts: [] });
});

test('the release date is said for what it means', () => {
  expect(dayWords('2027-01-31')).toBe('31 January 2027');
  expect(dayWords('soon')).toBe('soon');
  expect(releaseWords('', '2026-11-20')).toBe('No release date is set.');
  expect(releaseWords('2026-11-20', '2026-11-20')).toContain('as soon as');
  expect(releaseWords('2027-01-31', '2026-11-20')).toContain('from 31 January 2027 on');
});
