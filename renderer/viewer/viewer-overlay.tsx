import { labelColour } from '../../shared/imaging/label-colours.ts';
import { Button, IconButton } from '../components/button.tsx';
import { Icon } from '../components/icons.tsx';
import { MiddleTruncate } from '../components/quantities.tsx';
import { channelName, valueText, zoomText } from './describe-view.ts';
import { KeysHelp } from './keys-help.tsx';
import { sceneNotes } from './mask-placement.ts';
import { chooseScaleBar } from './scale-bar.ts';
import type { Scene } from './scene.ts';
import type { ProbeAnswer } from './tile-messages.ts';
import styles from './viewer.module.css';

const NOTES_SHOWN = 2;

import type { ViewerStatus } from './viewer-controller.ts';

/** The name of what is shown, and buttons for zoom and mask, in a strip above the picture. */
export function ViewerBar({
  scene,
  scale,
  onZoom,
  onFit,
  onActualSize,
  onToggleMask,
}: {
  readonly scene: Scene;
  readonly scale: number;
  readonly onZoom: (factor: number) => void;
  readonly onFit: () => void;
  readonly onActualSize: () => void;
  readonly onToggleMask: () => void;
}) {
  return (
    <div className={styles.bar}>
      <h2 className={styles.title}>
        <MiddleTruncate text={scene.name} />
      </h2>
      <div className={styles.tools} role="toolbar" aria-label="View">
        {scene.mask && (
          <Button
            small
            variant="quiet"
            icon="mask"
            aria-pressed={scene.mask.visible}
            onClick={onToggleMask}
            title="Show or hide the mask (Space)"
          >
            Mask
          </Button>
        )}
        <IconButton small icon="minus" label="Zoom out (-)" onClick={() => onZoom(0.8)} />
        <span className={styles.zoom}>{zoomText(scale)}</span>
        <IconButton small icon="add" label="Zoom in (+)" onClick={() => onZoom(1.25)} />
        <Button small variant="quiet" onClick={onFit} title="Show the whole image (0)">
          Fit
        </Button>
        <Button small variant="quiet" onClick={onActualSize} title="One image pixel on one screen pixel">
          1:1
        </Button>
        <KeysHelp />
      </div>
    </div>
  );
}

/** What must be known of what is shown, a line each; the rest is said beside the picture. */
export function ViewerNotes({ scene }: { readonly scene: Scene }) {
  const notes = sceneNotes(scene);
  if (notes.length === 0) return null;
  const shown = notes.slice(0, NOTES_SHOWN);
  return (
    <ul className={styles.notes}>
      {shown.map((note, index) => (
        <li key={note} title={note}>
          <Icon name="info" size={14} />
          <span>
            {note}
            {index === shown.length - 1 &&
              notes.length > shown.length &&
              ` (and ${notes.length - shown.length} more)`}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Values under the pointer, what is still to come, and the scale bar. */
export function ViewerFoot({ scene, status }: { readonly scene: Scene; readonly status: ViewerStatus }) {
  const { readout, waiting, seen, viewport } = status;
  return (
    <div className={styles.foot}>
      <div className={styles.readout}>
        {readout && (
          <>
            <span>
              x {readout.x.toLocaleString('en')} y {readout.y.toLocaleString('en')}
            </span>
            {readout.answer && <Values scene={scene} answer={readout.answer} />}
          </>
        )}
      </div>
      {waiting > 0 && (
        <span className={styles.waiting}>
          Loading, {(seen - waiting).toLocaleString('en')} of {seen.toLocaleString('en')} parts here
        </span>
      )}
      <ScaleBarMark scene={scene} scale={viewport.scale} />
    </div>
  );
}

function Values({ scene, answer }: { readonly scene: Scene; readonly answer: ProbeAnswer }) {
  const about = answer.exact ? '' : '≈ ';
  return (
    <>
      {answer.values.map(({ c, value }) => (
        <span key={c}>
          {scene.info.channels.length > 1 && `${channelName(scene.info, c)} `}
          {about}
          {valueText(value)}
        </span>
      ))}
      {scene.mask?.visible && answer.label !== null && <LabelMark label={answer.label} />}
    </>
  );
}

function LabelMark({ label }: { readonly label: number }) {
  if (label === 0) return <span>background</span>;
  const [red, green, blue] = labelColour(label);
  return (
    <span className={styles.label}>
      <span className={styles.swatch} style={{ backgroundColor: `rgb(${red} ${green} ${blue})` }} />
      label {valueText(label)}
    </span>
  );
}

function ScaleBarMark({ scene, scale }: { readonly scene: Scene; readonly scale: number }) {
  const size = scene.info.pixelSize?.x;
  const bar = size ? chooseScaleBar(size / scale, 160) : null;
  if (!bar) return null;
  return (
    <span className={styles.scaleBar} role="img" aria-label={`Scale bar, ${bar.text}`}>
      <span aria-hidden="true">{bar.text}</span>
      <span className={styles.scaleLine} style={{ width: bar.pixels }} />
    </span>
  );
}
