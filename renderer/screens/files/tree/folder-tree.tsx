import {
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { Button } from '../../../components/button.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { EmptyState, Skeleton } from '../../../components/states.tsx';
import { VirtualList, type VirtualListHandle } from '../../../components/virtual-list.tsx';
import { engine } from '../../../connection.ts';
import { coalesce } from '../../../hooks/coalesce.ts';
import { useConnection } from '../../../stores/connection-store.ts';
import { showProblem } from '../../../stores/toast-store.ts';
import { useFilesView } from '../files-view-store.ts';
import { choosePlace } from './choose-place.ts';
import type { PanelProps } from './folder-panel.tsx';
import { FolderTreeRow, folderRowHeight } from './folder-row.tsx';
import styles from './folder-tree.module.css';
import { openFolders } from './open-folders.ts';
import { setPanel, usePanel } from './panel-store.ts';
import { filterWithoutPlace, lastName, placeKey, placeOf } from './place.ts';
import { rowTyped, treeStep } from './tree-keys.ts';
import { createTreeStore, type TreeStore } from './tree-store.ts';
import { useLive } from './use-live.ts';

/** Milliseconds after which letters begin another word. */
const typingPause = 700;

/** The folders of all sources with what lies in each; a folder chosen narrows the grid to it. */
export function FolderTree({ submissionId, sources, scanning }: PanelProps) {
  const filter = useFilesView((view) => view.filter);
  const sort = usePanel((panel) => panel.sort);
  const counted = JSON.stringify(filterWithoutPlace(filter));
  const shownBefore = useRef<{ readonly id: string; readonly store: TreeStore } | null>(null);
  const store = useMemo(
    () =>
      createTreeStore(
        (place, query) =>
          engine.call('tree.children', {
            id: submissionId,
            ...place,
            filter: JSON.parse(counted),
            sort,
            ...query,
          }),
        openFolders(submissionId),
        shownBefore.current?.id === submissionId ? shownBefore.current.store.state().branches : new Map(),
      ),
    [submissionId, counted, sort],
  );
  shownBefore.current = { id: submissionId, store };
  const { layout, problem, branches } = useSyncExternalStore(store.subscribe, store.state);
  const generation = useConnection((connection) => connection.generation);
  useEffect(() => {
    store.see(0, 1);
    const { ask, cancel } = coalesce(store.refresh, 500);
    if (generation > 0) ask();
    const stop = engine.on('submission.changed', ({ id, parts }) => {
      if (id === submissionId && parts.some((part) => part === 'entries' || part === 'findings')) ask();
    });
    return () => {
      stop();
      cancel();
    };
  }, [store, submissionId, generation]);
  useLive(scanning, store.refresh);

  // Few sources are open from the start: what is in them is what one came for.
  const top = branches.get('');
  useEffect(() => {
    const rows = top?.held.pages.get(0)?.rows ?? [];
    if (rows.length > 3) return;
    const open = openFolders(submissionId);
    for (const { sourceId } of rows) {
      const place = { sourceId, folder: '' };
      if (!open.seen.has(sourceId)) store.setExpanded(place, true);
      open.seen.add(sourceId);
    }
  }, [top, store, submissionId]);

  const list = useRef<VirtualListHandle>(null);
  const [cursor, setCursor] = useState(0);
  const place = placeOf(filter);
  const current = placeKey(place);
  const chosenHere = useRef(current);
  // A folder that was chosen elsewhere comes into sight.
  useEffect(() => {
    if (chosenHere.current === current) return;
    chosenHere.current = current;
    const goal = placeOf(useFilesView.getState().filter);
    if (goal.sourceId === null) return;
    store.reveal(goal).then(() => {
      const row = store.state().layout.indexOf(current);
      if (row < 0) return;
      setCursor(row);
      list.current?.show(row);
    }, showProblem);
  }, [current, store]);
  const at = Math.min(cursor, layout.count - 1);

  const go = useCallback((row: number) => {
    setCursor(row);
    list.current?.show(row);
  }, []);
  const choose = (index: number) => {
    const { place: chosen } = layout.at(index) ?? {};
    if (!chosen) return;
    chosenHere.current = placeKey(chosen);
    choosePlace(chosen);
  };
  const typed = useRef({ text: '', at: 0 });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = layout.at(at);
    if (event.key.length > 1) typed.current = { text: '', at: 0 };
    const isTyping = typed.current.text !== '' && Date.now() - typed.current.at < typingPause;
    // A blank chooses, but not in the middle of a name.
    const step =
      isTyping && event.key === ' '
        ? null
        : treeStep(event.key, at, row, layout.count, list.current?.visibleRows() ?? 1);
    if (step !== null) {
      event.preventDefault();
      if (step.do === 'go') go(step.row);
      else if (step.do === 'choose') choose(at);
      else if (row?.place) store.setExpanded(row.place, step.do === 'open');
    } else if (event.key === 'Backspace' && row && row.parentIndex >= 0) {
      event.preventDefault();
      go(row.parentIndex);
    } else if (event.key.length === 1) {
      event.preventDefault();
      const text = isTyping ? typed.current.text + event.key : event.key;
      typed.current = { text, at: Date.now() };
      const found = rowTyped(text, at, layout.count, (index) => {
        const { row: known, parent } = layout.at(index) ?? {};
        return known && parent?.sourceId === null ? lastName(known.name) : known?.name;
      });
      if (found >= 0) go(found);
    }
  };
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const target = event.target instanceof Element ? event.target : null;
    const index = Number(target?.closest('[data-index]')?.getAttribute('data-index') ?? -1);
    const row = layout.at(index);
    if (!row?.place) return;
    setCursor(index);
    list.current?.focus();
    if (target?.closest('[data-toggle]')) store.setExpanded(row.place, !row.expanded);
    else choose(index);
  };

  if (problem && top === undefined) {
    return (
      <div className={styles.notice}>
        <ProblemNotice problem={problem} onRetry={store.refresh} />
      </div>
    );
  }
  if (top === undefined) return <Skeleton rows={8} height={folderRowHeight} />;
  if (top.held.total === 0) return <NoFolders narrowed={counted !== '{}'} scanning={scanning} />;
  return (
    <>
      <div className={styles.order}>
        <span>Folders</span>
        <Button
          small
          variant="quiet"
          icon="arrowDown"
          title={sort === 'bytes' ? 'Order by name instead' : 'Order by size instead'}
          onClick={() => setPanel({ sort: sort === 'bytes' ? 'name' : 'bytes' })}
        >
          {sort === 'bytes' ? 'Largest first' : 'By name'}
        </Button>
      </div>
      {problem && (
        <div className={styles.notice}>
          <ProblemNotice problem={problem} onRetry={store.refresh} />
        </div>
      )}
      <VirtualList
        className={styles.tree}
        role="tree"
        aria-label="Folders and what lies in them"
        aria-activedescendant={at >= 0 ? `folder-row-${at}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onDoubleClick={(event) => {
          const target = event.target instanceof Element ? event.target : null;
          const row = layout.at(Number(target?.closest('[data-index]')?.getAttribute('data-index') ?? -1));
          if (row?.place && !target?.closest('[data-toggle]')) store.setExpanded(row.place, !row.expanded);
        }}
        handle={list}
        count={layout.count}
        rowHeight={folderRowHeight}
        onWindow={store.see}
        row={(index) => {
          const row = layout.at(index);
          return (
            <FolderTreeRow
              key={index}
              index={index}
              row={row}
              source={
                row?.parent.sourceId === null ? sources.find(({ id }) => id === row.row?.sourceId) : undefined
              }
              selected={row?.place !== undefined && placeKey(row.place) === current}
              current={index === at}
            />
          );
        }}
      />
    </>
  );
}

function NoFolders({ narrowed, scanning }: { readonly narrowed: boolean; readonly scanning: boolean }) {
  if (scanning && !narrowed) return <Skeleton rows={8} height={folderRowHeight} />;
  return (
    <EmptyState
      compact
      icon="folder"
      title={narrowed ? 'No folder holds what the filter matches' : 'No files yet'}
    >
      {narrowed
        ? 'Show all to see every folder again.'
        : 'Folders appear here once they were looked through.'}
    </EmptyState>
  );
}
