import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  backup,
  DatabaseSync,
  type SQLInputValue,
  type SQLOutputValue,
  type StatementSync,
} from 'node:sqlite';
import { Problem } from '../../../shared/model/problem.ts';

/** Marks a SQLite file as a Slipway submission (PRAGMA application_id); the bytes spell "SlpW". */
const APPLICATION_ID = 0x536c7057;
/** Pages copied while the file is held: 2 MiB, some milliseconds. */
const PAGES_AT_ONCE = 512;
/** Pages of the log after which SQLite folds it into the file (its default), and while somebody else sees to that. */
const FOLDED_AT = { usually: 1000, atMost: 10_000 } as const;
const MIGRATIONS = new URL('./migrations/', import.meta.url);

export type Row = Record<string, SQLInputValue>;

/**
 * An open `*.slipway` file. One program at a time: opening locks it, and the operating system
 * gives the lock back when the program ends, however it ends.
 */
export class SubmissionFile {
  readonly path: string;
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #listing = new Map<string, StatementSync>();

  private constructor(path: string, db: DatabaseSync) {
    this.path = path;
    this.#db = db;
  }

  /** Makes a new file; refuses to touch one that exists. */
  static create(path: string): SubmissionFile {
    claim(path);
    try {
      return SubmissionFile.#open(path, true);
    } catch (error) {
      removeWithSiblings(path);
      throw error;
    }
  }

  /**
   * Opens a file to work on it, bringing an older one up to date. Refuses, without touching it, a file that is not
   * there, not a submission, one from a newer Slipway, and one that another Slipway has open.
   */
  static open(path: string): SubmissionFile {
    return SubmissionFile.#open(path, false);
  }

  /**
   * Reads a file without bringing it up to date and without changing a byte of it. Refuses the same files as
   * {@link open}. The handle is good only inside `work`.
   */
  static peek<T>(path: string, work: (file: SubmissionFile) => T): T {
    inspect(path, migrationNames().length);
    const db = new DatabaseSync(path, { readOnly: true });
    try {
      return work(new SubmissionFile(path, db));
    } catch (error) {
      throw asProblem(path, error);
    } finally {
      db.close();
    }
  }

  static #open(path: string, isNew: boolean): SubmissionFile {
    const newest = migrationNames().length;
    if (!isNew) inspect(path, newest);
    const db = new DatabaseSync(path);
    try {
      db.exec(
        // Exclusive before WAL: then no shared memory is needed either, and network folders work.
        'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;',
      );
      // 32 MiB, enough for the upper pages of the indexes over a million rows; the 2 MiB of old thrash there.
      db.exec('PRAGMA cache_size = -32768;');
      migrate(db, newest);
      db.exec('BEGIN EXCLUSIVE; COMMIT;');
      return new SubmissionFile(path, db);
    } catch (error) {
      db.close();
      throw asProblem(path, error);
    }
  }

  /** A prepared statement, kept for the next time. */
  statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** First row, or undefined. Parameters are positional. */
  get<T extends object>(sql: string, ...parameters: SQLInputValue[]): T | undefined {
    return this.#guard(() => this.statement(sql).get(...parameters)) as T | undefined;
  }

  /** All rows; only for results that are small by nature. Use {@link each} for the index. */
  all<T extends object>(sql: string, ...parameters: SQLInputValue[]): T[] {
    return this.#guard(() => this.statement(sql).all(...parameters)) as T[];
  }

  /** All rows as lists of their columns, which is quicker than objects; for results that are small by nature. */
  tuples<T extends SQLOutputValue>(sql: string, ...parameters: SQLInputValue[]): T[][] {
    return this.#guard(() => {
      let statement = this.#listing.get(sql);
      if (!statement) {
        statement = this.#db.prepare(sql);
        statement.setReturnArrays(true);
        this.#listing.set(sql, statement);
      }
      return statement.all(...parameters);
    }) as unknown as T[][];
  }

  /** Rows one by one, without holding them all. Do not write to the rows' table while reading. */
  each<T extends object>(sql: string, ...parameters: SQLInputValue[]): IterableIterator<T> {
    // A fresh statement: a kept one would be reset if the same SQL ran again inside the loop.
    return this.#guard(() => this.#db.prepare(sql).iterate(...parameters)) as IterableIterator<T>;
  }

  /** Writes; returns the number of rows changed and the last row id. */
  run(sql: string, ...parameters: SQLInputValue[]): { changes: number; lastId: number } {
    const result = this.#guard(() => this.statement(sql).run(...parameters));
    return { changes: Number(result.changes), lastId: Number(result.lastInsertRowid) };
  }

  /** Makes a function that SQL can call, until the file is closed. */
  define(name: string, work: (...values: SQLOutputValue[]) => SQLInputValue): void {
    this.#db.function(name, { varargs: true }, work);
  }

  /** All or nothing. May be nested; the outermost decides. */
  transaction<T>(work: () => T): T {
    if (this.#db.isTransaction) return work();
    this.#guard(() => this.#db.exec('BEGIN IMMEDIATE'));
    try {
      const result = work();
      this.#guard(() => this.#db.exec('COMMIT'));
      return result;
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  /**
   * Writes a whole copy to a path where there is no file yet; the journal of this one goes along. Others are served
   * meanwhile, and what they write is in the copy too (SQLite, Online Backup API).
   */
  async copyTo(path: string): Promise<void> {
    if (existsSync(path)) throw new Problem('file-exists', `There is already a file ${path}.`);
    try {
      await backup(this.#db, path, { rate: PAGES_AT_ONCE });
    } catch (error) {
      removeWithSiblings(path);
      throw asProblem(this.path, error);
    }
  }

  /**
   * For work that writes very much: lets {@link fold} say when the log is folded into the file, or SQLite again. Within
   * bounds: a log of 40 MB is folded whoever says what.
   */
  foldsOnItsOwn(does: boolean): void {
    this.#guard(() =>
      this.#db.exec(`PRAGMA wal_autocheckpoint = ${does ? FOLDED_AT.usually : FOLDED_AT.atMost}`),
    );
  }

  /**
   * Folds the log into the file. SQLite has the log on the disk before it touches the file, and keeps everybody waiting
   * for that; here it is brought there before, while others are served. Returns how many pages the log had.
   */
  async fold(): Promise<number> {
    // When there is no log to be opened SQLite does all of it.
    const log = await open(`${this.path}-wal`, 'r+').catch(() => null);
    await log?.datasync().catch(() => undefined);
    await log?.close();
    return this.get<{ log: number }>('PRAGMA wal_checkpoint(PASSIVE)')?.log ?? 0;
  }

  /**
   * Folds everything into the one file, so that it can be mailed or copied, and gives the lock back. False when that
   * could not be done, for a full disk: then the last edits are in the file's `-wal` beside it, and are read from there.
   */
  close(): boolean {
    this.#statements.clear();
    this.#listing.clear();
    try {
      this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;');
      return true;
    } catch {
      return false;
    } finally {
      this.#db.close();
      // Left there by a look at a file whose last program was killed; nobody else can have it open here.
      rmSync(`${this.path}-shm`, { force: true });
    }
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw asProblem(this.path, error);
    }
  }
}

/** Takes a file name that is free, even when two programs ask for it at the same instant. */
function claim(path: string): void {
  try {
    closeSync(openSync(path, 'wx'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') {
      throw new Problem('file-exists', `There is already a file ${path}.`, {
        advice: 'Choose another name; Slipway does not write over files.',
      });
    }
    if (code === 'ENOSPC') throw asProblem(path, Object.assign(new Error('disk full'), { errcode: 13 }));
    throw new Problem('file-trouble', `${path} could not be made.`, {
      cause: error instanceof Error ? error.message : String(error),
      advice: 'Look whether the folder is there and whether you may write to it.',
    });
  }
}

/** Removes a submission file of ours with what SQLite keeps beside it. */
function removeWithSiblings(path: string): void {
  for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(path + ending, { force: true });
}

function migrationNames(): string[] {
  return readdirSync(MIGRATIONS)
    .filter((name) => /^\d{3}-.*\.sql$/.test(name))
    .sort();
}

function notASubmission(path: string): Problem {
  return new Problem('not-a-submission', `${basename(path)} is not a Slipway submission file.`, {
    advice: 'Open a file whose name ends in .slipway and that Slipway made.',
  });
}

/** Looks at a file without changing a byte of it. */
function inspect(path: string, newest: number): void {
  if (!existsSync(path)) {
    throw new Problem('file-missing', `There is no file ${path}.`, {
      advice: 'Look whether it was moved or renamed, then open it from there.',
    });
  }
  // Opening a pipe would wait for ever for somebody who writes into it.
  if (!statSync(path).isFile()) throw notASubmission(path);
  let db: DatabaseSync | undefined;
  let application: number;
  let version: number;
  try {
    db = new DatabaseSync(path, { readOnly: true });
    application = pragma(db, 'application_id');
    version = pragma(db, 'user_version');
  } catch (error) {
    throw asProblem(path, error);
  } finally {
    db?.close();
  }
  if (application !== APPLICATION_ID) throw notASubmission(path);
  if (version > newest) {
    throw new Problem('newer-version', `${basename(path)} was written by a newer Slipway.`, {
      cause: `The file has format ${version}; this Slipway knows formats up to ${newest}. It was not changed.`,
      advice: 'Open it with the newer Slipway, or update this one.',
    });
  }
}

function pragma(db: DatabaseSync, name: string): number {
  return Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0] ?? 0);
}

function migrate(db: DatabaseSync, newest: number): void {
  for (let version = pragma(db, 'user_version'); version < newest; version++) {
    const name = migrationNames()[version] ?? '';
    const sql = readFileSync(new URL(name, MIGRATIONS), 'utf8');
    db.exec(
      `BEGIN IMMEDIATE; ${sql}; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${version + 1}; COMMIT;`,
    );
  }
}

function sqliteCode(error: unknown): number {
  return typeof error === 'object' && error !== null && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
}

/** Says in words what SQLite says in codes (SQLite result codes: 5, 6, 8, 10, 11, 13, 14, 26). */
function asProblem(path: string, error: unknown): unknown {
  if (error instanceof Problem) return error;
  const name = basename(path);
  const detail = error instanceof Error ? error.message : String(error);
  switch (sqliteCode(error)) {
    case 5:
    case 6:
      return new Problem('in-use', `${name} is open in another Slipway.`, {
        cause: 'Two programs writing to one submission would overwrite each other.',
        advice: 'Close it there (or wait until the upload there ends), then open it here.',
      });
    case 13:
      return new Problem('disk-full', `The disk is full: ${name} could not be saved.`, {
        cause: 'What was saved before is safe.',
        advice: 'Free some space on that disk, then repeat the last step.',
      });
    case 8:
      return new Problem('read-only', `${name} cannot be written to.`, {
        cause: 'The file or its folder is read-only for you.',
        advice: 'Copy it to a folder of yours and open the copy.',
      });
    case 11:
    case 26:
      return new Problem('damaged', `${name} is damaged or is not a submission file.`, {
        cause: detail,
        advice: 'Take a copy from your backup or from the mail it came with. This file was not changed.',
      });
    case 10:
    case 14:
      return new Problem('file-trouble', `${name} could not be read or written.`, {
        cause: detail,
        advice: 'Look whether the disk or network folder is there and whether you have rights to it.',
      });
    default:
      return error;
  }
}
