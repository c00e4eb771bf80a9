import type { EntryTarget } from '../../../../shared/contract/file-calls.ts';
import type { ColumnKey, ListColumn } from '../../../../shared/model/list-column.ts';
import { Problem } from '../../../../shared/model/problem.ts';
import { mostPastedRows } from '../../../../shared/model/table.ts';
import { delimitedRows } from '../../../../shared/rules/delimited-text.ts';
import { formatCount, formatCounted } from '../../../../shared/rules/format-quantities.ts';
import { engine } from '../../../connection.ts';
import { showUndoable } from '../../../stores/history.ts';
import { trackSave } from '../../../stores/saving-store.ts';
import { showToast } from '../../../stores/toast-store.ts';
import { type GridOrder, idsOfRows, rangeTooLong, targetOf } from '../edit-entries.ts';
import type { FilesView } from '../files-view-store.ts';
import { isSelected, selectedCount } from '../selection.ts';
import { runWork } from '../work-store.ts';
import { type CellRange, rowsIn } from './cell-range.ts';
import { cursorRange, wideRange } from './grid-cursor.ts';
import { pasteWords } from './paste-words.ts';

/** The grid as it stands when a key is pressed. */
export interface GridNow {
  readonly id: string;
  readonly view: FilesView;
  readonly shown: readonly ListColumn[];
  readonly total: number;
  /** The entry in a row, where it is here. */
  readonly rowId: (row: number) => number | undefined;
}

/**
 * What is in hand: a range of more than one cell; else, in a row that is selected, the cursor's column of everything
 * selected; else the cell under the cursor. Null without a cursor.
 */
type Hand =
  | { readonly kind: 'range' | 'cell'; readonly range: CellRange; readonly columns: readonly ListColumn[] }
  | { readonly kind: 'selection'; readonly columns: readonly ListColumn[] };

function inHand({ view, shown, rowId }: GridNow): Hand | null {
  const range = wideRange(view, shown) ?? cursorRange(view, shown);
  if (range === null) return null;
  const columns = shown.slice(range.firstColumn, range.endColumn);
  if (wideRange(view, shown) !== null) return { kind: 'range', range, columns };
  const isSelectedRow = isSelected(view.selection, rowId(view.cursor) ?? -1, view.cursor);
  return isSelectedRow ? { kind: 'selection', columns } : { kind: 'cell', range, columns };
}

const keysOf = (columns: readonly ListColumn[]) => columns.map(({ key }) => key);

function tooMany(rows: number, advice: string): void {
  if (rows <= mostPastedRows) return;
  throw new Problem(
    'too-many-rows',
    `At most ${formatCount(mostPastedRows)} rows go through the clipboard.`,
    {
      cause: `These are ${formatCount(rows)}.`,
      advice,
    },
  );
}

/** The cells in hand as text for a spreadsheet; of selected rows all columns in sight, with their titles. */
export async function copiedText(now: GridNow): Promise<{ text: string; rows: number } | null> {
  const { id, view, shown, total } = now;
  const hand = inHand(now);
  if (hand === null) return null;
  const { filter, sort } = view;
  if (hand.kind === 'selection') {
    tooMany(selectedCount(view.selection, total), 'Export these files as a table instead.');
    const entries = await targetOf(id, view);
    return await engine.call('cells.copy', {
      ...{ id, rows: { entries, sort }, columns: keysOf(shown), headers: true },
    });
  }
  const count = rowsIn(hand.range);
  tooMany(count, 'Export these files as a table instead.');
  return await engine.call('cells.copy', {
    ...{ id, rows: { filter, sort, offset: hand.range.firstRow, count }, columns: keysOf(hand.columns) },
  });
}

/** Gives many entries one value in a column, typed or of another entry, and offers to take it back. */
export async function fillCells(
  id: string,
  entries: EntryTarget,
  column: ListColumn,
  by: { readonly value: string } | { readonly fromEntryId: number },
): Promise<void> {
  const isEmptied = 'value' in by && by.value === '';
  const { changed } = await runWork(`${isEmptied ? 'Emptying' : 'Filling'} ${column.title}`, (options) =>
    trackSave(engine.call('cells.fill', { id, entries, column: column.key, with: by }, options)),
  );
  showUndoable(
    id,
    `${isEmptied ? 'Emptied' : 'Filled'} ${column.title} of ${formatCounted(changed, 'file')}.`,
  );
}

/** Writes a block from the clipboard at the cursor; a single cell into everything in hand. */
export async function pasteText(now: GridNow, text: string): Promise<void> {
  const { id, view, shown } = now;
  const hand = inHand(now);
  if (hand === null) return;
  const rows = delimitedRows(text);
  const [value] = rows.length === 1 && rows[0]?.length === 1 ? rows[0] : [];
  if (value !== undefined && hand.kind !== 'cell') {
    await fillHand(now, hand, value);
    return;
  }
  if (rows.length === 0) return;
  tooMany(rows.length, 'Keep them as a TSV or XLSX file and import that.');
  const range = cursorRange(view, shown);
  if (range === null) return;
  await pasteRows(id, view, range.firstRow, keysOf(shown.slice(range.firstColumn)), rows);
}

async function pasteRows(
  id: string,
  { filter, sort }: GridOrder,
  offset: number,
  columns: ColumnKey[],
  rows: string[][],
): Promise<void> {
  const result = await runWork('Pasting', (options) =>
    trackSave(engine.call('cells.paste', { id, filter, sort, offset, columns, rows }, options)),
  );
  const { message, detail } = pasteWords(result);
  if (result.changedCells > 0) showUndoable(id, message, detail);
  else showToast({ message, ...(detail === undefined ? {} : { detail }) });
}

/** The same text in every cell in hand. */
export async function fillAll(now: GridNow, value: string): Promise<void> {
  const hand = inHand(now);
  if (hand !== null) await fillHand(now, hand, value);
}

async function fillHand({ id, view }: GridNow, hand: Hand, value: string): Promise<void> {
  const [first] = hand.columns;
  if (!first) return;
  if (hand.kind === 'selection') {
    await fillCells(id, await targetOf(id, view), first, { value });
  } else if (hand.columns.length === 1) {
    const { firstRow, endRow } = hand.range;
    const ids = await idsOfRows(id, view, { first: firstRow, end: endRow });
    await fillCells(id, ids, first, { value });
  } else {
    await pasteSame(
      id,
      view,
      hand.range,
      hand.columns,
      hand.columns.map(() => value),
    );
  }
}

async function pasteSame(
  id: string,
  view: GridOrder,
  range: CellRange,
  columns: readonly ListColumn[],
  row: string[],
): Promise<void> {
  if (rowsIn(range) > mostPastedRows) throw rangeTooLong();
  const rows = Array.from({ length: rowsIn(range) }, () => row);
  await pasteRows(id, view, range.firstRow, keysOf(columns), rows);
}

/**
 * Fills down: the first row of a range into the rows below it; the cell under the cursor into everything selected; of a
 * cell alone the one above it.
 */
export async function fillDown(now: GridNow): Promise<void> {
  const { id, view, rowId } = now;
  const hand = inHand(now);
  const [first] = hand?.columns ?? [];
  if (hand === null || !first) return;
  if (hand.kind === 'selection') {
    const fromEntryId = rowId(view.cursor);
    if (fromEntryId !== undefined) await fillCells(id, await targetOf(id, view), first, { fromEntryId });
    return;
  }
  const isAlone = rowsIn(hand.range) === 1;
  const source = hand.range.firstRow - (isAlone ? 1 : 0);
  if (source < 0) return;
  const rest = { ...hand.range, firstRow: source + 1 };
  if (hand.columns.length > 1) {
    const { text } = await engine.call('cells.copy', {
      ...{ id, rows: { filter: view.filter, sort: view.sort, offset: source, count: 1 } },
      columns: keysOf(hand.columns),
    });
    await pasteSame(id, view, rest, hand.columns, delimitedRows(text)[0] ?? []);
    return;
  }
  const [fromEntryId, ...ids] = await idsOfRows(id, view, { first: source, end: rest.endRow });
  if (fromEntryId !== undefined) await fillCells(id, ids, first, { fromEntryId });
}

/** Puts a text on the clipboard, also where a page may only do that while it handles a copy. */
export async function writeClipboard(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const give = (event: ClipboardEvent) => {
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    document.addEventListener('copy', give, { capture: true, once: true });
    const isDone = document.execCommand('copy');
    document.removeEventListener('copy', give, { capture: true });
    if (!isDone) {
      throw new Problem('no-clipboard', 'The clipboard did not take the cells.', {
        advice: 'Press Ctrl C again, or export the files as a table.',
      });
    }
  }
}
