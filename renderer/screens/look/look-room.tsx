import { useState } from 'react';
import type { ProblemData } from '../../../shared/model/problem.ts';
import { formatCount } from '../../../shared/rules/format-quantities.ts';
import { useCommands } from '../../commands.ts';
import { Button } from '../../components/button.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Progress } from '../../components/progress.tsx';
import { SplitPane } from '../../components/split-pane.tsx';
import { EmptyState } from '../../components/states.tsx';
import { useSettled } from '../../hooks/use-settled.ts';
import type { RoomProps } from '../../room-props.ts';
import { RoomAction } from '../../shell/room-action.tsx';
import { useConnection } from '../../stores/connection-store.ts';
import { goToRoom } from '../../stores/navigation-store.ts';
import { useScans } from '../../stores/scan-store.ts';
import { maskStyles } from '../../viewer/scene.ts';
import { Viewer } from '../../viewer/viewer.tsx';
import { Gallery } from './gallery.tsx';
import { targetName } from './look-item.ts';
import { LookPanels } from './look-panels.tsx';
import styles from './look-room.module.css';
import { setMask, toggleMask } from './look-store.ts';
import { useGallery } from './use-gallery.ts';
import { useLookScene } from './use-look-scene.ts';
import { usePlay } from './use-play.ts';
import { useSelection } from './use-selection.ts';

const maskStyleTitles = {
  fill: 'Draw the mask filled',
  outline: 'Draw the mask as outlines',
  both: 'Draw the mask filled with outlines',
} as const;

/** The room where images are looked at with their masks over them. `query` may name an `entry` and a `pair`. */
export function LookRoom({ submissionId, query }: RoomProps) {
  const [text, setText] = useState('');
  const gallery = useGallery(submissionId, useSettled(text.trim(), 200));
  const empty = gallery.totals !== null && gallery.count === 0 && text.trim() === '';
  if (empty && query.entry === undefined) return <NothingYet submissionId={submissionId} />;
  return <FilledRoom {...{ submissionId, query, gallery, text, setText }} />;
}

function FilledRoom({
  submissionId,
  query,
  gallery,
  text,
  setText,
}: RoomProps & {
  readonly gallery: ReturnType<typeof useGallery>;
  readonly text: string;
  readonly setText: (text: string) => void;
}) {
  const selection = useSelection(submissionId, query, gallery, text);
  const { item } = selection;
  const look = useLookScene(submissionId, item);
  const generation = useConnection((state) => state.generation);
  const play = usePlay(look.scene, look.setPlane);

  useCommands([
    { id: 'look.next', title: 'Next image (arrow down)', group: 'Look', run: () => selection.step(1) },
    { id: 'look.previous', title: 'Previous image (arrow up)', group: 'Look', run: () => selection.step(-1) },
    ...maskStyles.map((style) => ({
      id: `look.mask-${style}`,
      title: maskStyleTitles[style],
      group: 'Look',
      run: () => setMask({ style }),
    })),
  ]);
  const name = item ? targetName(item.image) : '';
  const problem = look.image.problem ?? (item ? null : (selection.problem ?? gallery.problem));
  const { row } = selection;
  const { count } = gallery;
  return (
    <>
      <RoomAction>
        {row !== null && count > 0 && (
          <span className={styles.position}>
            {formatCount(row + 1)} of {formatCount(count)}
          </span>
        )}
        <Button
          small
          variant="quiet"
          icon="arrowUp"
          disabled={row === null || row === 0}
          onClick={() => selection.step(-1)}
        >
          Previous
        </Button>
        <Button
          small
          variant="primary"
          icon="arrowDown"
          disabled={count === 0 || row === count - 1}
          onClick={() => selection.step(1)}
        >
          Next image
        </Button>
      </RoomAction>
      <SplitPane
        name="look"
        width={300}
        asideLabel="Image settings"
        main={
          <div className={styles.main}>
            <Gallery
              submissionId={submissionId}
              gallery={gallery}
              selection={selection}
              text={text}
              onText={setText}
            />
            <Viewer
              scene={look.scene}
              attempt={generation}
              onPlane={look.setPlane}
              onToggleMask={toggleMask}
              onStep={selection.step}
              onSettled={play.onSettled}
            >
              {problem ? (
                <Unreadable name={name} problem={problem} onRetry={item ? look.image.reload : null} />
              ) : (
                <Opening name={name} />
              )}
            </Viewer>
          </div>
        }
        aside={<LookPanels submissionId={submissionId} item={item} look={look} play={play} />}
      />
    </>
  );
}

/** In the place of a picture that cannot be had: why, and that the others can be looked at. */
function Unreadable({
  name,
  problem,
  onRetry,
}: {
  readonly name: string;
  readonly problem: ProblemData;
  /** Null where trying again cannot help. */
  readonly onRetry: (() => void) | null;
}) {
  return (
    <div className={styles.unreadable}>
      {name && <h2>{name}</h2>}
      <ProblemNotice problem={problem} {...(onRetry ? { onRetry } : {})} />
    </div>
  );
}

/** Told only when opening takes longer than a blink. */
function Opening({ name }: { readonly name: string }) {
  return (
    <p className={styles.opening} role="status">
      {name ? `Opening ${name}` : 'Reading the list of images'}
    </p>
  );
}

/** Before there is any image: how images get here, or how far the scan is that will bring them. */
function NothingYet({ submissionId }: { readonly submissionId: string }) {
  const scan = useScans((state) => state.running[submissionId]);
  const toFiles = <Button onClick={() => goToRoom(submissionId, 'files')}>Go to Files</Button>;
  if (scan) {
    const { progress } = scan;
    return (
      <EmptyState icon="look" title="Images will appear here" action={toFiles}>
        <p>The folders are being read. Images show up as soon as they are found.</p>
        <Progress
          now={progress?.now ?? 'Reading folders'}
          value={progress?.done ?? 0}
          max={progress?.total ?? null}
        />
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="look" title="No images yet" action={toFiles}>
      Add a folder in Files, or drop one anywhere in this window. Images appear here with their masks over
      them: TIFF, OME-TIFF, OME-Zarr, PNG and JPEG can be looked at.
    </EmptyState>
  );
}
