import type { GridColumns } from '../grid/use-columns.ts';
import { useTablePanel } from './table-panel-store.ts';

/** The dialogs that take tables in and give them out. */
export function TableDialogs(_props: {
  readonly submissionId: string;
  readonly columns: GridColumns;
  readonly total: number;
}) {
  const panel = useTablePanel((state) => state.panel);
  return panel === null ? null : null;
}
