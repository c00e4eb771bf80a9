import { type ColumnKey, cellColumn, type ListColumn } from '../../../shared/model/list-column.ts';
import { Problem } from '../../../shared/model/problem.ts';
import type { TableMapping } from '../../../shared/model/table.ts';
import { cleanCell } from '../../../shared/rules/cell-values.ts';
import { checkTitle, columnCalled, columnOf, listColumns } from '../library/list-columns.ts';
import type { SubmissionFile } from '../library/submission-file.ts';

/** Where the cells of one column of a table go. */
export interface ImportTarget {
  /** Column of the table, from 0. */
  readonly from: number;
  /** One that is there, or a free one that comes with the import. */
  readonly column: ListColumn;
}

/** The columns that a mapping means; a Problem when one cannot be written, or two go to the same. */
export function importTargets(file: SubmissionFile, mapping: TableMapping): ImportTarget[] {
  const columns = listColumns(file);
  const targets = mapping.columns.map(({ from, to }): ImportTarget => {
    if ('column' in to) return { from, column: columnOf(file, to.column) };
    const title = cleanCell(to.newColumn);
    const there = columnCalled(columns, title);
    if (there?.editable) return { from, column: there };
    checkTitle(file, title);
    return { from, column: newColumn(title) };
  });
  const taken = new Set<ColumnKey>();
  for (const { column } of targets) {
    if (!column.editable) {
      throw new Problem('wrong-mapping', `“${column.title}” follows from the file and cannot be imported.`, {
        advice: 'Leave this column of the table out.',
      });
    }
    if (taken.has(column.key)) {
      throw new Problem('wrong-mapping', `Two columns of the table go to “${column.title}”.`, {
        advice: 'Leave one of them out.',
      });
    }
    taken.add(column.key);
  }
  return targets;
}

/** A free column before it is there. */
function newColumn(title: string): ListColumn {
  return {
    ...{ key: cellColumn(title), title, kind: 'free', level: 'optional', type: 'text' },
    ...{ editable: true, distinct: false, help: '', vocabulary: null, hidden: false, width: null },
  };
}
