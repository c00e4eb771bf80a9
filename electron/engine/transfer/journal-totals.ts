import type { FileState } from '../../../shared/model/transfer.ts';
import type { SubmissionFile } from '../library/submission-file.ts';

interface Amount {
  readonly files: number;
  readonly bytes: number;
}

export interface Totals {
  /** Of every file that belongs to the submission. */
  readonly all: Amount;
  of(state: FileState): Amount;
}

/**
 * Sums by state, kept in step with the journal: with a million files they cannot be summed five times a second.
 */
export class StateTotals implements Totals {
  readonly #amounts = new Map<FileState, { files: number; bytes: number }>();

  constructor(rows: readonly { state: FileState; files: number; bytes: number }[]) {
    for (const { state, files, bytes } of rows) this.#amounts.set(state, { files, bytes });
  }

  get all(): Amount {
    let files = 0;
    let bytes = 0;
    for (const amount of this.#amounts.values()) {
      files += amount.files;
      bytes += amount.bytes;
    }
    return { files, bytes };
  }

  of(state: FileState): Amount {
    return this.#amounts.get(state) ?? { files: 0, bytes: 0 };
  }

  move(from: FileState, to: FileState, bytes: number): void {
    this.#add(from, -1, -bytes);
    this.#add(to, 1, bytes);
  }

  #add(state: FileState, files: number, bytes: number): void {
    const amount = this.#amounts.get(state) ?? { files: 0, bytes: 0 };
    this.#amounts.set(state, { files: amount.files + files, bytes: amount.bytes + bytes });
  }
}

/** Sums the journal by state. */
export function loadTotals(file: SubmissionFile): StateTotals {
  return new StateTotals(
    file.all<{ state: FileState; files: number; bytes: number }>(
      'SELECT state, count(*) AS files, sum(size) AS bytes FROM transfer_file WHERE wanted = 1 GROUP BY state',
    ),
  );
}
