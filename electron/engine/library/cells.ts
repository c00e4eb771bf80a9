import type { EntryFilter, EntrySort, EntryTarget } from '../../../shared/contract/file-calls.ts';
import type { EntryEdit } from '../../../shared/model/entry.ts';
import type { ColumnKey, ListColumn } from '../../../shared/model/list-column.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { mostPastedRows } from '../../../shared/model/table.ts';
import { acceptedCell } from '../../../shared/rules/accepted-cell.ts';
import { delimitedLine } from '../../../shared/rules/delimited-text.ts';
import { formatCount, formatCounted } from '../../../shared/rules/format-quantities.ts';
import { editAnyEntries, editedIds } from './bulk-edit.ts';
import { CellChanges } from './cell-changes.ts';
import { cellChange, cellEdit, joinedEdit } from './cell-edit.ts';
import { cellReader } from './cell-texts.ts';
import { EntryViews } from './entry-views.ts';
import { inTurn, type Watched } from './history-in-slices.ts';
import { Slices } from './in-slices.ts';
import { columnOf, listColumns } from './list-columns.ts';
import type { SubmissionFile } from './submission-file.ts';

/** Rows read and compared at a time. */
const ROWS_AT_ONCE = 500;
/** Refused cells that are told one by one. */
const MOST_TOLD = 100;
/** Text for the clipboard. */
const MOST_COPIED = 20_000_000;

const byPath: EntrySort = { by: 'path', descending: false };

/** Sets one cell, of an item those of all its files, as one step that can be undone; a Problem `refused-cell` says why it cannot say so. */
export async function setCell(
  file: SubmissionFile,
  entryId: number,
  key: ColumnKey,
  text: string,
): Promise<{ value: string; cleaned: boolean }> {
  const column = columnOf(file, key);
  const accepted = acceptedCell(column, text);
  if ('refused' in accepted) throw refused(column, accepted.refused);
  await editAnyEntries(file, [entryId], cellEdit(column, accepted.value));
  return accepted;
}

function refused(column: ListColumn, reason: string): Problem {
  return new Problem('refused-cell', `A cell under “${column.title}” cannot say this.`, {
    cause: reason,
    ...(column.help === '' ? {} : { advice: column.help }),
  });
}

/** Gives many entries one value, that was typed or that another entry has, as one step that can be undone. */
export async function fillCells(
  file: SubmissionFile,
  entries: EntryTarget,
  key: ColumnKey,
  from: { readonly value: string } | { readonly fromEntryId: number },
  watched: Watched = {},
): Promise<{ changed: number; value: string }> {
  const column = columnOf(file, key);
  const [first] = 'value' in from ? [] : cellReader(file, [key])([from.fromEntryId]);
  const text = 'value' in from ? from.value : first?.cells[0];
  if (text === undefined) {
    throw new Problem('unknown-entry', 'The file to take the value from is not there any more.');
  }
  const accepted = acceptedCell(column, text);
  if ('refused' in accepted) throw refused(column, accepted.refused);
  const changed = await editAnyEntries(file, entries, cellEdit(column, accepted.value), watched);
  return { changed, value: accepted.value };
}

export interface GridPlace {
  readonly filter: EntryFilter;
  readonly sort?: EntrySort | undefined;
  readonly offset: number;
}

export interface Pasted {
  changedCells: number;
  changedEntries: number;
  rowsLeftOver: number;
  columnsLeftOver: number;
  refusedCells: number;
  refused: { row: number; column: ColumnKey; value: string; reason: string }[];
}

/** Writes a block into the grid as it stands; see the contract, `cells.paste`. */
export async function pasteCells(
  file: SubmissionFile,
  place: GridPlace,
  keys: readonly ColumnKey[],
  rows: readonly (readonly string[])[],
  watched: Watched = {},
): Promise<Pasted> {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  return await inTurn(file, async () => {
    const columns = keys.map((key) => columnOf(file, key));
    const view = await EntryViews.of(file).view(place.filter, place.sort ?? byPath);
    const ids = view.ids(place.offset, rows.length);
    const told: Pasted = {
      ...{ changedCells: 0, changedEntries: 0, refusedCells: 0, refused: [] },
      rowsLeftOver: rows.length - ids.length,
      columnsLeftOver: Math.max(0, width - columns.length),
    };
    const changes = new CellChanges(file, 'paste');
    const slices = new Slices();
    for (let from = 0; from < ids.length; from += ROWS_AT_ONCE) {
      watched.signal?.throwIfAborted();
      const some = ids.slice(from, from + ROWS_AT_ONCE);
      const now = new Map(cellReader(file, keys)(some).map(({ id, cells }) => [id, cells]));
      changes.add(
        some.flatMap((entryId, at) => {
          const edit = pastedEdit(columns, rows[from + at] ?? [], now.get(entryId) ?? [], from + at, told);
          return edit === null ? [] : [{ entryId, edit }];
        }),
      );
      await slices.turn();
    }
    told.changedEntries = changes.count;
    const changed = await changes.apply(
      `Paste ${formatCounted(told.changedCells, 'cell')} into ${formatCounted(changes.count, 'file')}`,
      watched,
    );
    // A cell that is emptied and follows again what it followed anyway.
    if (!changed) Object.assign(told, { changedCells: 0, changedEntries: 0 });
    return told;
  });
}

function pastedEdit(
  columns: readonly ListColumn[],
  cells: readonly string[],
  now: readonly string[],
  row: number,
  told: Pasted,
): EntryEdit | null {
  let edit: EntryEdit | null = null;
  for (const [at, column] of columns.entries()) {
    const text = cells[at];
    if (text === undefined) continue;
    const change = cellChange(column, text, now[at] ?? '');
    if (change.what === 'change') {
      edit = joinedEdit(edit ?? {}, change.edit);
      told.changedCells += 1;
    } else if (change.what === 'refused') {
      told.refusedCells += 1;
      if (told.refused.length < MOST_TOLD) {
        told.refused.push({ row, column: column.key, value: text.slice(0, 300), reason: change.reason });
      }
    }
  }
  return edit;
}

/** Cells as text for the clipboard; see the contract, `cells.copy`. */
export async function copyCells(
  file: SubmissionFile,
  which:
    | (GridPlace & { readonly count: number })
    | { readonly entries: EntryTarget; readonly sort?: EntrySort | undefined },
  keys: readonly ColumnKey[],
  withHeaders: boolean,
): Promise<{ text: string; rows: number }> {
  const titles = listColumns(file);
  const lines = withHeaders
    ? [
        delimitedLine(
          keys.map((key) => titles.find((column) => column.key === key)?.title ?? key),
          '\t',
        ),
      ]
    : [];
  const ids = await idsToCopy(file, which);
  const read = cellReader(file, keys);
  const slices = new Slices();
  let length = 0;
  for (let from = 0; from < ids.length; from += ROWS_AT_ONCE) {
    for (const { cells } of read(ids.slice(from, from + ROWS_AT_ONCE))) {
      const line = delimitedLine(cells, '\t');
      length += line.length;
      lines.push(line);
    }
    if (length > MOST_COPIED) throw tooMuch(ids.length);
    await slices.turn();
  }
  return { text: lines.map((line) => `${line}\n`).join(''), rows: ids.length };
}

async function idsToCopy(
  file: SubmissionFile,
  which: Parameters<typeof copyCells>[1],
): Promise<readonly number[]> {
  const views = EntryViews.of(file);
  if (!('entries' in which)) {
    return (await views.view(which.filter, which.sort ?? byPath)).ids(which.offset, which.count);
  }
  const meant = await editedIds(file, which.entries);
  if (meant.length > mostPastedRows) throw tooMuch(meant.length);
  const view = await views.view({}, which.sort ?? byPath);
  return [...meant].sort((a, b) => (view.place(a) ?? 0) - (view.place(b) ?? 0));
}

function tooMuch(rows: number): Problem {
  return new Problem('too-much-to-copy', `${formatCount(rows)} rows are too many for the clipboard.`, {
    cause: `At most ${formatCount(mostPastedRows)} rows are copied at a time.`,
    advice: 'Export them as a table instead.',
  });
}
