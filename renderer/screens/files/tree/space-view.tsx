import { useRef } from 'react';
import type { SpaceArea, SpacePart } from '../../../../shared/contract/tree-calls.ts';
import { Button } from '../../../components/button.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { EmptyState, Skeleton } from '../../../components/states.tsx';
import { useAnswer } from '../../../hooks/use-answer.ts';
import { useFilesView } from '../files-view-store.ts';
import { showEntry } from '../show-entry.ts';
import { choosePlace } from './choose-place.ts';
import type { PanelProps } from './folder-panel.tsx';
import { KindLegend } from './kind-legend.tsx';
import { setPanel, usePanel } from './panel-store.ts';
import { filterWithoutPlace, placeAbove, placeIn, placeOf } from './place.ts';
import { SpaceBars } from './space-bars.tsx';
import { SpaceMap } from './space-map.tsx';
import styles from './space-view.module.css';
import { useLive } from './use-live.ts';

/** Areas asked for; what is smaller is one rest. */
const mostAreas = 100;
const mostParts = 24;

/** What fills the space of the folder that the grid shows: a map, or the same as bars. */
export function SpaceView({ submissionId, sources, scanning }: PanelProps) {
  const filter = useFilesView((view) => view.filter);
  const bars = usePanel((panel) => panel.bars);
  const shown = placeOf(filter);
  // The one source there is would be one area that fills the map: what lies in it says more.
  const only = shown.sourceId === null && sources.length === 1 ? sources[0] : undefined;
  const sourceId = only?.id ?? shown.sourceId;
  const { folder } = shown;
  const others = filterWithoutPlace(filter);
  const { data, problem, loading, reload } = useAnswer(
    'tree.space',
    { id: submissionId, sourceId, folder, filter: others, limit: mostAreas, parts: mostParts },
    ['entries'],
  );
  useLive(scanning, reload);
  const from = useRef<string | null>(null);
  const open = (area: SpacePart, inside: SpacePart | undefined) => {
    const target = inside ?? area;
    if (target.what === 'file') {
      void showEntry(submissionId, target.id);
      return;
    }
    if (area.what !== 'folder' || target.what === 'rest') return;
    from.current = null;
    const first = placeIn({ sourceId, folder }, { sourceId: area.id, name: area.name });
    choosePlace(inside ? placeIn(first, { sourceId: 0, name: inside.name }) : first);
  };
  const up = () => {
    const place = placeAbove(shown);
    if (place === null) return;
    from.current = folder === '' ? null : folder.slice(folder.lastIndexOf('/') + 1);
    choosePlace(place);
  };
  // What was shown stays until the next is there, so that nothing flickers; pressing it does nothing.
  const last = useRef<typeof data>(null);
  if (data !== null) last.current = data;
  const seen = data ?? last.current;

  if (problem && data === null) {
    return (
      <div className={styles.notice}>
        <ProblemNotice problem={problem} onRetry={reload} />
      </div>
    );
  }
  if (seen === null) return <Skeleton rows={8} />;
  if (seen.areas.length === 0)
    return <NoSpace narrowed={Object.keys(others).length > 0} scanning={scanning} />;
  const areas: readonly SpaceArea[] = seen.areas;
  const face = {
    ...{ areas, bytes: seen.bytes, from: from.current, onUp: up },
    onOpen: loading ? () => {} : open,
  };
  return (
    <>
      <div className={styles.bar}>
        <KindLegend parts={areas} />
        <Button small variant="quiet" onClick={() => setPanel({ bars: !bars })}>
          {bars ? 'As a map' : 'As bars'}
        </Button>
      </div>
      {bars ? <SpaceBars {...face} /> : <SpaceMap {...face} />}
    </>
  );
}

function NoSpace({ narrowed, scanning }: { readonly narrowed: boolean; readonly scanning: boolean }) {
  if (scanning && !narrowed) return <Skeleton rows={8} />;
  return (
    <EmptyState
      compact
      icon="treemap"
      title={narrowed ? 'Nothing here that the filter matches' : 'No files yet'}
    >
      {narrowed
        ? 'Show all to see what fills the space.'
        : 'What fills the space appears here after a look through the folders.'}
    </EmptyState>
  );
}
