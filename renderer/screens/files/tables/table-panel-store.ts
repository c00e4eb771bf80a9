import { create } from 'zustand';

/** The dialog about tables that is open, if any; `file` was dropped and is to be imported. */
export interface TablePanel {
  readonly what: 'import' | 'export' | 'report';
  readonly file: File | null;
}

export const useTablePanel = create<{ readonly panel: TablePanel | null }>()(() => ({ panel: null }));

export function openTablePanel(what: TablePanel['what'], file: File | null = null): void {
  useTablePanel.setState({ panel: { what, file } });
}

export function closeTablePanel(): void {
  useTablePanel.setState({ panel: null });
}
