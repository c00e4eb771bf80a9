import type { Slices } from './in-slices.ts';
import { orderByFew } from './number-order.ts';
import type { SubmissionFile } from './submission-file.ts';
import type { TextSql } from './text-column.ts';

/** Rows read or written at a time: some milliseconds. */
const ROWS_AT_ONCE = 2000;
/** Different texts that are held in memory to put them in order; with more, the file system helps. */
const MOST_TEXTS = 20_000;
/** Characters of these, all together. */
const MOST_CHARACTERS = 2_000_000;

type Ids = Uint32Array<ArrayBuffer>;

/** All entries by what stands in a column; those with the same by path. */
export interface TextOrder {
  readonly ascending: Ids;
  /** How many have something there; those with nothing come after them. */
  readonly filled: number;
}

/**
 * Puts all entries in the order of a column's values: numbers before texts, texts by their bytes, as SQLite compares
 * (Datatypes in SQLite, sort order), and those with nothing there last.
 * @param paths the entries in the order of their paths
 */
export async function orderByText(
  file: SubmissionFile,
  text: TextSql,
  paths: Uint32Array,
  slices: Slices,
): Promise<TextOrder> {
  return (await orderOfFew(file, text, paths, slices)) ?? (await orderOfMany(file, text, paths, slices));
}

/** The same order the other way, those with nothing there last again. */
export function descending({ ascending, filled }: TextOrder): Ids {
  const turned = new Uint32Array(ascending.length);
  turned.set(ascending.subarray(0, filled).slice().reverse());
  turned.set(ascending.subarray(filled).slice().reverse(), filled);
  return turned;
}

/** By numbering the different values; null when there are too many. */
async function orderOfFew(
  file: SubmissionFile,
  { sql, parameters }: TextSql,
  paths: Uint32Array,
  slices: Slices,
): Promise<TextOrder | null> {
  const numbers = new Map<string | number, number>();
  const room = (file.get<{ id: number | null }>('SELECT max(id) AS id FROM entry')?.id ?? 0) + 1;
  const numberOf = new Uint32Array(room);
  let characters = 0;
  for (let after = 0; ; ) {
    const rows = file.tuples<number | string>(
      `SELECT e.id, (${sql}) FROM entry e WHERE e.id > ? ORDER BY e.id LIMIT ${ROWS_AT_ONCE}`,
      ...parameters,
      after,
    ) as [number, string | number][];
    for (const [id, value] of rows) {
      let number = numbers.get(value);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(value, number);
        characters += typeof value === 'string' ? value.length : 8;
      }
      numberOf[id] = number;
    }
    if (numbers.size > MOST_TEXTS || characters > MOST_CHARACTERS) return null;
    if (rows.length < ROWS_AT_ONCE) break;
    after = rows.at(-1)?.[0] ?? after;
    await slices.turn();
  }
  const ranks = new Uint32Array(numbers.size);
  const values = [...numbers.keys()].sort(byValue);
  for (const [rank, value] of values.entries()) ranks[numbers.get(value) ?? 0] = rank;
  await slices.turn();
  const ascending = orderByFew(paths, (id) => ranks[numberOf[id] ?? 0] ?? 0);
  const empty = numbers.get('');
  let filled = ascending.length;
  if (empty !== undefined) while (filled > 0 && numberOf[ascending[filled - 1] ?? 0] === empty) filled--;
  return { ascending, filled };
}

function byValue(a: string | number, b: string | number): number {
  if (a === '' || b === '') return Number(a === '') - Number(b === '');
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'number' || typeof b === 'number') return typeof a === 'number' ? -1 : 1;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** By a table that is put aside on disk as far as it does not fit into a small memory. One at a time. */
async function orderOfMany(
  file: SubmissionFile,
  { sql, parameters }: TextSql,
  paths: Uint32Array,
  slices: Slices,
): Promise<TextOrder> {
  file.run(
    `CREATE TEMP TABLE IF NOT EXISTS text_order
       (is_empty, value, row INTEGER, id INTEGER, PRIMARY KEY (is_empty, value, row)) WITHOUT ROWID`,
  );
  file.run('DELETE FROM temp.text_order');
  for (let from = 0; from < paths.length; from += ROWS_AT_ONCE) {
    file.run(
      `INSERT INTO temp.text_order SELECT value = '', value, row, id FROM (
         SELECT (${sql}) AS value, asked.key + ? AS row, e.id AS id
         FROM json_each(?) asked CROSS JOIN entry e ON e.id = asked.value)`,
      ...parameters,
      from,
      JSON.stringify([...paths.subarray(from, from + ROWS_AT_ONCE)]),
    );
    await slices.turn();
  }
  const ascending = new Uint32Array(paths.length);
  let filled = 0;
  let at = 0;
  for (let last: (string | number)[] = [-1, '', -1]; ; ) {
    const rows = file.tuples<string | number>(
      `SELECT is_empty, value, row, id FROM temp.text_order WHERE (is_empty, value, row) > (?, ?, ?)
       ORDER BY is_empty, value, row LIMIT ${ROWS_AT_ONCE}`,
      ...last,
    );
    for (const [isEmpty, , , id] of rows) {
      ascending[at++] = Number(id);
      if (isEmpty === 0) filled = at;
    }
    if (rows.length < ROWS_AT_ONCE) break;
    last = rows.at(-1)?.slice(0, 3) ?? last;
    await slices.turn();
  }
  file.run('DELETE FROM temp.text_order');
  return { ascending: ascending.subarray(0, at), filled };
}

type Key = readonly [value: string | number, source: number, path: string, id: number];

/** Puts entries whose values changed where they belong now; those that are gone are left out. For some hundreds. */
export async function reorder(
  file: SubmissionFile,
  { sql, parameters }: TextSql,
  order: TextOrder,
  ids: readonly number[],
  slices: Slices,
): Promise<TextOrder> {
  const { ascending, filled } = order;
  const keyOf = (id: number | undefined) =>
    file.tuples<string | number>(
      `SELECT (${sql}), e.source_id, e.path, e.id FROM entry e WHERE e.id = ?`,
      ...parameters,
      id ?? -1,
    )[0] as Key | undefined;
  const leaving: number[] = [];
  const coming: Key[] = [];
  const changed = new Set(ids);
  for (const id of changed) {
    const row = ascending.indexOf(id);
    const key = keyOf(id);
    const [before, after] = [ascending[row - 1], ascending[row + 1]];
    // Between two that did not change either it stays when it is in order with them.
    const isBetween = (other: number | undefined, sign: number) =>
      other === undefined || (!changed.has(other) && sign * byKeys(keyOf(other), key) > 0);
    const stays =
      row >= 0 &&
      key !== undefined &&
      (key[0] !== '') === row < filled &&
      isBetween(before, -1) &&
      isBetween(after, 1);
    if (row >= 0 && !stays) leaving.push(row);
    if (key !== undefined && !stays) coming.push(key);
    await slices.turn();
  }
  if (leaving.length === 0 && coming.length === 0) return order;
  const staying = without(
    ascending,
    leaving.sort((a, b) => a - b),
  );
  const left = leaving.filter((row) => row < filled).length;
  const came = coming.filter(([value]) => value !== '').length;
  coming.sort(byKey);
  const ordered = new Uint32Array(staying.length + coming.length);
  let from = 0;
  for (const [at, key] of coming.entries()) {
    const row = await placeOf(key, staying, from, keyOf, slices);
    ordered.set(staying.subarray(from, row), from + at);
    ordered[row + at] = key[3];
    from = row;
  }
  ordered.set(staying.subarray(from), from + coming.length);
  return { ascending: ordered, filled: filled - left + came };
}

function without(rows: Uint32Array, leaving: readonly number[]): Uint32Array {
  const staying = new Uint32Array(rows.length - leaving.length);
  let from = 0;
  for (const [at, row] of leaving.entries()) {
    staying.set(rows.subarray(from, row), from - at);
    from = row + 1;
  }
  staying.set(rows.subarray(from), from - leaving.length);
  return staying;
}

/** Before which row an entry belongs, by halving. */
async function placeOf(
  key: Key,
  rows: Uint32Array,
  from: number,
  keyOf: (id: number | undefined) => Key | undefined,
  slices: Slices,
): Promise<number> {
  let low = from;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = keyOf(rows[middle]);
    if (other !== undefined && byKey(other, key) < 0) low = middle + 1;
    else high = middle;
  }
  await slices.turn();
  return low;
}

function byKeys(a: Key | undefined, b: Key | undefined): number {
  return a === undefined || b === undefined ? 0 : byKey(a, b);
}

function byKey(a: Key, b: Key): number {
  return byValue(a[0], b[0]) || a[1] - b[1] || Buffer.compare(Buffer.from(a[2]), Buffer.from(b[2]));
}
