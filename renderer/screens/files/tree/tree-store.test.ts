import { expect, test } from 'vitest';
import { pageSize } from '../../../hooks/paged-rows.ts';
import { type Place, placeKey } from './place.ts';
import { createTreeStore, type FetchChildren } from './tree-store.ts';

const none = { entries: 0, bytes: 0 };
const row = (name: string, hasFolders = true) => ({
  ...{ sourceId: 1, name, hasFolders, entries: 1, files: 1, bytes: 1 },
  kinds: { image: none, mask: none, table: none, other: none },
  findings: { must: 0, should: 0, may: 0 },
});

/** An engine with one source whose folders each hold 250 folders `0` to `249`, three deep. */
function engine() {
  const asked: string[] = [];
  const fails = { next: false };
  const fetchChildren: FetchChildren = async (place, { offset, limit, holding }) => {
    const from = holding === undefined ? offset : Math.floor(Number(holding) / limit) * limit;
    asked.push(`${placeKey(place)} ${from}`);
    if (fails.next) {
      fails.next = false;
      throw new Error('the engine is gone');
    }
    if (place.sourceId === null) {
      return { total: 1, offset: 0, rows: [row('/data/set')], whole: row('') };
    }
    const depth = place.folder === '' ? 0 : place.folder.split('/').length;
    const all = Array.from({ length: 250 }, (_, at) => row(String(at), depth < 2));
    return { total: 250, offset: from, rows: all.slice(from, from + limit), whole: row('') };
  };
  return { asked, fails, fetchChildren };
}

const settle = async () => {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
};
const source: Place = { sourceId: 1, folder: '' };

test('reads what is in sight and nothing else', async () => {
  const { asked, fetchChildren } = engine();
  const store = createTreeStore(fetchChildren);
  store.see(0, 20);
  await settle();
  expect(asked).toEqual([' 0']);
  store.setExpanded(source, true);
  await settle();
  expect(store.state().layout.count).toBe(251);
  expect(asked).toEqual([' 0', '1/ 0']);
  store.see(200, 220);
  await settle();
  expect(asked.slice(2)).toEqual([`1/ ${pageSize}`, `1/ ${2 * pageSize}`]);
  expect(store.state().layout.at(215)?.row?.name).toBe('214');
});

test('brings a place into the tree that nobody has scrolled to', async () => {
  const { fetchChildren } = engine();
  const store = createTreeStore(fetchChildren);
  store.see(0, 20);
  await settle();
  const goal = { sourceId: 1, folder: '230/140' };
  await store.reveal(goal);
  const index = store.state().layout.indexOf(placeKey(goal));
  expect(index).toBeGreaterThan(230);
  expect(store.state().layout.at(index)).toMatchObject({ place: goal, level: 3 });
});

test('reads again what changed, shows the old until then, and keeps what is open', async () => {
  const { asked, fetchChildren } = engine();
  const store = createTreeStore(fetchChildren);
  store.see(0, 5);
  await settle();
  store.setExpanded(source, true);
  await settle();
  asked.length = 0;
  store.refresh();
  expect(store.state().layout.count).toBe(251);
  await settle();
  expect(asked).toEqual([' 0', '1/ 0']);
  store.setExpanded(source, false);
  expect(store.state().layout.count).toBe(1);
});

test('sees what comes into a tree, or an open folder, in which there was nothing', async () => {
  const { fetchChildren } = engine();
  let holds = 0;
  const store = createTreeStore(async (place, query) => {
    const depth = place.sourceId === null ? 0 : 1;
    const answer = await fetchChildren(place, query);
    return depth < holds ? answer : { ...answer, total: 0, rows: [] };
  });
  store.see(0, 5);
  await settle();
  expect(store.state().layout.count).toBe(0);
  holds = 1;
  store.refresh();
  await settle();
  store.setExpanded(source, true);
  await settle();
  expect(store.state().layout.count).toBe(1);
  holds = 2;
  store.refresh();
  await settle();
  expect(store.state().layout.count).toBe(251);
});

test('shows what another filter showed until the answer is there', async () => {
  const { fetchChildren } = engine();
  const open = new Set<string>();
  const first = createTreeStore(fetchChildren, open);
  first.see(0, 5);
  await settle();
  first.setExpanded(source, true);
  await settle();
  const narrower: FetchChildren = async (place, query) => {
    const answer = await fetchChildren(place, query);
    return place.sourceId === null ? answer : { ...answer, total: 1, rows: answer.rows.slice(0, 1) };
  };
  const second = createTreeStore(narrower, open, first.state().branches);
  expect(second.state().layout.count).toBe(251);
  second.see(0, 5);
  await settle();
  expect(second.state().layout.count).toBe(2);
  expect(first.state().layout.count).toBe(251);
});

test('tells why a page did not come, and tries again when asked to', async () => {
  const { asked, fails, fetchChildren } = engine();
  const store = createTreeStore(fetchChildren);
  fails.next = true;
  store.see(0, 5);
  await settle();
  expect(store.state().problem).not.toBeNull();
  expect(asked).toHaveLength(1);
  store.refresh();
  await settle();
  expect(store.state().problem).toBeNull();
  expect(store.state().layout.at(0)?.row?.name).toBe('/data/set');
});
