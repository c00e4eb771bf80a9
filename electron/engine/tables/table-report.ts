import type { Reported, ReportRow, TableCounts } from '../../../shared/model/table.ts';
import { delimitedLine } from '../../../shared/rules/delimited-text.ts';
import type { SubmissionFile } from '../library/submission-file.ts';

/** Text of a cell that is kept for the report. */
const MOST_CHARACTERS = 500;

const noCounts: TableCounts = {
  ...{ rows: 0, matched: 0, unmatched: 0, ambiguous: 0, repeated: 0, loosely: 0 },
  ...{ refused: 0, cleaned: 0, changedCells: 0, changedEntries: 0 },
};
const lastCounts = new WeakMap<SubmissionFile, TableCounts>();

interface Stored extends Omit<ReportRow, 'near'> {
  readonly near: string;
}

/**
 * What the last preview or import of a table told of rows and cells: in a temporary table of the open file, which SQLite
 * keeps on the disk when it is large. A new one forgets the one before.
 */
export class TableReport {
  readonly #file: SubmissionFile;
  readonly counts: TableCounts = { ...noCounts };
  #waiting: ReportRow[] = [];

  constructor(file: SubmissionFile) {
    this.#file = file;
    makeTable(file);
    file.run('DELETE FROM temp.table_report');
    lastCounts.set(file, this.counts);
  }

  add(row: Omit<ReportRow, 'near'> & { readonly near?: readonly string[] }): void {
    const short = (text: string) =>
      text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
    const { path, value, near = [] } = row;
    this.#waiting.push({ ...row, path: short(path), value: short(value), near: [...near] });
  }

  /** Writes what was added; call it now and then. */
  keep(): void {
    if (this.#waiting.length === 0) return;
    this.#file.run(
      `INSERT INTO temp.table_report (what, row, path, "column", value, reason, near)
       SELECT value ->> 'what', value ->> 'row', value ->> 'path', value ->> 'column', value ->> 'value',
         value ->> 'reason', value ->> 'near' FROM json_each(?)`,
      JSON.stringify(this.#waiting),
    );
    this.#waiting = [];
  }
}

function makeTable(file: SubmissionFile): void {
  file.run(`CREATE TEMP TABLE IF NOT EXISTS table_report (id INTEGER PRIMARY KEY, what TEXT NOT NULL,
    row INTEGER NOT NULL, path TEXT NOT NULL, "column" TEXT NOT NULL, value TEXT NOT NULL, reason TEXT NOT NULL,
    near TEXT NOT NULL)`);
  file.run('CREATE INDEX IF NOT EXISTS temp.table_report_by_what ON table_report (what, id)');
}

/** Rows of the last report; empty when nothing was previewed or imported since the file was opened. */
export function reportPage(
  file: SubmissionFile,
  query: { readonly what?: Reported | undefined; readonly offset: number; readonly limit: number },
): { total: number; counts: TableCounts; rows: ReportRow[] } {
  makeTable(file);
  const where = query.what === undefined ? 'TRUE' : 'what = ?';
  const parameters = query.what === undefined ? [] : [query.what];
  const total =
    file.get<{ total: number }>(
      `SELECT count(*) AS total FROM temp.table_report WHERE ${where}`,
      ...parameters,
    )?.total ?? 0;
  const rows = file.all<Stored>(
    `SELECT what, row, path, "column", value, reason, near FROM temp.table_report WHERE ${where}
     ORDER BY id LIMIT ? OFFSET ?`,
    ...[...parameters, query.limit, query.offset],
  );
  return { total, counts: lastCounts.get(file) ?? noCounts, rows: rows.map(toRow) };
}

function toRow({ near, ...row }: Stored): ReportRow {
  return { ...row, near: JSON.parse(near) as string[] };
}

const ROWS_AT_ONCE = 1000;
const headers = ['Row', 'What', 'Path', 'Column', 'Value', 'Reason', 'Nearest'];

/** The last report as tab-separated text, some rows at a time. */
export function* reportText(file: SubmissionFile): Generator<{ text: string; rows: number }> {
  makeTable(file);
  yield { text: `${delimitedLine(headers, '\t')}\n`, rows: 0 };
  for (let after = 0; ; ) {
    const found = file.all<Stored & { readonly id: number }>(
      `SELECT id, what, row, path, "column", value, reason, near FROM temp.table_report WHERE id > ?
       ORDER BY id LIMIT ${ROWS_AT_ONCE}`,
      after,
    );
    const last = found.at(-1);
    if (last === undefined) return;
    after = last.id;
    const lines = found
      .map(toRow)
      .map(({ row, what, path, column, value, reason, near }) =>
        delimitedLine([String(row), what, path, column, value, reason, near.join(' | ')], '\t'),
      );
    yield { text: `${lines.join('\n')}\n`, rows: found.length };
  }
}
