import type { ColumnKey, ListColumn } from '../../../../shared/model/list-column.ts';
import type { TableCounts, TableMapping } from '../../../../shared/model/table.ts';
import { formatCount, formatCounted } from '../../../../shared/rules/format-quantities.ts';

/** Where a column of a table goes, as the value of a choice: `path`, `column …`, `new`, or '' for nowhere. */
export type Target = '' | 'path' | 'new' | `column ${ColumnKey}`;

/** Where a mapping takes a column of the table. */
export function targetOf(mapping: TableMapping, from: number): Target {
  if (mapping.pathColumn === from) return 'path';
  const found = mapping.columns.find((one) => one.from === from)?.to;
  if (found === undefined) return '';
  return 'column' in found ? `column ${found.column}` : 'new';
}

/** The mapping with a column going elsewhere. Nothing goes to one place twice: what went there before is left out. */
export function withTarget(
  mapping: TableMapping,
  from: number,
  target: Target,
  header: string,
  columns: readonly ListColumn[],
): TableMapping {
  const others = mapping.columns.filter((one) => one.from !== from);
  if (target === 'path') return { ...mapping, pathColumn: from, columns: others };
  if (target === '') return { ...mapping, columns: others };
  if (target === 'new') {
    return { ...mapping, columns: [...others, { from, to: { newColumn: header } }] };
  }
  const key = columns.find((column) => `column ${column.key}` === target)?.key;
  if (key === undefined) return mapping;
  const free = others.filter(({ to }) => !('column' in to && to.column === key));
  return { ...mapping, columns: [...free, { from, to: { column: key } }] };
}

/** What an import would do with the rows of a table, in a line. */
export function countWords(counts: TableCounts): string {
  const parts = [
    `${formatCounted(counts.matched, 'row')} ${counts.matched === 1 ? 'matches' : 'match'}`,
    counts.unmatched > 0 && `${formatCount(counts.unmatched)} match no file`,
    counts.ambiguous > 0 && `${formatCount(counts.ambiguous)} match several`,
    counts.repeated > 0 && `${formatCount(counts.repeated)} name a file again`,
  ];
  return parts.filter((part) => part !== false).join(' · ');
}

/** What of its cells an import changes, in a sentence; and what it leaves. */
export function changeWords(counts: TableCounts): string {
  const changes =
    counts.changedCells === 0
      ? 'No cell changes.'
      : `${formatCounted(counts.changedCells, 'cell')} of ${formatCounted(counts.changedEntries, 'file')} change.`;
  const refused =
    counts.refused > 0
      ? ` ${formatCounted(counts.refused, 'cell')} cannot be taken and stay as they are.`
      : '';
  const cleaned =
    counts.cleaned > 0 ? ` ${formatCounted(counts.cleaned, 'cell')} are taken without what nobody sees.` : '';
  return `${changes}${refused}${cleaned}`;
}

/** Whether a report has something to tell. */
export function hasReport(counts: TableCounts): boolean {
  return (
    counts.unmatched + counts.ambiguous + counts.repeated + counts.refused + counts.loosely + counts.cleaned >
    0
  );
}
