import { useEffect, useRef, useState } from 'react';
import { useCommands } from '../../commands.ts';
import { Button } from '../../components/button.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { SplitPane } from '../../components/split-pane.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { useAnswer } from '../../hooks/use-answer.ts';
import type { RoomProps } from '../../room-props.ts';
import type { Query } from '../../routes.ts';
import { RoomAction } from '../../shell/room-action.tsx';
import { replaceQuery } from '../../stores/navigation-store.ts';
import { scanSources, useScans } from '../../stores/scan-store.ts';
import { BulkBar } from './bulk-bar.tsx';
import styles from './files-room.module.css';
import {
  clearFilter,
  filtered,
  findingCondition,
  openFilesView,
  select,
  useFilesView,
} from './files-view-store.ts';
import { FilterBar } from './filter-bar.tsx';
import { EntryGrid } from './grid/entry-grid.tsx';
import { openPanel } from './grid/grid-panel-store.ts';
import { GridPanels } from './grid/grid-panels.tsx';
import { type GridColumns, useColumns } from './grid/use-columns.ts';
import { EntryInspector } from './inspector/entry-inspector.tsx';
import { PairsDialog } from './pairs/pairs-dialog.tsx';
import { everything } from './selection.ts';
import { showEntry } from './show-entry.ts';
import { chooseAndAddFolders } from './sources/add-folders.ts';
import { type SourceGoal, SourcesBar } from './sources/sources-bar.tsx';
import { TableDialogs } from './tables/table-dialogs.tsx';
import { openTablePanel } from './tables/table-panel-store.ts';
import { BesideFolders } from './tree/folder-panel.tsx';
import { type EntryRows, useEntryPages } from './use-entry-pages.ts';
import { WorkBar } from './work-bar.tsx';

/** Files: the folders, everything found in them, and the entry selected. */
export function FilesRoom({ submissionId, query }: RoomProps) {
  // Once, before anything reads the view: this room is mounted anew for each submission.
  useState(() => openFilesView(submissionId));
  const { filter, sort, inspected } = useFilesView();
  const sources = useAnswer('sources.list', { id: submissionId }, ['sources']);
  const scanning = useScans((state) => state.running[submissionId] !== undefined);
  const rows = useEntryPages(submissionId, filter, sort, scanning);
  const columns = useColumns(submissionId);
  const [pairsOpen, setPairsOpen] = useState(false);
  const goalSource = useLink(submissionId, query);

  const addFolder = () => void chooseAndAddFolders(submissionId);
  const lookAgain = () => void scanSources(submissionId);
  useCommands([
    { id: 'files.add', title: 'Add a folder', group: 'Files', shortcut: 'alt+a', run: addFolder },
    { id: 'files.scan', title: 'Look through all folders again', group: 'Files', run: lookAgain },
    { id: 'files.pairs', title: 'Change the pairing rules', group: 'Files', run: () => setPairsOpen(true) },
    {
      id: 'files.all',
      title: 'Select all files that the filter matches',
      group: 'Files',
      run: () => select(everything),
    },
    {
      id: 'files.go',
      title: 'Go to a row or path',
      group: 'Files',
      shortcut: 'mod+g',
      run: () => openPanel({ what: 'go-to' }),
    },
    {
      id: 'files.columns',
      title: 'Choose, order and add columns',
      group: 'Files',
      run: () => openPanel({ what: 'columns' }),
    },
    { id: 'files.keys', title: 'Keys of the grid', group: 'Files', run: () => openPanel({ what: 'keys' }) },
    {
      id: 'files.import',
      title: 'Import a table (TSV, CSV, XLSX)',
      group: 'Files',
      keywords: ['spreadsheet', 'excel'],
      run: () => openTablePanel('import'),
    },
    {
      id: 'files.export',
      title: 'Export as a table (TSV, CSV, XLSX)',
      group: 'Files',
      keywords: ['spreadsheet', 'excel'],
      run: () => openTablePanel('export'),
    },
  ]);

  const list = sources.data?.sources ?? [];
  const hasSources = list.length > 0;
  const noFolders = sources.data !== null && !hasSources && !rows.loading && rows.total === 0;
  return (
    <>
      <RoomAction>
        {hasSources && (
          <>
            <Button variant="quiet" icon="pair" onClick={() => setPairsOpen(true)}>
              Pairing
            </Button>
            <Button variant="quiet" icon="refresh" disabled={scanning} onClick={lookAgain}>
              Look again
            </Button>
          </>
        )}
        <Button variant="primary" icon="folderAdd" onClick={addFolder}>
          Add folder
        </Button>
      </RoomAction>
      {noFolders ? (
        <EmptyState
          icon="folderAdd"
          title="Which images and masks belong to this?"
          action={
            <Button icon="folderAdd" onClick={addFolder}>
              Add folder
            </Button>
          }
        >
          Drop folders anywhere in this window, or choose them. Slipway lists what is in them, tells images
          from masks and pairs them by name. Your files stay where they are and are never changed.
        </EmptyState>
      ) : (
        <>
          {(hasSources || (sources.problem && sources.problem.code !== 'engine-gone')) && (
            <SourcesBar
              submissionId={submissionId}
              sources={list}
              goal={goalSource}
              problem={sources.problem}
            />
          )}
          <div className={styles.work}>
            <BesideFolders submissionId={submissionId} sources={list} scanning={scanning}>
              <SplitPane
                name="files"
                asideLabel="the selected file"
                main={
                  <>
                    <FilterBar submissionId={submissionId} rows={rows} columns={columns} />
                    <GridArea submissionId={submissionId} rows={rows} columns={columns} scanning={scanning} />
                    <WorkBar />
                    <BulkBar submissionId={submissionId} total={rows.total} />
                  </>
                }
                aside={<EntryInspector submissionId={submissionId} entryId={inspected} />}
              />
            </BesideFolders>
          </div>
        </>
      )}
      <GridPanels submissionId={submissionId} columns={columns} />
      <TableDialogs submissionId={submissionId} columns={columns} total={rows.total} />
      {pairsOpen && <PairsDialog submissionId={submissionId} onClose={() => setPairsOpen(false)} />}
    </>
  );
}

/**
 * Goes to the entry that the address names or shows the files of a rule, and answers with the folder it names. All are taken out of the address
 * once they are known, so that coming back here does not jump again.
 */
function useLink(submissionId: string, { entry, source, rule }: Query): SourceGoal | null {
  const [goal, setGoal] = useState<SourceGoal | null>(null);
  useEffect(() => {
    if (entry === undefined && source === undefined && rule === undefined) return;
    if (rule !== undefined) {
      useFilesView.setState((view) => filtered(view, { columns: [findingCondition(rule)] }));
    }
    if (Number.isInteger(Number(entry))) void showEntry(submissionId, Number(entry));
    if (source !== undefined) setGoal({ sourceId: Number(source) });
    replaceQuery({});
  }, [submissionId, entry, source, rule]);
  return goal;
}

function GridArea({
  submissionId,
  rows: read,
  columns,
  scanning,
}: {
  readonly submissionId: string;
  readonly rows: EntryRows;
  readonly columns: GridColumns;
  readonly scanning: boolean;
}) {
  const lastTotal = useRef(0);
  if (!read.loading) lastTotal.current = read.total;
  // While another filter or order is read the grid stays, with its focus, and its rows are grey.
  const rows = read.loading ? { ...read, total: lastTotal.current } : read;
  const narrowed = useFilesView((view) => Object.keys(view.filter).length > 0);
  if (rows.problem && rows.total === 0) {
    return (
      <div className={styles.notice}>
        <ProblemNotice problem={rows.problem} onRetry={rows.retry} />
      </div>
    );
  }
  if (columns.problem && columns.all.length === 0) {
    return (
      <div className={styles.notice}>
        <ProblemNotice problem={columns.problem} onRetry={columns.retry} />
      </div>
    );
  }
  if (columns.all.length === 0 || (rows.loading && rows.total === 0)) return <Skeleton rows={14} />;
  if (rows.total === 0) {
    if (narrowed) {
      return (
        <EmptyState
          icon="filter"
          title="No file matches all of these"
          action={<Button onClick={clearFilter}>Show all</Button>}
        />
      );
    }
    return scanning ? (
      <Skeleton rows={14} />
    ) : (
      <EmptyState icon="files" title="No files were found in these folders">
        They may be empty, or hold only hidden and system files, which are skipped. Check that the right
        folder was added.
      </EmptyState>
    );
  }
  return (
    <>
      {rows.problem && (
        <div className={styles.notice}>
          <ProblemNotice problem={rows.problem} onRetry={rows.retry} />
        </div>
      )}
      <EntryGrid submissionId={submissionId} rows={rows} columns={columns} />
    </>
  );
}
