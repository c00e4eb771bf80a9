import type { GridColumns } from '../grid/use-columns.ts';
import { ExportDialog } from './export-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { ReportDialog } from './report-dialog.tsx';
import { closeTablePanel, useTablePanel } from './table-panel-store.ts';

/** The dialogs that take tables in and give them out. */
export function TableDialogs({
  submissionId,
  columns,
  total,
}: {
  readonly submissionId: string;
  readonly columns: GridColumns;
  readonly total: number;
}) {
  const panel = useTablePanel((state) => state.panel);
  switch (panel?.what) {
    case 'import':
      return (
        <ImportDialog
          submissionId={submissionId}
          columns={columns}
          file={panel.file}
          onClose={closeTablePanel}
        />
      );
    case 'export':
      return (
        <ExportDialog submissionId={submissionId} columns={columns} total={total} onClose={closeTablePanel} />
      );
    case 'report':
      return <ReportDialog submissionId={submissionId} onClose={closeTablePanel} />;
    default:
      return null;
  }
}
