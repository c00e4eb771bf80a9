import type { EntryEdit } from '../../../shared/model/entry.ts';
import type { ListColumn } from '../../../shared/model/list-column.ts';
import type { ImportMode, Reported, TableMapping } from '../../../shared/model/table.ts';
import { formatCount } from '../../../shared/rules/format-quantities.ts';
import type { CellChanges } from '../library/cell-changes.ts';
import { cellChange, joinedEdit } from '../library/cell-edit.ts';
import { cellReader, type ReadCells } from '../library/cell-texts.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import type { ImportTarget } from './import-targets.ts';
import type { Match, PathMatcher } from './path-matcher.ts';
import type { TableReport } from './table-report.ts';
import type { TableRow } from './table-row.ts';

/** Rows without a file for which near paths are looked up. */
const MOST_SUGGESTED = 2000;
/** Rows and cells that were taken after all are told this many times; all that were not taken are. */
const MOST_MENDED = 10_000;

export interface ImportPlan {
  readonly mapping: TableMapping;
  readonly mode: ImportMode;
  readonly targets: readonly ImportTarget[];
}

/** Takes the rows of a table one batch after the other: finds their files, compares their cells, reports what is odd. */
export class RowImport {
  readonly #plan: ImportPlan;
  readonly #matcher: PathMatcher;
  readonly #report: TableReport;
  readonly #changes: CellChanges | null;
  readonly #read: ReadCells;
  /** Row that named each entry first. */
  readonly #rowOf: Uint32Array;
  /** Free columns that get a value. */
  readonly filled = new Set<string>();

  /** @param changes gets what is to be written; null to look only */
  constructor(
    file: SubmissionFile,
    plan: ImportPlan,
    matcher: PathMatcher,
    report: TableReport,
    changes: CellChanges | null,
  ) {
    this.#plan = plan;
    this.#matcher = matcher;
    this.#report = report;
    this.#changes = changes;
    this.#read = cellReader(
      file,
      plan.targets.map(({ column }) => column.key),
    );
    const last = file.get<{ id: number | null }>('SELECT max(id) AS id FROM entry')?.id ?? 0;
    this.#rowOf = new Uint32Array(last + 1);
  }

  async take(rows: readonly TableRow[]): Promise<void> {
    const { headerRow, pathColumn } = this.#plan.mapping;
    const about = rows.filter(
      ({ row, cells }) => row > headerRow && cells.some((cell) => cell.trim() !== ''),
    );
    const matches = await this.#matcher.match(about.map(({ cells }) => cells[pathColumn] ?? ''));
    const matched: { row: TableRow; entryId: number }[] = [];
    for (const [at, row] of about.entries()) {
      this.#report.counts.rows += 1;
      const match = matches[at] ?? { what: 'none' };
      const entryId = await this.#entryOf(row, match);
      if (entryId !== null) matched.push({ row, entryId });
    }
    const now = new Map(
      this.#read(matched.map(({ entryId }) => entryId)).map(({ id, cells }) => [id, cells]),
    );
    const edits = matched.flatMap(({ row, entryId }) => {
      const edit = this.#editOf(row, now.get(entryId) ?? []);
      return edit === null ? [] : [{ entryId, edit }];
    });
    this.#report.counts.changedEntries += edits.length;
    this.#changes?.add(edits);
    this.#report.keep();
  }

  /** Counts what a row means; the entry, or null, with a word in the report, when that is not one file. */
  async #entryOf(row: TableRow, match: Match): Promise<number | null> {
    const { counts } = this.#report;
    switch (match.what) {
      case 'none':
        counts.unmatched += 1;
        this.#tell(
          'unmatched',
          row,
          this.#pathOf(row).trim() === ''
            ? 'The row names no file.'
            : 'No file of this submission is called so.',
          counts.unmatched <= MOST_SUGGESTED ? await this.#matcher.near(this.#pathOf(row)) : [],
        );
        return null;
      case 'several':
        counts.ambiguous += 1;
        this.#tell('ambiguous', row, `${severalFiles(match.count)} may be meant.`, match.paths);
        return null;
      case 'file': {
        const first = this.#rowOf[match.entryId] ?? 0;
        if (first > 0) {
          counts.repeated += 1;
          this.#tell('repeated', row, `Row ${formatCount(first)} is about the same file.`, [match.path]);
          return null;
        }
        this.#rowOf[match.entryId] = row.row;
        counts.matched += 1;
        if (!match.isExact) {
          counts.loosely += 1;
          if (counts.loosely <= MOST_MENDED) {
            this.#tell('loosely', row, 'The path is written otherwise; only this file fits.', [match.path]);
          }
        }
        return match.entryId;
      }
    }
  }

  /** What the cells of a row change of its entry, whose cells say `now`; null when nothing. */
  #editOf(row: TableRow, now: readonly string[]): EntryEdit | null {
    const { mode, targets } = this.#plan;
    const { counts } = this.#report;
    let edit: EntryEdit | null = null;
    for (const [at, { from, column }] of targets.entries()) {
      const text = row.cells[from] ?? '';
      const present = now[at] ?? '';
      const isEmpty = text.trim() === '';
      if (isEmpty && (mode.empty === 'keep' || present === '' || isNeverEmpty(column))) continue;
      if (mode.cells === 'only-empty' && present !== '') continue;
      if (row.errors?.includes(from)) {
        counts.refused += 1;
        this.#tell('refused', row, 'The spreadsheet shows an error here, not a value.', [], column, text);
        continue;
      }
      const change = cellChange(column, text, present);
      if (change.what === 'refused') {
        counts.refused += 1;
        this.#tell('refused', row, change.reason, [], column, text);
      } else if (change.what === 'change') {
        edit = joinedEdit(edit ?? {}, change.edit);
        counts.changedCells += 1;
        if (column.kind === 'free') this.filled.add(column.title);
        if (change.cleaned) this.#cleaned(row, column, text);
      }
    }
    return edit;
  }

  #cleaned(row: TableRow, column: ListColumn, text: string): void {
    const { counts } = this.#report;
    counts.cleaned += 1;
    if (counts.cleaned > MOST_MENDED) return;
    const reason = 'Line ends, tabs or characters that nobody sees were taken out.';
    this.#tell('cleaned', row, reason, [], column, text);
  }

  #pathOf(row: TableRow): string {
    return row.cells[this.#plan.mapping.pathColumn] ?? '';
  }

  #tell(
    what: Reported,
    row: TableRow,
    reason: string,
    near: readonly string[] = [],
    column?: ListColumn,
    value = '',
  ): void {
    const path = this.#pathOf(row);
    this.#report.add({ what, row: row.row, path, column: column?.title ?? '', value, reason, near });
  }
}

/** Cells that always say something: an empty one in the table says nothing about them. */
function isNeverEmpty({ key }: ListColumn): boolean {
  return key === 'kind' || key === 'send' || key === 'remotePath';
}

function severalFiles(count: number): string {
  return count > 200 ? 'More than 200 files' : `${formatCount(count)} files`;
}
