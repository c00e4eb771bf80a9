import { useCallback, useEffect, useRef, useState } from 'react';
import type { Scene } from '../../viewer/scene.ts';
import type { Plane } from '../../viewer/tile-messages.ts';

export type PlayAxis = 'z' | 't';

export interface Play {
  /** The axis that is played, or null. */
  readonly axis: PlayAxis | null;
  readonly toggle: (axis: PlayAxis) => void;
  /** Told by the viewer that a plane has come whole. */
  readonly onSettled: (plane: Plane) => void;
}

/** Time each plane is shown at least, in milliseconds. */
const SHOWN_FOR = 125;

/** The plane after this one along an axis; after the last the first. */
export function planeAfter(plane: Plane, axis: PlayAxis, count: number): Plane {
  return { ...plane, [axis]: (plane[axis] + 1) % count };
}

/** Walks the planes of an axis, each as soon as the one before was seen whole: slow disks play slowly, never empty. */
export function usePlay(scene: Scene | null, setPlane: (plane: Plane) => void): Play {
  const [playing, setPlaying] = useState<{ readonly axis: PlayAxis; readonly imageId: string } | null>(null);
  const timer = useRef(0);
  const imageId = scene?.info.imageId ?? '';
  const axis = playing && playing.imageId === imageId ? playing.axis : null;
  const count = scene && axis ? scene.info.sizes[axis] : 0;

  const toggle = useCallback(
    (wanted: PlayAxis) =>
      setPlaying((now) =>
        now?.axis === wanted && now.imageId === imageId ? null : { axis: wanted, imageId },
      ),
    [imageId],
  );
  const onSettled = useCallback(
    (plane: Plane) => {
      window.clearTimeout(timer.current);
      if (!axis || count < 2) return;
      timer.current = window.setTimeout(() => setPlane(planeAfter(plane, axis, count)), SHOWN_FOR);
    },
    [axis, count, setPlane],
  );
  useEffect(() => {
    if (!axis) window.clearTimeout(timer.current);
  }, [axis]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return { axis, toggle, onSettled };
}
