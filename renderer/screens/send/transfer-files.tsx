import { useEffect, useState } from 'react';
import type { FileState, TransferFile, TransferSnapshot } from '../../../shared/model/transfer.ts';
import { formatCount, formatCounted } from '../../../shared/rules/format-quantities.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icons.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Bytes, MiddleTruncate } from '../../components/quantities.tsx';
import { Skeleton } from '../../components/states.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { engine } from '../../connection.ts';
import { listItemRole, listRole, tabStop } from '../../hooks/list-roles.ts';
import { useNarrow } from '../../hooks/use-narrow.ts';
import { usePages } from '../../hooks/use-pages.ts';
import { useRowWalk } from '../../hooks/use-row-walk.ts';
import { fileTabs, firstTab } from './file-tabs.ts';
import { InFlight } from './in-flight.tsx';
import styles from './transfer-files.module.css';

/** Every file of the transfer by its state: on its way, waiting, failed with a reason, confirmed. */
export function TransferFiles({
  id,
  snapshot,
  onAgain,
}: {
  readonly id: string;
  readonly snapshot: TransferSnapshot;
  /** Sends again what failed; null while that is under way anyway. */
  readonly onAgain: (() => void) | null;
}) {
  const [chosen, setChosen] = useState<string | null>(null);
  const tabs = fileTabs(snapshot);
  if (tabs.length === 0) return null;
  const value = tabs.some((tab) => tab.id === chosen) && chosen !== null ? chosen : firstTab(snapshot);
  return (
    <Tabs
      label="Files of this transfer"
      value={value}
      onChange={setChosen}
      tabs={tabs.map((tab) => ({
        id: tab.id,
        title: tab.title,
        count: formatCount(tab.count),
        content:
          tab.id === 'sending' ? (
            <InFlight files={snapshot.inFlight} />
          ) : (
            <FileList id={id} state={tab.id} count={tab.count} onAgain={onAgain} />
          ),
      }))}
    />
  );
}

function FileList({
  id,
  state,
  count,
  onAgain,
}: {
  readonly id: string;
  readonly state: FileState;
  /** As the snapshot counts; a new number reads the list again. */
  readonly count: number;
  readonly onAgain: (() => void) | null;
}) {
  const pages = usePages(`${id} ${state}`, id, ['send'], (offset, limit) =>
    engine.call('send.files', { id, state, offset, limit }),
  );
  const { see, refresh } = pages;
  const total = pages.total ?? 0;
  const walk = useRowWalk(total, state === 'failed' ? 5 : 9, see);
  useRefreshOnChange(count, refresh);
  const rowHeight = (state === 'failed' ? 80 : 36) * (useNarrow(560) ? 1.6 : 1);
  if (pages.problem) return <ProblemNotice problem={pages.problem} onRetry={refresh} />;
  if (pages.total === null) return <Skeleton rows={4} height={rowHeight} />;
  if (total === 0) return <p className={styles.none}>{emptyWords[state]}</p>;
  return (
    <div
      ref={walk.box}
      {...listRole(`${formatCounted(total, 'file')}`)}
      className={styles.rows}
      style={{ height: Math.min(total, state === 'failed' ? 5.5 : 9.5) * rowHeight }}
    >
      <VirtualList
        count={total}
        rowHeight={rowHeight}
        className={styles.list}
        handle={walk.list}
        onWindow={walk.onWindow}
        row={(index) => (
          <div
            key={index}
            {...listItemRole(index, total)}
            {...walk.row(index)}
            {...tabStop(walk.stopsAt(index))}
            className={styles.row}
            style={{ height: rowHeight }}
          >
            <FileRow file={pages.row(index)} onAgain={onAgain} tabIndex={walk.stopsAt(index) ? 0 : -1} />
          </div>
        )}
      />
    </div>
  );
}

const emptyWords: Readonly<Record<FileState, string>> = {
  queued: 'Nothing waits.',
  sending: 'No file is on its way.',
  sent: 'Nothing waits for the archive.',
  confirmed: 'The archive has confirmed nothing yet.',
  failed: 'Nothing failed.',
};

function FileRow({
  file,
  onAgain,
  tabIndex,
}: {
  readonly file: TransferFile | undefined;
  readonly tabIndex: 0 | -1;
  readonly onAgain: (() => void) | null;
}) {
  if (!file) return <span className={styles.coming} />;
  return (
    <>
      <span className={styles.name}>
        <MiddleTruncate text={file.remotePath} />
        {file.problem && (
          <span className={styles.problem} title={file.problem}>
            <Icon name={file.state === 'failed' ? 'must' : 'info'} size={14} />
            <span>{file.problem}</span>
          </span>
        )}
      </span>
      {file.attempts > 1 && <span className={styles.size}>{formatCounted(file.attempts, 'attempt')}</span>}
      <span className={styles.size}>
        <Bytes value={file.size} />
      </span>
      {file.state === 'failed' && onAgain && (
        <Button
          small
          icon="refresh"
          tabIndex={tabIndex}
          onClick={onAgain}
          aria-label={`Try again: ${file.remotePath}`}
        >
          Try again
        </Button>
      )}
    </>
  );
}

/** Reads a list again when its number of files changed, at most once a second and a half. */
function useRefreshOnChange(count: number, refresh: () => void): void {
  const [seen, setSeen] = useState(count);
  useEffect(() => {
    if (seen === count) return;
    const timer = window.setTimeout(() => {
      setSeen(count);
      refresh();
    }, 1500);
    return () => window.clearTimeout(timer);
  }, [seen, count, refresh]);
}
