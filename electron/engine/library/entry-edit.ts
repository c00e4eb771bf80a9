import type { EntryTarget } from '../../../shared/contract/file-calls.ts';
import type { EntryEdit } from '../../../shared/model/entry.ts';
import { Problem } from '../../../shared/model/problem.ts';
import type { Condition } from './entry-sql.ts';
import { filterSql } from './filter-sql.ts';
import { type ChangeRecorder, change } from './history.ts';
import { noteHeaders } from './list-columns.ts';
import { metadataOf } from './metadata-document.ts';
import type { SubmissionFile } from './submission-file.ts';
import { profileOfFile } from './submission-row.ts';

/** One column to write: SQL for its new value and what that takes. */
export interface Assignment {
  readonly column: string;
  readonly value: string;
  readonly parameters: (string | number)[];
}

/**
 * Changes entries as one step that can be undone; returns how many. An empty
 * `remotePath` or `sourceImage` goes back to following path and pair; `columns` are laid over those there are, an
 * empty cell takes its column away.
 */
export function editEntries(file: SubmissionFile, entries: EntryTarget, edit: EntryEdit): number {
  const assignments = assignmentsOf(file, edit);
  if (assignments.length === 0) return 0;
  return change(file, 'Change files', (recorder) => {
    const count = targetEntries(file, entries);
    refuseOnePath(edit, count);
    const target = 'id IN (SELECT id FROM temp.edit_target)';
    recorder.title(titleOf(edit, count));
    write(file, recorder, assignments, target, []);
    return count;
  });
}

/** Throws a Problem when several entries would get the same path. */
export function refuseOnePath(edit: EntryEdit, count: number): void {
  if (count <= 1 || edit.remotePath === undefined || edit.remotePath === '') return;
  throw new Problem('one-path-many-files', `${count} files cannot have the same path at the archive.`, {
    advice: 'Change the path of one file at a time.',
  });
}

/** Changes each entry in its own way, as one step that can be undone; for fixes. Returns how many were named. */
export function editEachEntry(
  file: SubmissionFile,
  title: string,
  edits: Iterable<{ readonly entryId: number; readonly edit: EntryEdit }>,
): number {
  return change(file, title, (recorder) => {
    let count = 0;
    for (const { entryId, edit } of edits) {
      write(file, recorder, assignmentsOf(file, edit), 'id = ?', [entryId]);
      count++;
    }
    return count;
  });
}

function write(
  file: SubmissionFile,
  recorder: ChangeRecorder,
  assignments: readonly Assignment[],
  where: string,
  parameters: (string | number)[],
): void {
  const columns = assignments.map(({ column }) => column);
  recorder.cells('entry', columns, where, ...parameters);
  const { set, parameters: values } = assignmentSql(assignments);
  file.run(`UPDATE entry SET ${set} WHERE ${where}`, ...values, ...parameters);
}

/** What stands behind SET, with the values that it takes. */
export function assignmentSql(assignments: readonly Assignment[]): {
  set: string;
  parameters: (string | number)[];
} {
  return {
    set: assignments.map(({ column, value }) => `${column} = ${value}`).join(', '),
    parameters: assignments.flatMap((assignment) => assignment.parameters),
  };
}

/** Puts the ids meant into `temp.edit_target` first: an edit may change what a filter matches. Returns how many. */
export function targetEntries(file: SubmissionFile, entries: EntryTarget): number {
  file.run('CREATE TEMP TABLE IF NOT EXISTS edit_target (id INTEGER PRIMARY KEY)');
  file.run('DELETE FROM temp.edit_target');
  const { where, parameters } = targetSql(file, entries);
  return file.run(`INSERT INTO temp.edit_target SELECT e.id FROM entry e WHERE ${where}`, ...parameters)
    .changes;
}

/** The entries meant, as a condition on rows `e` of entry. */
export function targetSql(file: SubmissionFile, entries: EntryTarget): Condition {
  const listed = '(SELECT value FROM json_each(?))';
  if (Array.isArray(entries)) {
    return { where: `e.id IN ${listed}`, parameters: [JSON.stringify(entries)] };
  }
  const { filter, except } = 'except' in entries ? entries : { filter: entries, except: [] };
  const { where, parameters } = filterSql(profileOfFile(file), filter);
  return {
    where: `${where} AND e.id NOT IN ${listed}`,
    parameters: [...parameters, JSON.stringify(except)],
  };
}

/** The columns that an edit writes; none when it says nothing. */
export function assignmentsOf(file: SubmissionFile, edit: EntryEdit): Assignment[] {
  const assignments: Assignment[] = [];
  const set = (column: string, value: string, ...parameters: (string | number)[]) =>
    assignments.push({ column, value, parameters });
  if (edit.kind !== undefined) set('kind_chosen', '?', edit.kind);
  if (edit.send !== undefined) set('send_chosen', '?', edit.send ? 1 : 0);
  if (edit.sendAs !== undefined) set('send_as_chosen', '?', edit.sendAs);
  if (edit.remotePath !== undefined) set('remote_path_chosen', "nullif(?, '')", edit.remotePath);
  if (edit.annotationType !== undefined) set('annotation_type', '?', edit.annotationType);
  if (edit.sourceImage !== undefined) set('source_image_chosen', "nullif(?, '')", edit.sourceImage);
  if (edit.annotationBlock !== undefined) {
    set('annotation_block', '?', knownBlock(file, edit.annotationBlock));
  }
  if (edit.columns !== undefined) {
    noteHeaders(file, Object.keys(edit.columns));
    // json_patch takes a key away for null (RFC 7396).
    const patch = Object.entries(edit.columns).map(([header, cell]) => [header, cell === '' ? null : cell]);
    set('columns', 'json_patch(columns, ?)', JSON.stringify(Object.fromEntries(patch)));
  }
  return assignments;
}

function knownBlock(file: SubmissionFile, block: string): string {
  const section = profileOfFile(file).fileList.perBlockOf;
  if (block === '' || metadataOf(file)[section]?.some(({ id }) => id === block)) return block;
  throw new Problem('unknown-block', 'There is no such annotation in this submission.', {
    cause: 'It was removed since.',
    advice: 'Choose one of those that are there under Describe.',
  });
}

/** What undo calls it. */
export function titleOf(edit: EntryEdit, count: number): string {
  const files = count === 1 ? '1 file' : `${count.toLocaleString('en')} files`;
  if (edit.kind !== undefined) return `Call ${files} ${edit.kind}`;
  if (edit.send === true) return `Send ${files}`;
  if (edit.send === false) return `Leave out ${files}`;
  if (edit.sendAs === 'zip') return `Send ${files} as one ZIP each`;
  if (edit.sendAs === 'files') return `Send the members of ${files} one by one`;
  if (edit.remotePath !== undefined) return `Change the path of ${files}`;
  if (edit.sourceImage !== undefined) return `Change the source image of ${files}`;
  if (edit.annotationType !== undefined) return `Change the annotation type of ${files}`;
  if (edit.annotationBlock !== undefined) return `Move ${files} to another annotation`;
  return `Change columns of ${files}`;
}
