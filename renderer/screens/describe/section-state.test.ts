import { expect, test } from 'vitest';
import { profiles } from '../../../shared/destinations/index.ts';
import { nextPoint, openPoints, pointKey, sectionStates, sectionWords } from './section-state.ts';

const [profile] = profiles;
if (!profile) throw new Error('no profile');
const words = (metadata: Parameters<typeof sectionStates>[1]) =>
  Object.fromEntries(
    sectionStates(profile, metadata).map((state) => [state.section.id, sectionWords(state)]),
  );

test('an empty description misses whole blocks and required fields', () => {
  const said = words({ study: [{ id: 's', values: {} }] });
  expect(said.study).toBe('4 missing');
  expect(said.contacts).toBe('1 missing');
  expect(said.publications).toBe('asked for');
});

test('what is filled but wrong is counted apart, what is right is done', () => {
  const study = {
    title: 'Nuclear masks of zebrafish hearts',
    description: 'x',
    keywords: ['nuclei'],
    releaseDate: 'soon',
  };
  const states = sectionStates(profile, { study: [{ id: 's', values: study }] });
  expect(states[0] && sectionWords(states[0])).toBe('1 to mend');
  expect(states[0]?.wrong[0]).toMatchObject({ block: 's', field: 'releaseDate' });
});

test('what is to be done comes in the order of the form, whether it is missing or wrong', () => {
  const contact = (id: string, values: Record<string, string>) => ({ id, values });
  const states = sectionStates(profile, {
    study: [{ id: 's', values: { title: 'short', keywords: ['nuclei'] } }],
    contacts: [contact('a', { name: 'Ada', email: 'no' }), contact('b', { email: 'no' })],
  });
  expect(openPoints(states).map(({ block, field }) => `${block} ${field}`)).toEqual([
    ...['s title', 's description', 's releaseDate'],
    ...['a email', 'a organisations', 'a role', 'b name', 'b email', 'b organisations', 'b role'],
    ...[' ', ' '],
  ]);
});

test('the next open point goes round', () => {
  const points = openPoints(sectionStates(profile, { study: [{ id: 's', values: {} }] }));
  const first = nextPoint(points, null);
  expect(first).toBe(points[0]);
  expect(first && nextPoint(points, pointKey(first))).toBe(points[1]);
  const last = points.at(-1);
  expect(last && nextPoint(points, pointKey(last))).toBe(points[0]);
  expect(nextPoint([], null)).toBeNull();
});
