import { type EntrySort, entrySortSchema } from '../../../../shared/contract/file-calls.ts';
import type { ListColumn } from '../../../../shared/model/list-column.ts';
import type { MenuItem } from '../../../components/menu.tsx';
import { plainSort, setSort } from '../files-view-store.ts';
import { frozen } from './column-order.ts';
import { widthOf } from './column-widths.ts';
import { removeColumn } from './free-columns.ts';
import { openPanel } from './grid-panel-store.ts';
import type { GridColumns } from './use-columns.ts';

/** What the grid can be sorted by for a column; null when it cannot. */
export function sortKey(column: ListColumn): EntrySort['by'] | null {
  return entrySortSchema.shape.by.safeParse(column.key).data ?? null;
}

const widthStep = 32;

/** Everything that can be done with a column, for the menu in its head. */
export function columnMenu(
  submissionId: string,
  column: ListColumn,
  columns: GridColumns,
  sort: EntrySort,
): readonly MenuItem[] {
  const by = sortKey(column);
  const place = columns.shown.findIndex(({ key }) => key === column.key);
  const words = orderWords(column);
  const sorted = (descending: boolean) => sort.by === by && sort.descending === descending;
  const isPlain = sort.by === plainSort.by && !sort.descending;
  return [
    ...(by === null
      ? []
      : [
          { label: words[0], checked: sorted(false), onSelect: () => setSort({ by, descending: false }) },
          { label: words[1], checked: sorted(true), onSelect: () => setSort({ by, descending: true }) },
          ...(isPlain || sort.by !== by
            ? []
            : [{ label: 'Sort by path again', onSelect: () => setSort(plainSort) }]),
          'line' as const,
        ]),
    { label: 'Filter…', icon: 'filter', onSelect: () => openPanel({ what: 'filter', column: column.key }) },
    'line',
    {
      label: 'Wider',
      shortcut: 'shift+→',
      onSelect: () => columns.widen(column.key, widthOf(column) + widthStep),
    },
    {
      label: 'Narrower',
      shortcut: 'shift+←',
      onSelect: () => columns.widen(column.key, widthOf(column) - widthStep),
    },
    ...(column.width === null
      ? []
      : [{ label: 'Width as before', onSelect: () => columns.widen(column.key, null) }]),
    ...(column.key === frozen
      ? []
      : ([
          'line',
          {
            label: 'Move left',
            icon: 'arrowLeft',
            shortcut: 'mod+shift+←',
            disabled: place <= 1,
            onSelect: () => columns.step(column.key, -1),
          },
          {
            label: 'Move right',
            icon: 'arrowRight',
            shortcut: 'mod+shift+→',
            disabled: place === columns.shown.length - 1,
            onSelect: () => columns.step(column.key, 1),
          },
          { label: 'Hide', onSelect: () => columns.show(column.key, false) },
        ] as const)),
    ...(column.kind === 'free'
      ? ([
          'line',
          {
            label: 'Rename…',
            icon: 'pencil',
            onSelect: () => openPanel({ what: 'rename', column: column.key }),
          },
          {
            label: 'Remove with its cells',
            icon: 'trash',
            danger: true,
            onSelect: () => void removeColumn(submissionId, column),
          },
        ] as const)
      : []),
    'line',
    { label: 'All columns…', icon: 'table', onSelect: () => openPanel({ what: 'columns' }) },
  ];
}

function orderWords(column: ListColumn): readonly [string, string] {
  if (column.type === 'bytes' || column.type === 'count') return ['Smallest first', 'Largest first'];
  if (column.type === 'time') return ['Oldest first', 'Newest first'];
  if (column.key === 'findings') return ['Fewest first', 'Most first'];
  return ['Sort A to Z', 'Sort Z to A'];
}
