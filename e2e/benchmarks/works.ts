import type { BenchRow } from './bench-row.ts';

/** What a work is given to run with. */
export interface Bench {
  /** A temporary folder of its own, removed at the end unless `--keep` was said. */
  readonly folder: string;
  /** Paired rounds to run. */
  readonly rounds: number;
  /** How many files or rows a tree or table has; null: as many as the reach speaks of. */
  readonly files: number | null;
  /** Hands on a row as soon as it is measured. */
  row(row: BenchRow): void;
  /** Something to know about the rows, for people only. */
  note(text: string): void;
}

export interface Work {
  readonly about: string;
  run(bench: Bench): Promise<void>;
}

/**
 * Every work that `npm run bench` knows, by name. A work is a module of its own that exports `work`; it is loaded
 * only when it is asked for.
 */
export const works: Readonly<Record<string, () => Promise<{ work: Work }>>> = {
  'file-list': () => import('./file-list-work.ts'),
  grid: () => import('./grid-work.ts'),
  scan: () => import('./scan/scan-work.ts'),
  window: () => import('./window/window-work.ts'),
};
