import type { ColumnKey } from '../../../../shared/model/list-column.ts';
import type { TableFormat } from '../../../../shared/model/table.ts';
import { delimitedLine, delimitedRows } from '../../../../shared/rules/delimited-text.ts';
import { engine } from '../../../connection.ts';
import { downloadContent, downloadText } from '../../../download.ts';
import { targetOf } from '../edit-entries.ts';
import type { FilesView } from '../files-view-store.ts';

/** Which files an export holds. */
export type Extent = 'all' | 'filter' | 'selected';

/** Saves all files, or what the filter matches, in the order of the grid. Works for any number. */
export function exportRows(
  id: string,
  extent: 'all' | 'filter',
  { filter, sort }: Pick<FilesView, 'filter' | 'sort'>,
  columns: readonly ColumnKey[],
  as: TableFormat,
): void {
  const view = { filter: extent === 'all' ? {} : filter, sort, columns };
  downloadContent({ what: 'table', id, as, view: JSON.stringify(view) });
}

/** Saves the files selected, as text. They are at most as many as go through the clipboard. */
export async function exportSelected(
  id: string,
  view: Pick<FilesView, 'filter' | 'sort' | 'selection'>,
  columns: ColumnKey[],
  as: TableFormat,
): Promise<void> {
  const entries = await targetOf(id, view);
  const { text } = await engine.call('cells.copy', {
    ...{ id, rows: { entries, sort: view.sort }, columns, headers: true },
  });
  if (as === 'csv') downloadText('files.csv', 'text/csv', withCommas(text));
  else downloadText('files.tsv', 'text/tab-separated-values', text);
}

/** The same cells with commas between them and the line ends that RFC 4180 has. */
export function withCommas(text: string): string {
  return delimitedRows(text)
    .map((row) => `${delimitedLine(row, ',')}\r\n`)
    .join('');
}
