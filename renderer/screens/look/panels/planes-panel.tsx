import { IconButton } from '../../../components/button.tsx';
import type { Scene } from '../../../viewer/scene.ts';
import type { Plane } from '../../../viewer/tile-messages.ts';
import type { Play, PlayAxis } from '../use-play.ts';
import { Panel } from './panel.tsx';
import { ValueSlider } from './slider.tsx';

const axes = [
  { axis: 'z', label: 'Plane (Z)', keys: '[ and ]', play: 'Play the planes' },
  { axis: 't', label: 'Frame (T)', keys: ', and .', play: 'Play the frames' },
] as const satisfies readonly { axis: PlayAxis; label: string; keys: string; play: string }[];

/** Sliders for the axes the image has; nothing for a single plane. */
export function PlanesPanel({
  scene,
  play,
  onPlane,
}: {
  readonly scene: Scene;
  readonly play: Play;
  readonly onPlane: (plane: Plane) => void;
}) {
  const shown = axes.filter(({ axis }) => scene.info.sizes[axis] > 1);
  if (shown.length === 0) return null;
  return (
    <Panel title="Position">
      {shown.map(({ axis, label, keys, play: playLabel }) => {
        const count = scene.info.sizes[axis];
        const playing = play.axis === axis;
        return (
          <ValueSlider
            key={axis}
            label={label}
            value={scene.plane[axis] + 1}
            text={`${(scene.plane[axis] + 1).toLocaleString('en')} of ${count.toLocaleString('en')}`}
            min={1}
            max={count}
            step={1}
            onValue={(value) => onPlane({ ...scene.plane, [axis]: value - 1 })}
            action={
              <IconButton
                small
                icon={playing ? 'pause' : 'play'}
                label={playing ? 'Pause' : `${playLabel} (step with ${keys})`}
                onClick={() => play.toggle(axis)}
              />
            }
          />
        );
      })}
    </Panel>
  );
}
