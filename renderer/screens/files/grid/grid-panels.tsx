import { ColumnFilter } from './column-filter.tsx';
import { ColumnsPanel } from './columns-panel.tsx';
import { useGridPanel } from './grid-panel-store.ts';
import { KeysPanel } from './keys-panel.tsx';
import { RenameColumn } from './rename-column.tsx';
import type { GridColumns } from './use-columns.ts';

/** The small windows over the grid: the filter of a column, its name, all columns. One at a time. */
export function GridPanels({
  submissionId,
  columns,
}: {
  readonly submissionId: string;
  readonly columns: GridColumns;
}) {
  const panel = useGridPanel((state) => state.panel);
  if (panel?.what === 'columns') {
    return <ColumnsPanel submissionId={submissionId} columns={columns} panel={panel} />;
  }
  if (panel?.what === 'keys') return <KeysPanel panel={panel} />;
  if (panel?.what !== 'filter' && panel?.what !== 'rename') return null;
  const column = columns.all.find(({ key }) => key === panel.column);
  if (!column) return null;
  return panel.what === 'filter' ? (
    <ColumnFilter key={column.key} submissionId={submissionId} column={column} panel={panel} />
  ) : (
    <RenameColumn key={column.key} submissionId={submissionId} column={column} panel={panel} />
  );
}
