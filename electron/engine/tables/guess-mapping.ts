import type { ListColumn } from '../../../shared/model/list-column.ts';
import { Problem } from '../../../shared/model/problem.ts';
import type { TableMapping } from '../../../shared/model/table.ts';
import { titleKey } from '../../../shared/rules/titles.ts';
import { checkTitle, columnCalled, listColumns } from '../library/list-columns.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import type { PathMatcher } from './path-matcher.ts';
import type { TableRow } from './table-row.ts';

/** Headers under which tables name files, the likeliest first. */
const pathHeaders = [
  ...['path', 'files', 'file path', 'filepath', 'file', 'file name', 'filename', 'path at the archive'],
  ...['remote path', 'relative path', 'name', 'image', 'mask'],
];
/** Rows and columns in which files are looked for. */
const MOST_TRIED = 100;
const MOST_COLUMNS = 60;
/** Columns that can be taken over; a table of people has fewer. */
const MOST_MAPPED = 300;

export interface GuessedColumn {
  readonly from: number;
  readonly header: string;
  /** Why it is not taken over; else ''. */
  readonly trouble: string;
}

/** Guesses from its first rows how a table is laid out: which column names files, where headers stand, what goes where. */
export async function guessMapping(
  file: SubmissionFile,
  matcher: PathMatcher,
  rows: readonly TableRow[],
  sheet: string | null,
): Promise<TableMapping> {
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const { pathColumn, firstMatch } = await pathColumnOf(matcher, filled);
  const headerRow = headerRowOf(filled, pathColumn, firstMatch);
  const { mapping } = mappedColumns(file, rows, headerRow, pathColumn);
  return { sheet, headerRow, pathColumn, columns: mapping };
}

async function pathColumnOf(matcher: PathMatcher, rows: readonly TableRow[]) {
  const tried = rows.slice(0, MOST_TRIED);
  const width = Math.min(MOST_COLUMNS, Math.max(1, ...tried.map(({ cells }) => cells.length)));
  let best = { pathColumn: 0, firstMatch: 0, score: 0 };
  for (let column = 0; column < width; column++) {
    const texts = tried.map(({ cells }) => cells[column] ?? '');
    // Comparing what cannot be a path with a million of them takes its time.
    const matches = await matcher.match(texts.map((text) => (isLikePath(text) ? text : '')));
    const hits = matches.filter(({ what }) => what !== 'none').length;
    const firstHit = matches.findIndex(({ what }) => what === 'file');
    const named = Math.max(
      0,
      ...tried.slice(0, 20).map(({ cells }) => pathHeaderWeight(cells[column] ?? '')),
    );
    const score = hits * 100 + named;
    if (score > best.score) {
      best = { pathColumn: column, firstMatch: firstHit < 0 ? 0 : (tried[firstHit]?.row ?? 0), score };
    }
  }
  return best;
}

function isLikePath(text: string): boolean {
  return /[/\\]|\.[A-Za-z0-9]{1,8}\s*$/.test(text);
}

function pathHeaderWeight(cell: string): number {
  const at = pathHeaders.indexOf(titleKey(cell));
  return at < 0 ? 0 : pathHeaders.length - at;
}

/** The row with headers: one that names the path column, else the last filled one above the first row of a file. */
function headerRowOf(rows: readonly TableRow[], pathColumn: number, firstMatch: number): number {
  const named = rows.slice(0, 20).find(({ cells }) => pathHeaderWeight(cells[pathColumn] ?? '') > 0);
  if (named !== undefined && (firstMatch === 0 || named.row < firstMatch)) return named.row;
  if (firstMatch === 0) return rows[0]?.row ?? 0;
  const above = rows.filter(({ row, cells }) => row < firstMatch && (cells[pathColumn] ?? '').trim() !== '');
  return above.at(-1)?.row ?? 0;
}

/** Every column of a table but that of paths: its header, and where it goes by that. */
export function mappedColumns(
  file: SubmissionFile,
  rows: readonly TableRow[],
  headerRow: number,
  pathColumn: number,
): { mapping: TableMapping['columns']; columns: GuessedColumn[] } {
  const headers = rows.find(({ row }) => row === headerRow)?.cells ?? [];
  const widest = Math.max(headers.length, ...rows.map(({ cells }) => cells.length), 0);
  const width = Math.min(MOST_MAPPED, widest);
  const known = listColumns(file);
  const taken = new Set<string>();
  const mapping: TableMapping['columns'] = [];
  const columns: GuessedColumn[] = [];
  for (let from = 0; from < width; from++) {
    const header = (headers[from] ?? '').trim();
    const to = from === pathColumn ? { trouble: '' } : target(file, known, header, taken);
    columns.push({ from, header, trouble: 'trouble' in to ? to.trouble : '' });
    if (!('trouble' in to)) mapping.push({ from, to });
  }
  return { mapping: mapping.slice(0, 200), columns };
}

function target(
  file: SubmissionFile,
  known: readonly ListColumn[],
  header: string,
  taken: Set<string>,
): TableMapping['columns'][number]['to'] | { trouble: string } {
  if (header === '') return { trouble: 'It has no header.' };
  const column = columnCalled(known, header) ?? aliased(known, header);
  if (column && !column.editable) return { trouble: 'It follows from the file.' };
  const key = column?.key ?? titleKey(header);
  if (taken.has(key)) return { trouble: 'A column before it goes to the same place.' };
  if (column === undefined) {
    const trouble = titleTrouble(file, header);
    if (trouble !== null) return { trouble };
  }
  taken.add(key);
  return column === undefined ? { newColumn: header } : { column: column.key };
}

/** Headers that the archive's own lists have for what Slipway calls otherwise. */
function aliased(known: readonly ListColumn[], header: string): ListColumn | undefined {
  const key = titleKey(header).replace(/[\s_]+/g, ' ');
  if (key === 'source image association') return known.find(({ title }) => title === 'Source Image');
  const spaced = known.filter(({ title }) => titleKey(title).replace(/[\s_]+/g, ' ') === key);
  return spaced.length === 1 ? spaced[0] : undefined;
}

function titleTrouble(file: SubmissionFile, header: string): string | null {
  try {
    checkTitle(file, header);
    return null;
  } catch (error) {
    if (error instanceof Problem) return error.why ?? error.message;
    throw error;
  }
}
