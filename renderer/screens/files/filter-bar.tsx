import { useEffect, useState } from 'react';
import { entryKindSchema } from '../../../shared/model/entry.ts';
import { findingLevelSchema } from '../../../shared/model/finding.ts';
import { formatBytes, formatCounted } from '../../../shared/rules/format-quantities.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { SearchInput } from '../../components/field.tsx';
import { Menu, type MenuItem } from '../../components/menu.tsx';
import { kindIcon, kindTitle } from './entry-words.ts';
import { clearFilter, setFilter, useFilesView } from './files-view-store.ts';
import styles from './filter-bar.module.css';
import { FilterChips } from './filter-chips.tsx';
import { levelTitle } from './filter-words.ts';
import { GoToField } from './grid/go-to-field.tsx';
import { openPanel } from './grid/grid-panel-store.ts';
import type { GridColumns } from './grid/use-columns.ts';
import { openTablePanel } from './tables/table-panel-store.ts';
import type { EntryRows } from './use-entry-pages.ts';

/** Narrows the grid, leads to a row of it, and holds what is done to its columns and with tables. */
export function FilterBar({
  submissionId,
  rows,
  columns,
}: {
  readonly submissionId: string;
  readonly rows: EntryRows;
  readonly columns: GridColumns;
}) {
  const filter = useFilesView((view) => view.filter);
  const kept = filter.text ?? '';
  const [text, setText] = useState(kept);
  // The filter can be taken away from elsewhere.
  useEffect(() => setText(kept), [kept]);
  useEffect(() => {
    const timer = window.setTimeout(() => {
      if ((useFilesView.getState().filter.text ?? '') !== text) setFilter('text', text);
    }, 250);
    return () => window.clearTimeout(timer);
  }, [text]);
  const narrowed = Object.keys(filter).length > 0;
  return (
    <search className={styles.bar}>
      <SearchInput label="Search in paths" value={text} onValue={setText} className={styles.search} />
      <Menu align="start" trigger={<Button icon="filter">Filter</Button>} items={filterMenu(filter)} />
      <GoToField submissionId={submissionId} total={rows.total} />
      <IconButton
        id="files-columns"
        icon="table"
        label="Columns"
        onClick={() => openPanel({ what: 'columns' })}
      />
      <Menu
        trigger={<IconButton icon="dots" label="Import, export and keys" />}
        items={[
          { label: 'Import a table…', icon: 'upload', onSelect: () => openTablePanel('import') },
          { label: 'Export as a table…', icon: 'download', onSelect: () => openTablePanel('export') },
          { label: 'Report of the last import…', icon: 'info', onSelect: () => openTablePanel('report') },
          'line',
          { label: 'Keys of the grid…', icon: 'help', onSelect: () => openPanel({ what: 'keys' }) },
        ]}
      />
      <span className={styles.count} role="status">
        {rows.loading || (rows.problem && rows.total === 0)
          ? ''
          : rows.counted
            ? `${formatCounted(rows.total, 'item')}, ${formatBytes(rows.bytes)}`
            : 'Counting…'}
      </span>
      {narrowed && (
        <div className={styles.second}>
          <FilterChips submissionId={submissionId} columns={columns.all} />
          <Button
            small
            variant="quiet"
            icon="close"
            onClick={() => {
              setText('');
              clearFilter();
            }}
          >
            Show all
          </Button>
        </div>
      )}
    </search>
  );
}

/** The filters that are wanted most; the others are in the heads of the columns. */
function filterMenu(filter: ReturnType<typeof useFilesView.getState>['filter']): readonly MenuItem[] {
  const yesNo = (part: 'send' | 'paired', yes: string, no: string): MenuItem[] =>
    ([true, false] as const).map((value) => ({
      label: value ? yes : no,
      checked: filter[part] === value,
      onSelect: () => setFilter(part, filter[part] === value ? undefined : value),
    }));
  return [
    { heading: 'Kind' },
    ...entryKindSchema.options.map((kind) => ({
      label: kindTitle[kind],
      icon: kindIcon[kind],
      checked: filter.kind === kind,
      onSelect: () => setFilter('kind', filter.kind === kind ? undefined : kind),
    })),
    'line',
    ...yesNo('send', 'Will be sent', 'Stays here'),
    'line',
    ...yesNo('paired', 'Paired', 'Without a pair'),
    'line',
    { heading: 'Findings' },
    ...findingLevelSchema.options.map((level) => ({
      label: levelTitle[level],
      checked: filter.finding === level,
      onSelect: () => setFilter('finding', filter.finding === level ? undefined : level),
    })),
  ];
}
