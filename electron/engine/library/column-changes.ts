import { type ColumnKey, cellColumn, headerOf, type ListColumn } from '../../../shared/model/list-column.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { cleanCell } from '../../../shared/rules/cell-values.ts';
import { change } from './history.ts';
import { changeEntriesInSlices, inTurn, type Watched } from './history-in-slices.ts';
import { Slices } from './in-slices.ts';
import { checkTitle, columnOf, listColumns } from './list-columns.ts';
import type { SubmissionFile } from './submission-file.ts';

/** Adds a free column, as one step that can be undone. A Problem `column-name` says why it cannot be called so. */
export function addColumn(file: SubmissionFile, typed: string): ListColumn {
  const title = cleanCell(typed);
  checkTitle(file, title);
  change(file, `Add the column “${title}”`, (recorder) => {
    const number = absentColumn(file, title);
    recorder.cells('free_column', ['present'], 'number = ?', number);
    file.run('UPDATE free_column SET present = 1 WHERE number = ?', number);
  });
  return columnOf(file, cellColumn(title));
}

/** The row of a column that is not there (any more); a row alone shows nothing and needs no undoing. */
export function absentColumn(file: SubmissionFile, title: string): number {
  return (
    file.get<{ number: number }>('SELECT number FROM free_column WHERE title = ? AND present = 0', title)
      ?.number ?? file.run('INSERT INTO free_column (title) VALUES (?)', title).lastId
  );
}

/** Renames a free column with all its cells, as one step that can be undone. */
export async function renameColumn(
  file: SubmissionFile,
  key: ColumnKey,
  typed: string,
  watched: Watched = {},
): Promise<ListColumn> {
  const title = cleanCell(typed);
  const old = freeHeader(file, key);
  if (title === old) return columnOf(file, key);
  checkTitle(file, title, old);
  await inTurn(file, async () => {
    const ids = await entriesWith(file, old);
    await changeEntriesInSlices(
      file,
      `Call the column “${old}” “${title}”`,
      ids,
      ['columns'],
      (where, some) => {
        file.run(
          `UPDATE entry SET columns = json_patch(columns, json_object(?, NULL,
             ?, (SELECT value FROM json_each(entry.columns) WHERE key = ?))) WHERE ${where}`,
          ...[old, title, old, some],
        );
      },
      {
        ...watched,
        besides: (recorder) => {
          recorder.cells('free_column', ['title'], 'title = ? AND present = 1', old);
          file.run('UPDATE free_column SET title = ? WHERE title = ? AND present = 1', title, old);
        },
      },
    );
    file.run('UPDATE OR REPLACE column_look SET key = ? WHERE key = ?', cellColumn(title), key);
  });
  return columnOf(file, cellColumn(title));
}

/** Takes a free column away with all its cells, as one step that can be undone; returns how many cells it had. */
export async function removeColumn(
  file: SubmissionFile,
  key: ColumnKey,
  watched: Watched = {},
): Promise<number> {
  const title = freeHeader(file, key);
  return await inTurn(file, async () => {
    const ids = await entriesWith(file, title);
    await changeEntriesInSlices(
      file,
      `Take away the column “${title}”`,
      ids,
      ['columns'],
      (where, some) => {
        file.run(
          `UPDATE entry SET columns = json_patch(columns, json_object(?, NULL)) WHERE ${where}`,
          title,
          some,
        );
      },
      {
        ...watched,
        besides: (recorder) => {
          recorder.cells('free_column', ['present'], 'title = ? AND present = 1', title);
          file.run('UPDATE free_column SET present = 0 WHERE title = ? AND present = 1', title);
        },
      },
    );
    return ids.length;
  });
}

/** Puts columns into a new order; those not named follow as they stood. */
export function orderColumns(file: SubmissionFile, keys: readonly ColumnKey[]): void {
  const before = listColumns(file);
  const named = new Set<string>(keys);
  const order = [...named, ...before.map(({ key }) => key).filter((key) => !named.has(key))];
  file.transaction(() => {
    for (const { key, hidden, width } of before) {
      keepLook(file, key, hidden, width);
      file.run('UPDATE column_look SET position = ? WHERE key = ?', order.indexOf(key), key);
    }
  });
}

/** Shows or hides a column, or sets its width. */
export function showColumn(
  file: SubmissionFile,
  key: ColumnKey,
  { hidden, width }: { readonly hidden?: boolean | undefined; readonly width?: number | null | undefined },
): void {
  const column = columnOf(file, key);
  if (key === 'path' && hidden === true) {
    throw new Problem('column-needed', 'The path is always shown: it says which file a row is.');
  }
  keepLook(file, key, hidden ?? column.hidden, width === undefined ? column.width : width);
}

function keepLook(file: SubmissionFile, key: string, hidden: boolean, width: number | null): void {
  file.run(
    `INSERT INTO column_look (key, hidden, width) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET hidden = excluded.hidden, width = excluded.width`,
    ...[key, hidden ? 1 : 0, width === null ? null : Math.round(width)],
  );
}

function freeHeader(file: SubmissionFile, key: ColumnKey): string {
  const column = columnOf(file, key);
  const header = headerOf(key);
  if (column.kind === 'free' && header !== null) return header;
  throw new Problem('column-not-free', `“${column.title}” is not a column of your own.`, {
    cause: 'The destination or Slipway itself has it.',
    advice: 'Hide it if you do not want to see it.',
  });
}

/** Entries looked through at a time. */
const LOOKED_AT_ONCE = 5000;

/** Ids of the entries that have a cell under a header, ascending. */
async function entriesWith(file: SubmissionFile, header: string): Promise<Uint32Array> {
  const last = file.get<{ id: number | null }>('SELECT max(id) AS id FROM entry')?.id ?? 0;
  const slices = new Slices();
  let ids = new Uint32Array(1024);
  let count = 0;
  for (let from = 0; from <= last; from += LOOKED_AT_ONCE) {
    const found = file.get<{ ids: string }>(
      `SELECT json_group_array(id) AS ids FROM entry WHERE id >= ? AND id < ? AND columns <> '{}'
         AND EXISTS (SELECT 1 FROM json_each(columns) WHERE key = ?)`,
      ...[from, from + LOOKED_AT_ONCE, header],
    );
    const some = JSON.parse(found?.ids ?? '[]') as number[];
    if (count + some.length > ids.length) {
      const room = new Uint32Array(2 * (count + some.length));
      room.set(ids);
      ids = room;
    }
    ids.set(some, count);
    count += some.length;
    await slices.turn();
  }
  return ids.subarray(0, count);
}
