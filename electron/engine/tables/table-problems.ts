import { basename } from 'node:path';

/**
 * Why a table cannot be read, in words. The thread that reads has no more of the program than it needs to begin at
 * once; the engine makes a Problem of this.
 */
export class UnreadableTable extends Error {
  override readonly name = 'UnreadableTable';
  readonly why: string;
  readonly advice: string;

  constructor(path: string, why: string, advice?: string) {
    super(`${basename(path)} cannot be read as a table.`);
    this.why = why;
    this.advice = advice ?? 'Save it once more as .xlsx or as tab-separated text, then import that.';
  }
}

/** An error of a reader as what a table's thread may say: a fault of any kind means that the table cannot be read. */
export function asUnreadable(path: string, error: unknown): UnreadableTable {
  if (error instanceof UnreadableTable) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new UnreadableTable(path, `It is damaged or of another kind: ${detail.slice(0, 300)}`);
}
