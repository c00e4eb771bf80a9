import type { EntrySort } from '../../../../shared/contract/file-calls.ts';

export interface GridColumn {
  readonly id: string;
  readonly title: string;
  readonly sort: EntrySort['by'] | null;
}

/** The columns of the grid after the tick box. Narrow windows leave some out; the inspector has them all. */
export const columns: readonly GridColumn[] = [
  { id: 'name', title: 'Name', sort: 'path' },
  { id: 'kind', title: 'Kind', sort: 'kind' },
  { id: 'size', title: 'Size', sort: 'size' },
  { id: 'findings', title: 'Findings', sort: 'findings' },
  { id: 'pair', title: 'Paired with', sort: null },
  { id: 'remote', title: 'Name at the archive', sort: null },
  { id: 'source', title: 'Source image', sort: null },
  { id: 'type', title: 'Annotation type', sort: null },
];
