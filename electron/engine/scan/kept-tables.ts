import type { SubmissionFile } from '../library/submission-file.ts';

/** Something made of the index that lies in temporary tables. */
export interface Closable {
  close(): void;
}

export interface Lent<T> {
  readonly value: T;
  /** To be called once it is not needed any more. */
  readonly release: () => void;
}

interface Held<T> {
  readonly value: T;
  readonly version: string;
  users: number;
}

const runs = new WeakMap<SubmissionFile, number>();
let changing = 0;

/** To be called when entries are paired anew: tables made of their names and kinds before may be old. */
export function forgetTables(file: SubmissionFile): void {
  runs.set(file, (runs.get(file) ?? 0) + 1);
}

/**
 * Keeps what took long to make until the index changes: rows that come or go, and kinds, sources or rules that change
 * are followed by pairing anew. One that is in use is closed when its last user is done.
 */
export class KeptTables<T extends Closable> {
  readonly #held = new WeakMap<SubmissionFile, Map<string, Held<T>>>();

  async lend(file: SubmissionFile, name: string, make: () => Promise<T>): Promise<Lent<T>> {
    const held = this.#held.get(file) ?? new Map<string, Held<T>>();
    this.#held.set(file, held);
    const version = versionOf(file);
    const known = held.get(name);
    if (known?.version === version) return lent(known, held, name);
    const made: Held<T> = { value: await make(), version, users: 0 };
    const before = held.get(name);
    held.set(name, made);
    if (before?.users === 0) before.value.close();
    return lent(made, held, name);
  }
}

function lent<T extends Closable>(one: Held<T>, held: Map<string, Held<T>>, name: string): Lent<T> {
  one.users++;
  return {
    value: one.value,
    release: () => {
      one.users--;
      if (one.users === 0 && held.get(name) !== one) one.value.close();
    },
  };
}

function versionOf(file: SubmissionFile): string {
  const stale = file.get<{ n: number }>('SELECT pairs_stale AS n FROM submission')?.n ?? 0;
  const last = file.get<{ n: number | null }>('SELECT max(id) AS n FROM entry')?.n ?? 0;
  // While a scan goes on nothing is kept: kinds may change at any time.
  return stale === 1 ? `changing ${changing++}` : `${last} ${runs.get(file) ?? 0}`;
}
