import type { EntryTarget } from '../../../shared/contract/file-calls.ts';
import type { EntryEdit } from '../../../shared/model/entry.ts';
import { assignmentSql, assignmentsOf, editEntries, refuseOnePath, titleOf } from './entry-edit.ts';
import { EntryViews } from './entry-views.ts';
import { changeEntriesInSlices, inTurn, type Watched } from './history-in-slices.ts';
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
  if (Array.isArray(entries) && entries.length <= MOST_AT_ONCE) return editEntries(file, entries, edit);
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
  const ids = await editedIds(file, entries);
  if (ids.length <= MOST_AT_ONCE) return editEntries(file, [...ids], edit);
  refuseOnePath(edit, ids.length);
  const columns = assignments.map(({ column }) => column);
  const { set, parameters } = assignmentSql(assignments);
  const write = (where: string, some: string) =>
    void file.run(`UPDATE entry SET ${set} WHERE ${where}`, ...parameters, some);
  await changeEntriesInSlices(file, titleOf(edit, ids.length), ids, columns, write, watched);
  return ids.length;
}

/** The entries meant that are there, ascending: the edit itself may change what a filter matches. */
export async function editedIds(file: SubmissionFile, entries: EntryTarget): Promise<Uint32Array> {
  if (Array.isArray(entries)) {
    const asked = new Set(entries);
    return (await EntryViews.of(file).matching({})).filter((id) => asked.has(id)).sort();
  }
  const { filter, except } = 'except' in entries ? entries : { filter: entries, except: [] };
  const spared = new Set(except);
  const matching = await EntryViews.of(file).matching(filter);
  return matching.filter((id) => !spared.has(id)).sort();
}
