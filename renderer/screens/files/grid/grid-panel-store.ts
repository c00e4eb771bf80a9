import { create } from 'zustand';
import type { ColumnKey } from '../../../../shared/model/list-column.ts';

/** The small window that is open over the grid, if any. */
export type GridPanel =
  | { readonly what: 'filter' | 'rename' | 'menu'; readonly column: ColumnKey }
  | { readonly what: 'columns' | 'go-to' | 'keys' };

export const useGridPanel = create<{ readonly panel: GridPanel | null }>()(() => ({ panel: null }));

export function openPanel(panel: GridPanel): void {
  useGridPanel.setState({ panel });
}

/** Closes the panel that is open; another one that took its place stays. */
export function closePanel(panel: GridPanel): void {
  useGridPanel.setState((now) => (now.panel === panel ? { panel: null } : now));
}

/** The element that a panel of a column stands below. */
export function headId(key: ColumnKey): string {
  return `entry-head-${key}`;
}

export const gridId = 'entry-grid';

/** Gives the focus back to the grid. */
export function focusGrid(): void {
  document.getElementById(gridId)?.focus({ preventScroll: true });
}
