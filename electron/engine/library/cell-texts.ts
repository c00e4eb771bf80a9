import { type ColumnKey, headerOf } from '../../../shared/model/list-column.ts';
import { columnSql } from './column-sql.ts';
import { annotationBlocks } from './list-columns.ts';
import type { SubmissionFile } from './submission-file.ts';
import { profileOfFile } from './submission-row.ts';

/** Cells of entries as text, in the order of the ids; ids that are not there are left out. */
export type ReadCells = (ids: readonly number[]) => { id: number; cells: string[] }[];

type Value = string | number | null;

/**
 * Reads what stands in columns, as people see it: an annotation type that follows the annotation, a source image that
 * follows the pair, an annotation by its title, times as ISO 8601 UTC. One query for some entries at a time.
 */
export function cellReader(file: SubmissionFile, columns: readonly ColumnKey[]): ReadCells {
  const profile = profileOfFile(file);
  const blocks = new Map(annotationBlocks(file).map(({ value, title }) => [value, title]));
  const selects: string[] = [];
  const toText: ((row: readonly Value[], free: Readonly<Record<string, unknown>>) => string)[] = [];
  for (const column of columns) {
    const header = headerOf(column);
    if (header !== null && header !== 'Annotation Type' && header !== 'Source Image') {
      toText.push((_row, free) => textOf(free[header]));
      continue;
    }
    const at = selects.push(columnSql(profile, column).sql) + 1;
    if (column === 'modified') toText.push((row) => isoTime(row[at]));
    else if (column === 'annotationBlock') toText.push((row) => blocks.get(textOf(row[at])) ?? '');
    else toText.push((row) => textOf(row[at]));
  }
  const sql = `SELECT ${['e.id', 'e.columns', ...selects].join(', ')}
    FROM json_each(?) asked CROSS JOIN entry e ON e.id = asked.value ORDER BY asked.key`;
  const nothing = {};
  return (ids) =>
    file.tuples<Value>(sql, JSON.stringify(ids)).map((row) => {
      const free = row[1] === '{}' ? nothing : (JSON.parse(textOf(row[1])) as Record<string, unknown>);
      return { id: Number(row[0]), cells: toText.map((of) => of(row, free)) };
    });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

function isoTime(milliseconds: Value | undefined): string {
  const time = new Date(Number(milliseconds ?? 0));
  return Number.isNaN(time.getTime()) ? '' : time.toISOString();
}
