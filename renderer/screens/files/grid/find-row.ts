import type { EntryFilter } from '../../../../shared/contract/file-calls.ts';
import { engine } from '../../../connection.ts';
import type { GridOrder } from '../edit-entries.ts';
import { withCondition, withFilter } from '../files-view-store.ts';

/** Where something that was looked for stands. */
export interface FoundRow {
  readonly row: number;
  readonly entryId: number;
  /** How many rows fit, and which of them this is, from 1. */
  readonly count: number;
  readonly nth: number;
}

/**
 * The next row whose path holds a text, after an entry or from the top, round to the top again; null when none does.
 * The grid keeps its filter and order.
 */
export async function findRow(
  id: string,
  { filter, sort }: GridOrder,
  text: string,
  after: number | null,
): Promise<FoundRow | null> {
  const narrower = holding(filter, text);
  const from = after === null ? null : await place(id, narrower, sort, after);
  const next = from === null ? 0 : from + 1;
  const page = (offset: number) =>
    engine.call('entries.page', { id, offset, limit: 1, filter: narrower, sort });
  const first = await page(next);
  const isRound = first.rows.length === 0 && next > 0;
  const { rows, total } = isRound ? await page(0) : first;
  const [entry] = rows;
  if (!entry) return null;
  const row = await place(id, filter, sort, entry.id);
  return row === null ? null : { row, entryId: entry.id, count: total, nth: isRound ? 1 : next + 1 };
}

async function place(
  id: string,
  filter: EntryFilter,
  sort: GridOrder['sort'],
  entryId: number,
): Promise<number | null> {
  return (await engine.call('entries.place', { id, entryId, filter, sort })).offset;
}

/** The filter, and besides a path that holds the text. */
function holding(filter: EntryFilter, text: string): EntryFilter {
  if (filter.text === undefined) return withFilter(filter, 'text', text);
  return withCondition(filter, 'path', { column: 'path', is: 'contains', text });
}
