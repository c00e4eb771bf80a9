import type { EntryTarget } from '../../../shared/contract/file-calls.ts';
import type { EntryEdit } from '../../../shared/model/entry.ts';
import { assignmentSql, assignmentsOf, editEntries, refuseOnePath, titleOf } from './entry-edit.ts';
import { EntryViews } from './entry-views.ts';
import { changeEntriesInSlices, inTurn, type Watched } from './history-in-slices.ts';
import { Slices } from './in-slices.ts';
import { memberIdPages } from './items.ts';
import type { SubmissionFile } from './submission-file.ts';

/** More entries than these are written some at a time. */
const MOST_AT_ONCE = 1000;

/**
 * Changes any number of entries as one step that can be undone, without holding others up; returns how many. What an
 * edit means is said at {@link editEntries}.
 */
export async function editAnyEntries(
  file: SubmissionFile,
  entries: EntryTarget,
  edit: EntryEdit,
  watched: Watched = {},
): Promise<number> {
  if (Array.isArray(entries) && entries.length <= MOST_AT_ONCE) {
    const all = passesOn(edit) ? withMembersOf(file, entries) : entries;
    if (all.length <= MOST_AT_ONCE) return editEntries(file, all, edit);
    return await inTurn(file, () => editMany(file, all, edit, watched));
  }
  return await inTurn(file, () => editMany(file, entries, edit, watched));
}

async function editMany(
  file: SubmissionFile,
  entries: EntryTarget,
  edit: EntryEdit,
  watched: Watched,
): Promise<number> {
  const assignments = assignmentsOf(file, edit);
  if (assignments.length === 0) return 0;
  const named = await editedIds(file, entries);
  const ids = passesOn(edit) ? await withAllMembers(file, named) : named;
  if (ids.length <= MOST_AT_ONCE) return editEntries(file, [...ids], edit);
  refuseOnePath(edit, ids.length);
  const columns = assignments.map(({ column }) => column);
  const { set, parameters } = assignmentSql(assignments);
  const write = (where: string, some: string) =>
    void file.run(`UPDATE entry SET ${set} WHERE ${where}`, ...parameters, some);
  await changeEntriesInSlices(file, titleOf(edit, ids.length), ids, columns, write, watched);
  return ids.length;
}

/** Parts of an edit that are meant for all files of an item when its entry gets them. */
export const passedOn = [
  'kind',
  'send',
  'annotationType',
  'annotationBlock',
  'sourceImage',
  'columns',
] as const;

function passesOn(edit: EntryEdit): boolean {
  return passedOn.some((part) => edit[part] !== undefined);
}

/** Some entries, and the files of items that they stand for. */
function withMembersOf(file: SubmissionFile, ids: readonly number[]): number[] {
  const members = file.tuples<number>(
    'SELECT id FROM entry WHERE item_id IN (SELECT value FROM json_each(?))',
    JSON.stringify(ids),
  );
  return members.length === 0 ? [...ids] : [...new Set([...ids, ...members.map(([id = 0]) => id)])];
}

/** The same for any number of entries, ascending, a page of members at a time. */
async function withAllMembers(file: SubmissionFile, ids: Uint32Array): Promise<Uint32Array> {
  const more: number[] = [];
  const slices = new Slices();
  for (let item = nextItem(file, -1); item !== null; item = nextItem(file, item)) {
    await slices.turn();
    if (!holds(ids, item)) continue;
    for (const page of memberIdPages(file, item)) {
      for (const id of page) if (!holds(ids, id)) more.push(id);
      await slices.turn();
    }
  }
  return more.length === 0 ? ids : Uint32Array.from([...ids, ...more]).sort();
}

/** Whether a number is among ascending ones. A Set of a million takes a quarter of a second to make. */
function holds(ids: Uint32Array, id: number): boolean {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return ids[low] === id;
}

/** The first item with a number above another, by its lead; null when there is none. */
export function nextItem(file: SubmissionFile, after: number): number | null {
  return (
    file.get<{ id: number | null }>('SELECT min(item_id) AS id FROM entry WHERE item_id > ?', after)?.id ??
    null
  );
}

/** The entries meant that are there, ascending: the edit itself may change what a filter matches. */
export async function editedIds(file: SubmissionFile, entries: EntryTarget): Promise<Uint32Array> {
  if (Array.isArray(entries)) {
    const asked = new Set(entries);
    return (await EntryViews.of(file).matching({})).filter((id) => asked.has(id)).sort();
  }
  const { filter, except } = 'except' in entries ? entries : { filter: entries, except: [] };
  return ascending(await EntryViews.of(file).matching(filter), except);
}

/** Numbers in ascending order, without some. By a mark for each: a million of them take as long to sort as a person feels. */
function ascending(ids: Uint32Array, except: readonly number[]): Uint32Array {
  let largest = 0;
  for (const id of ids) if (id > largest) largest = id;
  const marks = new Uint8Array(largest + 1);
  for (const id of ids) marks[id] = 1;
  for (const id of except) if (id <= largest) marks[id] = 0;
  const sorted = new Uint32Array(ids.length);
  let count = 0;
  for (let id = 0; id <= largest; id++) if (marks[id] === 1) sorted[count++] = id;
  return sorted.subarray(0, count);
}
