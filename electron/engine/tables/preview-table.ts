import type { TableCounts, TableMapping, TableShape } from '../../../shared/model/table.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { type GuessedColumn, guessMapping, mappedColumns } from './guess-mapping.ts';
import { type ImportOptions, lookAtTable, oneTableAtATime } from './import-table.ts';
import { PathMatcher } from './path-matcher.ts';
import { readTable } from './table-reader.ts';
import type { TableRow } from './table-row.ts';

/** Rows that a guess is made from, and those that are shown. */
const MOST_SAMPLED = 200;
const MOST_SHOWN = 20;
/** Columns and characters of a cell that are shown. */
const MOST_COLUMNS = 60;
const MOST_CHARACTERS = 300;

export interface TablePreview {
  readonly shape: TableShape;
  readonly mapping: TableMapping;
  readonly columns: GuessedColumn[];
  readonly counts: TableCounts;
}

/** Says what a table holds and what its import would come to; nothing is changed. */
export async function previewTable(
  file: SubmissionFile,
  path: string,
  options: Omit<ImportOptions, 'mapping'> & {
    readonly sheet?: string | undefined;
    readonly mapping?: TableMapping | undefined;
  },
): Promise<TablePreview> {
  const { signal } = options;
  const sheet = options.mapping?.sheet ?? options.sheet ?? null;
  const { head, rows } = await sampled(path, sheet, signal);
  const mapping =
    options.mapping ??
    (await oneTableAtATime(file, async () =>
      guessMapping(file, await PathMatcher.of(file, signal), rows, sheet),
    ));
  const { counts, notices } = await lookAtTable(file, path, { ...options, mapping });
  const isText = head.format === 'text';
  return {
    shape: {
      format: isText ? (head.separator === '\t' ? 'tsv' : 'csv') : 'xlsx',
      encoding: head.encoding,
      separator: isText ? (separatorNames[head.separator] ?? '') : '',
      sheets: [...head.sheets],
      notices: [...notices],
      rows: rows.slice(0, MOST_SHOWN).map(({ row, cells }) => ({
        row,
        cells: cells.slice(0, MOST_COLUMNS).map((cell) => cell.slice(0, MOST_CHARACTERS)),
      })),
    },
    mapping,
    columns: mappedColumns(file, rows, mapping.headerRow, mapping.pathColumn).columns,
    counts,
  };
}

const separatorNames: Readonly<Record<string, string>> = { '\t': 'tab', ',': 'comma', ';': 'semicolon' };

async function sampled(path: string, sheet: string | null, signal: AbortSignal) {
  const table = await readTable(path, sheet, { signal });
  const rows: TableRow[] = [];
  try {
    for await (const some of table.rows()) {
      rows.push(...some);
      if (rows.length >= MOST_SAMPLED) break;
    }
    return { head: table.head, rows: rows.slice(0, MOST_SAMPLED) };
  } finally {
    await table.close();
  }
}
