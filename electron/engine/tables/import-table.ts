import type { CountedProgress } from '../../../shared/contract/call.ts';
import type { ImportMode, TableCounts, TableMapping } from '../../../shared/model/table.ts';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import { CellChanges } from '../library/cell-changes.ts';
import { absentColumn } from '../library/column-changes.ts';
import type { ChangeRecorder } from '../library/history.ts';
import { inTurn } from '../library/history-in-slices.ts';
import { Slices } from '../library/in-slices.ts';
import { freeTitles } from '../library/list-columns.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { RowImport } from './import-rows.ts';
import { importTargets } from './import-targets.ts';
import { PathMatcher } from './path-matcher.ts';
import { readTable } from './table-reader.ts';
import { TableReport } from './table-report.ts';

export interface ImportOptions {
  readonly mapping: TableMapping;
  readonly mode: ImportMode;
  readonly signal: AbortSignal;
  readonly progress: (progress: CountedProgress) => void;
}

const waiting = new WeakMap<SubmissionFile, Promise<unknown>>();

/** One table of an open file at a time: they share the report. */
export async function oneTableAtATime<T>(file: SubmissionFile, work: () => Promise<T>): Promise<T> {
  const mine = (waiting.get(file) ?? Promise.resolve()).then(work, work);
  waiting.set(file, mine);
  return await mine;
}

/** What the import of a table would come to; nothing is changed, and the report tells of its rows. */
export function lookAtTable(
  file: SubmissionFile,
  path: string,
  options: ImportOptions,
): Promise<{ counts: TableCounts; notices: readonly string[] }> {
  return oneTableAtATime(file, () => takeRows(file, path, options, null));
}

/**
 * Takes a table over as one step that can be undone. Rows that mean no file, or several, change nothing, nor do cells
 * that are refused: the report tells of each. Stopped, it has changed nothing.
 */
export function importTable(
  file: SubmissionFile,
  path: string,
  options: ImportOptions,
): Promise<TableCounts> {
  return oneTableAtATime(file, async () => {
    const changes = new CellChanges(file, 'import');
    try {
      const { counts, filled } = await takeRows(file, path, options, changes);
      if (changes.count === 0) return counts;
      const title = `Import ${formatCounted(counts.changedCells, 'cell')} of ${formatCounted(changes.count, 'file')}`;
      const { signal, progress } = options;
      const watched = {
        signal,
        progress: (done: number, total: number) => progress({ done, total, now: 'Writing the cells' }),
      };
      await inTurn(file, () =>
        changes.apply(title, watched, (recorder) => {
          for (const title of filled) makePresent(file, recorder, title);
        }),
      );
      return counts;
    } finally {
      changes.forget();
    }
  });
}

/** Makes sure that a free column is there: it may be new, or taken away while the table was read. */
function makePresent(file: SubmissionFile, recorder: ChangeRecorder, title: string): void {
  if (freeTitles(file).includes(title)) return;
  const number = absentColumn(file, title);
  recorder.cells('free_column', ['present'], 'number = ?', number);
  file.run('UPDATE free_column SET present = 1 WHERE number = ?', number);
}

async function takeRows(
  file: SubmissionFile,
  path: string,
  { mapping, mode, signal, progress }: ImportOptions,
  changes: CellChanges | null,
) {
  const targets = importTargets(file, mapping);
  const table = await readTable(path, mapping.sheet, { signal });
  try {
    const report = new TableReport(file);
    progress({ done: 0, total: null, now: 'Reading the table' });
    const matcher = await PathMatcher.of(file, signal);
    const rows = new RowImport(file, { mapping, mode, targets }, matcher, report, changes);
    const slices = new Slices();
    for await (const some of table.rows()) {
      await rows.take(some);
      const { counts } = report;
      progress({
        done: counts.rows,
        total: null,
        now: `${formatCounted(counts.rows, 'row')} compared with the files`,
      });
      await slices.turn();
    }
    return { counts: report.counts, notices: table.notices(), filled: rows.filled };
  } finally {
    await table.close();
  }
}
