import {
  begin,
  type ChangeRecorder,
  changeThatTook,
  close,
  lastOfSome,
  noteStalePairs,
  putRows,
  recorderFor,
  redo,
  type StepKind,
  stepKinds,
  takeRows,
  touch,
  type UndoableTable,
  undo,
  undoable,
  wholeTables,
  writeBack,
} from './history.ts';
import { Slices } from './in-slices.ts';
import type { SubmissionFile } from './submission-file.ts';

/** Rows written in one transaction: some ten milliseconds. */
const ROWS_AT_ONCE = 1000;
/** Whole rows that come or go in one transaction. */
const WHOLE_AT_ONCE = 300;

const waiting = new WeakMap<SubmissionFile, Promise<unknown>>();

/** One long change, undoing or redoing of a file at a time; the next begins when the one before has ended. */
export async function inTurn<T>(file: SubmissionFile, work: () => Promise<T>): Promise<T> {
  const mine = (waiting.get(file) ?? Promise.resolve()).then(work, work);
  waiting.set(file, mine);
  return await mine;
}

/** How far a long change is told, and how it is stopped: what was written by then is taken back. */
export interface Watched {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Writes cells of many entries as one step that can be undone, some entries at a time, so that others are served
 * meanwhile; to be called {@link inTurn}. When it fails, what was written is taken back; when the program is killed, at the next opening.
 * @param write writes the columns named, of entries that the condition with one parameter picks
 * @param more `besides` records and writes cells of other tables that belong to the same step
 * @returns false when everything was so already: then there is no step
 */
export async function changeEntriesInSlices(
  file: SubmissionFile,
  title: string,
  ids: Uint32Array,
  columns: readonly string[],
  write: (where: string, parameter: string) => void,
  more: Watched & { readonly besides?: ((recorder: ChangeRecorder) => void) | undefined } = {},
): Promise<boolean> {
  const slices = new Slices();
  const change = file.transaction(() => {
    const id = begin(file, title, '');
    file.run("UPDATE change SET writing = 'edit' WHERE id = ?", id);
    more.besides?.(recorderFor(file, id));
    for (const kind of stepKinds(file, id)) noteAll(file, id, kind);
    return id;
  });
  try {
    for (let from = 0; from < ids.length; from += ROWS_AT_ONCE) {
      more.signal?.throwIfAborted();
      more.progress?.(from, ids.length);
      const some = JSON.stringify([...ids.subarray(from, from + ROWS_AT_ONCE)]);
      file.transaction(() => {
        const where = 'id IN (SELECT value FROM json_each(?))';
        recorderFor(file, change).cells('entry', columns, where, some);
        write(where, some);
        for (const column of columns) noteAfter(file, change, column, some);
      });
      await slices.turn();
    }
    file.transaction(() => {
      file.run("UPDATE change SET writing = '' WHERE id = ?", change);
      close(file, change);
    });
    return file.get('SELECT 1 AS one FROM change WHERE id = ?', change) !== undefined;
  } catch (error) {
    await takeBack(file, change);
    throw error;
  }
}

function noteAll(file: SubmissionFile, change: number, { table, column }: StepKind): void {
  file.run(
    `UPDATE change_step SET after = (SELECT ${column} FROM ${table} WHERE ${undoable[table].key} = row_id)
     WHERE change_id = ? AND table_name = ? AND column_name = ?`,
    ...[change, table, column],
  );
}

function noteAfter(file: SubmissionFile, change: number, column: string, ids: string): void {
  const steps = `change_id = ? AND table_name = 'entry' AND column_name = ?
    AND row_id IN (SELECT value FROM json_each(?))`;
  file.run(
    `UPDATE change_step SET after = (SELECT ${column} FROM entry WHERE id = row_id) WHERE ${steps}`,
    ...[change, column, ids],
  );
  file.run(`DELETE FROM change_step WHERE ${steps} AND before IS after`, ...[change, column, ids]);
}

/**
 * Takes entries out, some at a time, with all that the work says of them, as one step that can be undone; to be called
 * {@link inTurn}. When it fails, what left comes back; when the program is killed, at the next opening.
 * @param leave records and deletes the entries that the condition with one parameter picks, and what hangs on them
 * @param atEnd records and deletes what they hung on
 */
export async function removeEntriesInSlices(
  file: SubmissionFile,
  title: string,
  ids: Iterable<readonly number[]>,
  leave: (recorder: ChangeRecorder, some: string) => void,
  atEnd: (recorder: ChangeRecorder) => void,
): Promise<void> {
  const slices = new Slices();
  const change = file.transaction(() => {
    const id = begin(file, title, '');
    file.run("UPDATE change SET writing = 'edit' WHERE id = ?", id);
    return id;
  });
  try {
    for (const some of ids) {
      file.transaction(() => leave(recorderFor(file, change), JSON.stringify(some)));
      await slices.turn();
    }
    file.transaction(() => {
      atEnd(recorderFor(file, change));
      file.run("UPDATE change SET writing = '' WHERE id = ?", change);
      close(file, change);
    });
  } catch (error) {
    await takeBack(file, change);
    throw error;
  }
}

async function takeBack(file: SubmissionFile, change: number): Promise<void> {
  await writeSide(file, change, stepKinds(file, change), 'before');
  // Its steps go with the changes that follow.
  file.run("UPDATE change SET undone = 2, writing = '' WHERE id = ?", change);
}

/** Takes back the last change, however large, and returns its title; null when there is none. */
export function undoInSlices(file: SubmissionFile): Promise<string | null> {
  return inTurn(file, () =>
    replay(file, 'SELECT id, title FROM change WHERE undone = 0 ORDER BY id DESC LIMIT 1', 'before'),
  );
}

/** Makes the change undone last again, however large, and returns its title; null when there is none. */
export function redoInSlices(file: SubmissionFile): Promise<string | null> {
  return inTurn(file, () =>
    replay(file, 'SELECT id, title FROM change WHERE undone = 1 ORDER BY id LIMIT 1', 'after'),
  );
}

async function replay(file: SubmissionFile, which: string, side: 'before' | 'after'): Promise<string | null> {
  const found = file.get<{ id: number; title: string }>(which);
  if (found === undefined || !isLarge(file, found.id)) return side === 'before' ? undo(file) : redo(file);
  await writeLarge(file, found.id, side, () => endReplay(file, found.id, side));
  return found.title;
}

/**
 * Puts rows back as {@link bringBack} does, however many they are, some at a time; small changes are left to that.
 * Returns whether it did.
 */
export function bringBackInSlices(
  file: SubmissionFile,
  table: UndoableTable,
  column: string,
  value: string,
): Promise<boolean> {
  return inTurn(file, async () => {
    const id = changeThatTook(file, table, column, value);
    if (id === null || !isLarge(file, id)) return false;
    await writeLarge(file, id, 'before', () => {
      file.run("UPDATE change SET undone = 2, writing = '' WHERE id = ?", id);
    });
    return true;
  });
}

async function writeLarge(
  file: SubmissionFile,
  change: number,
  side: 'before' | 'after',
  end: () => void,
): Promise<void> {
  const kinds = stepKinds(file, change);
  file.run('UPDATE change SET writing = ? WHERE id = ?', side, change);
  await writeSide(file, change, kinds, side);
  file.transaction(() => {
    noteStalePairs(file, kinds);
    end();
    touch(file);
  });
}

/** Writes one side of a change, some rows at a time. */
async function writeSide(
  file: SubmissionFile,
  change: number,
  kinds: readonly StepKind[],
  side: 'before' | 'after',
): Promise<void> {
  const whole = wholeTables(kinds);
  const slices = new Slices();
  const inTurns = async (table: UndoableTable, write: typeof putRows) => {
    for (let after = -1; ; ) {
      const last = lastOfSome(file, change, { table, column: '' }, after, WHOLE_AT_ONCE);
      if (last === null) return;
      const range = { after, last };
      file.transaction(() => write(file, change, table, side, range));
      after = last;
      await slices.turn();
    }
  };
  for (const table of whole.toReversed()) await inTurns(table, takeRows);
  for (const table of whole) {
    await inTurns(table, putRows);
    // Nobody must take a folder for whole whose files are still coming back.
    if (table === 'source') sourcesAre(file, change, side, "'scanning'");
  }
  for (const kind of kinds) if (kind.column !== '') await writeCells(file, change, kind, side);
  if (whole.includes('source')) sourcesAre(file, change, side, `step.${side} ->> '$.state'`);
}

function sourcesAre(file: SubmissionFile, change: number, side: 'before' | 'after', state: string): void {
  file.run(
    `UPDATE source SET state = ${state} FROM change_step AS step
     WHERE step.change_id = ? AND step.table_name = 'source' AND step.column_name = ''
       AND step.${side} IS NOT NULL AND step.row_id = source.id`,
    change,
  );
}

/** What was changed meanwhile stands on what was undone, which then cannot be done again. */
function endReplay(file: SubmissionFile, id: number, side: 'before' | 'after'): void {
  const undone =
    side === 'after'
      ? '0'
      : 'iif(EXISTS (SELECT 1 FROM change c WHERE c.id > change.id AND c.undone = 0), 2, 1)';
  file.run(`UPDATE change SET undone = ${undone}, merge_key = '', writing = '' WHERE id = ?`, id);
}

function isLarge(file: SubmissionFile, id: number): boolean {
  const sql = `SELECT 1 FROM change_step WHERE change_id = ? LIMIT 1 OFFSET ${ROWS_AT_ONCE}`;
  return file.get(sql, id) !== undefined;
}

async function writeCells(
  file: SubmissionFile,
  change: number,
  { table, column }: StepKind,
  side: 'before' | 'after',
): Promise<void> {
  const slices = new Slices();
  const steps = 'step.change_id = ? AND step.table_name = ? AND step.column_name = ? AND step.row_id > ?';
  for (let after = -1; ; ) {
    const last = lastOfSome(file, change, { table, column }, after, ROWS_AT_ONCE);
    if (last === null) return;
    file.run(
      `UPDATE ${table} SET ${column} = step.${side} FROM change_step AS step
       WHERE ${steps} AND step.row_id <= ? AND step.row_id = ${table}.${undoable[table].key}`,
      ...[change, table, column, after, last],
    );
    after = last;
    await slices.turn();
  }
}

/** Brings to an end what a program that was killed left half done; call when a file is opened. */
export function mendHistory(file: SubmissionFile): void {
  const half = file.all<{ id: number; writing: 'edit' | 'before' | 'after' }>(
    "SELECT id, writing FROM change WHERE writing <> ''",
  );
  for (const { id, writing } of half) {
    file.transaction(() => {
      noteStalePairs(file, writeBack(file, id, writing === 'after' ? 'after' : 'before'));
      if (writing === 'edit') file.run("UPDATE change SET undone = 2, writing = '' WHERE id = ?", id);
      else endReplay(file, id, writing);
      touch(file);
    });
  }
}
