import type { SubmissionFile } from './submission-file.ts';

/** What a person's changes may write, and so what undo can write back: tables with their columns and row key. */
export const undoable = {
  source: {
    key: 'id',
    columns: [
      'path',
      'name',
      'state',
      'trouble',
      'entries',
      'files',
      'bytes',
      'skipped',
      'added_at',
      'scanned_at',
      'weighed',
      ...['links', 'walked_by', 'new_after', 'report', 'held'],
    ],
  },
  entry: {
    key: 'id',
    columns: [
      ...[
        'source_id',
        'path',
        'name',
        'format',
        'kind_guess',
        'kind_chosen',
        'size',
        'members',
        'modified_ms',
      ],
      ...['inode', 'state', 'state_reason', 'send_chosen', 'remote_path_chosen', 'annotation_type'],
      ...['source_image_chosen', 'annotation_block', 'columns', 'labels', 'send_as_chosen', 'item_id'],
    ],
  },
  pairing_rule: { key: 'number', columns: ['id', 'position', 'image', 'mask', 'enabled'] },
  pair: { key: 'id', columns: ['image_entry_id', 'mask_entry_id', 'mask_part', 'by', 'parted'] },
  metadata: { key: 'one', columns: ['document'] },
  free_column: { key: 'number', columns: ['title', 'present'] },
  submission: { key: 'one', columns: ['archive', 'method', 'items_as', 'skip_rules', 'settle_seconds'] },
} as const satisfies Record<string, { key: string; columns: readonly string[] }>;

export type UndoableTable = keyof typeof undoable;
/** Parents before children, so that rows can come in this order and go in the other. */
const tables = Object.keys(undoable) as UndoableTable[];

const KEPT_CHANGES = 200;
const MERGE_WITHIN_MS = 5000;

/** Told what is about to be written, so that it can be written back. */
export interface ChangeRecorder {
  /** A better title, once it is known. Only of the outermost change. */
  title(title: string): void;
  /** Call before cells are written. `where` picks the rows. Returns how many rows that are. */
  cells(
    table: UndoableTable,
    columns: readonly string[],
    where: string,
    ...parameters: (string | number)[]
  ): number;
  /** Call before rows are deleted. */
  leaving(table: UndoableTable, where: string, ...parameters: (string | number)[]): void;
  /** Call after rows were inserted. */
  arrived(table: UndoableTable, where: string, ...parameters: (string | number)[]): void;
}

const running = new WeakMap<SubmissionFile, ChangeRecorder>();

/**
 * Does some work as one step that can be undone, in one transaction; a change inside another belongs to the outer
 * one. Work that changes nothing leaves no step. The next changes with the same `mergeKey`, each within five seconds
 * of the one before, join this one.
 */
export function change<T>(
  file: SubmissionFile,
  title: string,
  work: (recorder: ChangeRecorder) => T,
  mergeKey = '',
): T {
  const outer = running.get(file);
  if (outer) return work({ ...outer, title: () => undefined });
  return file.transaction(() => {
    const id = begin(file, title, mergeKey);
    const recorder = recorderFor(file, id);
    running.set(file, recorder);
    try {
      const result = work(recorder);
      finish(file, id);
      return result;
    } finally {
      running.delete(file);
    }
  });
}

/** Steps of forgotten changes deleted with each new change; all at once, those of a large one would hold people up. */
const SWEPT_AT_ONCE = 2000;

/** Deletes some steps of changes that are forgotten. */
function sweep(file: SubmissionFile): void {
  const key = 'change_id, table_name, column_name, row_id';
  file.run(
    `DELETE FROM change_step WHERE (${key}) IN (SELECT ${key} FROM change_step
       WHERE change_id IN (SELECT id FROM change WHERE undone = 2) LIMIT ${SWEPT_AT_ONCE})`,
  );
  file.run(
    'DELETE FROM change WHERE undone = 2 AND NOT EXISTS (SELECT 1 FROM change_step WHERE change_id = id)',
  );
}

/** Begins a change, and with it forgets what could be done again. */
export function begin(file: SubmissionFile, title: string, mergeKey: string): number {
  const now = new Date();
  file.run('UPDATE change SET undone = 2 WHERE undone = 1');
  sweep(file);
  const last = file.get<{ id: number; at: string; merge_key: string }>(
    'SELECT id, at, merge_key FROM change WHERE undone = 0 ORDER BY id DESC LIMIT 1',
  );
  const age = last ? now.getTime() - Date.parse(last.at) : Number.POSITIVE_INFINITY;
  if (last && mergeKey !== '' && last.merge_key === mergeKey && age >= 0 && age < MERGE_WITHIN_MS) {
    file.run('UPDATE change SET at = ? WHERE id = ?', now.toISOString(), last.id);
    return last.id;
  }
  return file.run(
    'INSERT INTO change (at, title, merge_key) VALUES (?, ?, ?)',
    now.toISOString(),
    title,
    mergeKey,
  ).lastId;
}

export function recorderFor(file: SubmissionFile, id: number): ChangeRecorder {
  // What stood there first is what undo brings back: a second write in one change is ignored here.
  const record = (
    table: UndoableTable,
    column: string,
    value: string,
    where: string,
    values: (string | number)[],
  ) =>
    file.run(
      `INSERT OR IGNORE INTO change_step (change_id, table_name, row_id, column_name, before)
       SELECT ${id}, '${table}', ${undoable[table].key}, '${column}', ${value} FROM ${table} WHERE ${where}`,
      ...values,
    ).changes;
  return {
    title: (title) => void file.run('UPDATE change SET title = ? WHERE id = ?', title, id),
    cells(table, columns, where, ...values) {
      let rows = 0;
      for (const column of columns) rows = Math.max(rows, record(table, column, column, where, values));
      return rows;
    },
    leaving: (table, where, ...values) => void record(table, '', rowAsJson(table), where, values),
    arrived: (table, where, ...values) => void record(table, '', 'NULL', where, values),
  };
}

function finish(file: SubmissionFile, id: number): void {
  for (const { table, column } of stepKinds(file, id)) {
    const now = column === '' ? rowAsJson(table) : column;
    file.run(
      `UPDATE change_step SET after = (SELECT ${now} FROM ${table} WHERE ${undoable[table].key} = row_id)
       WHERE change_id = ? AND table_name = ? AND column_name = ?`,
      id,
      table,
      column,
    );
  }
  file.run('DELETE FROM change_step WHERE change_id = ? AND before IS after', id);
  close(file, id);
}

/** Makes a change whose steps are all written one that can be undone; one without steps leaves nothing. */
export function close(file: SubmissionFile, id: number): void {
  if (!file.get('SELECT 1 FROM change_step WHERE change_id = ? LIMIT 1', id)) {
    file.run('DELETE FROM change WHERE id = ?', id);
    return;
  }
  file.run(
    `UPDATE change SET undone = 2
     WHERE id <= (SELECT id FROM change WHERE undone = 0 ORDER BY id DESC LIMIT 1 OFFSET ?)`,
    KEPT_CHANGES,
  );
  noteStalePairs(file, stepKinds(file, id));
  touch(file);
}

export interface StepKind {
  readonly table: UndoableTable;
  readonly column: string;
}

/** Pairs follow from kinds, rules and sources: after a change of these they have to be found again. */
export function noteStalePairs(file: SubmissionFile, kinds: readonly StepKind[]): void {
  const stale = kinds.some(
    ({ table, column }) => column === 'kind_chosen' || table === 'pairing_rule' || table === 'source',
  );
  if (stale) file.run('UPDATE submission SET pairs_stale = 1');
}

/** Notes that the submission was edited now and that its findings are out of date. */
export function touch(file: SubmissionFile): void {
  file.run('UPDATE submission SET edited_at = ?, checked_at = NULL', new Date().toISOString());
}

/** Takes back the last change and returns its title; null when there is none. */
export function undo(file: SubmissionFile): string | null {
  return replay(file, 'SELECT id, title FROM change WHERE undone = 0 ORDER BY id DESC LIMIT 1', 'before');
}

/** Makes the change undone last again and returns its title; null when there is none. */
export function redo(file: SubmissionFile): string | null {
  return replay(file, 'SELECT id, title FROM change WHERE undone = 1 ORDER BY id LIMIT 1', 'after');
}

function replay(file: SubmissionFile, which: string, side: 'before' | 'after'): string | null {
  return file.transaction(() => {
    const found = file.get<{ id: number; title: string }>(which);
    if (!found) return null;
    noteStalePairs(file, writeBack(file, found.id, side));
    // After a pause for undo, typing goes on as a change of its own.
    file.run(
      "UPDATE change SET undone = ?, merge_key = '' WHERE id = ?",
      side === 'before' ? 1 : 0,
      found.id,
    );
    touch(file);
    return found.title;
  });
}

/** Writes one side of every step of a change; returns what kinds of steps there were. */
export function writeBack(file: SubmissionFile, id: number, side: 'before' | 'after'): StepKind[] {
  const kinds = stepKinds(file, id);
  const whole = wholeTables(kinds);
  for (const table of whole.toReversed()) takeRows(file, id, table, side, everyRow);
  for (const table of whole) putRows(file, id, table, side, everyRow);
  for (const { table, column } of kinds) {
    if (column === '') continue;
    file.run(
      `UPDATE ${table} SET ${column} = step.${side} FROM change_step AS step
       WHERE step.change_id = ? AND step.table_name = ? AND step.column_name = ?
         AND step.row_id = ${table}.${undoable[table].key}`,
      id,
      table,
      column,
    );
  }
  return kinds;
}

/** Tables of which whole rows came or went; parents before children. */
export function wholeTables(kinds: readonly StepKind[]): UndoableTable[] {
  return tables.filter((table) => kinds.some((kind) => kind.table === table && kind.column === ''));
}

/** Row keys after the one and up to the other. */
export interface RowRange {
  readonly after: number;
  readonly last: number;
}
const everyRow: RowRange = { after: Number.MIN_SAFE_INTEGER, last: Number.MAX_SAFE_INTEGER };

const wholeRows = (table: UndoableTable) =>
  `change_step WHERE change_id = ? AND table_name = '${table}' AND column_name = '' AND row_id > ? AND row_id <= ?`;

/** Deletes the rows of a change that were not there on one side of it. */
export function takeRows(
  file: SubmissionFile,
  change: number,
  table: UndoableTable,
  side: 'before' | 'after',
  { after, last }: RowRange,
): void {
  const gone = `SELECT row_id FROM ${wholeRows(table)} AND ${side} IS NULL`;
  file.run(`DELETE FROM ${table} WHERE ${undoable[table].key} IN (${gone})`, change, after, last);
}

/** Inserts the rows of a change that were there on one side of it, as they were. */
export function putRows(
  file: SubmissionFile,
  change: number,
  table: UndoableTable,
  side: 'before' | 'after',
  { after, last }: RowRange,
): void {
  const { key, columns } = undoable[table];
  const values = columns.map((column) => `${side} ->> '$.${column}'`).join(', ');
  file.run(
    `INSERT OR REPLACE INTO ${table} (${key}, ${columns.join(', ')})
     SELECT row_id, ${values} FROM ${wholeRows(table)} AND ${side} IS NOT NULL`,
    ...[change, after, last],
  );
}

/** The key of the last of some rows of a change, in order; null when there are none after one. */
export function lastOfSome(
  file: SubmissionFile,
  change: number,
  { table, column }: StepKind,
  after: number,
  count: number,
): number | null {
  const found = file.get<{ row: number | null }>(
    `SELECT max(row_id) AS row FROM (SELECT row_id FROM change_step
       WHERE change_id = ? AND table_name = ? AND column_name = ? AND row_id > ? ORDER BY row_id LIMIT ${count})`,
    ...[change, table, column, after],
  );
  return found?.row ?? null;
}

/**
 * Puts rows back that left in the newest change which removed the row that matches, and forgets that change. For a
 * folder added again after it was removed: everything known of its files returns, and undo has nothing left to
 * bring back. Returns false when no such change is known.
 */
export function bringBack(
  file: SubmissionFile,
  table: UndoableTable,
  column: string,
  value: string,
): boolean {
  return file.transaction(() => {
    const id = changeThatTook(file, table, column, value);
    if (id === null) return false;
    noteStalePairs(file, writeBack(file, id, 'before'));
    file.run('DELETE FROM change WHERE id = ?', id);
    return true;
  });
}

/** The newest change, not undone, that removed a row with a value in a column; null when none did. */
export function changeThatTook(
  file: SubmissionFile,
  table: UndoableTable,
  column: string,
  value: string,
): number | null {
  const found = file.get<{ id: number }>(
    `SELECT change.id AS id FROM change JOIN change_step ON change_id = change.id
     WHERE undone = 0 AND table_name = ? AND column_name = '' AND after IS NULL AND before ->> ? = ?
     ORDER BY change.id DESC LIMIT 1`,
    ...[table, column, value],
  );
  return found?.id ?? null;
}

/** Tables and columns that a change wrote; found by leaps over the key, for there may be a million steps. */
export function stepKinds(file: SubmissionFile, id: number): StepKind[] {
  const kinds: StepKind[] = [];
  const kind = 'SELECT table_name AS "table", column_name AS "column" FROM change_step WHERE change_id = ?';
  const first = 'ORDER BY table_name, column_name LIMIT 1';
  for (;;) {
    const last = kinds.at(-1);
    // One column of the key at a time: a comparison of both at once reads every step of the table before.
    const next: StepKind | undefined =
      file.get<StepKind>(
        `${kind} AND table_name = ? AND column_name > ? ${first}`,
        id,
        ...[last?.table ?? '', last?.column ?? ''],
      ) ?? file.get<StepKind>(`${kind} AND table_name > ? ${first}`, id, last?.table ?? '');
    if (!next) return kinds;
    kinds.push({ ...next });
  }
}

function rowAsJson(table: UndoableTable): string {
  return `json_object(${undoable[table].columns.map((column) => `'${column}', ${column}`).join(', ')})`;
}
