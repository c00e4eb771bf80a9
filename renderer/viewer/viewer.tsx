import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useCommands } from '../commands.ts';
import { ProblemNotice } from '../components/problem-notice.tsx';
import { describeScene } from './describe-view.ts';
import { listenToGestures } from './gestures.ts';
import { clampPlane, type Scene, samePlane } from './scene.ts';
import type { Plane } from './tile-messages.ts';
import styles from './viewer.module.css';
import { ViewerController, type ViewerStatus } from './viewer-controller.ts';
import { focusPlace, viewerAction } from './viewer-keys.ts';
import { ViewerBar, ViewerFoot, ViewerNotes } from './viewer-overlay.tsx';

export interface ViewerProps {
  /** Null when there is nothing to show; `children` stand in its place. */
  readonly scene: Scene | null;
  readonly children?: ReactNode;
  readonly onPlane: (plane: Plane) => void;
  readonly onToggleMask: () => void;
  /** Told of arrow up (-1) and down (+1). */
  readonly onStep?: (step: 1 | -1) => void;
  /** Told when all that is seen of a plane has been painted or has failed. */
  readonly onSettled?: (plane: Plane) => void;
  /** When this changes, tiles that failed are asked for again. */
  readonly attempt?: number;
}

/** Shows an image with its mask: pan, zoom, planes, values under the pointer, scale bar. */
export function Viewer(props: ViewerProps) {
  const { scene, onSettled, attempt } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const controller = useRef<ViewerController | null>(null);
  const [status, setStatus] = useState<ViewerStatus | null>(null);
  const helpId = useId();

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const own = new ViewerController(element, setStatus);
    controller.current = own;
    const measure = () =>
      own.resize({ width: element.clientWidth, height: element.clientHeight }, window.devicePixelRatio || 1);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    const stop = listenToGestures(element, {
      pan: (dx, dy) => own.pan(dx, dy),
      zoom: (factor, about) => own.zoom(factor, about),
      hover: (point) => own.hover(point),
    });
    return () => {
      stop();
      observer.disconnect();
      own.close();
      controller.current = null;
    };
  }, []);
  useEffect(() => controller.current?.show(scene), [scene]);
  useEffect(() => {
    if (attempt !== undefined) controller.current?.retry();
  }, [attempt]);
  useKeys(props, controller);
  useCommands([
    {
      id: 'viewer.mask',
      title: 'Show or hide the mask (Space)',
      group: 'Look',
      run: props.onToggleMask,
    },
    {
      id: 'viewer.fit',
      title: 'Show the whole image (0)',
      group: 'Look',
      run: () => controller.current?.fit(),
    },
    {
      id: 'viewer.actual-size',
      title: 'Show one image pixel on one screen pixel',
      group: 'Look',
      keywords: ['1:1', '100 %', 'zoom'],
      run: () => controller.current?.actualSize(),
    },
  ]);

  const plane = scene?.plane ?? null;
  const settled = status !== null && status.seen > 0 && status.waiting === 0 && status.plane === plane;
  useEffect(() => {
    if (settled && plane) onSettled?.(plane);
  }, [settled, onSettled, plane]);

  const scale = status?.viewport.scale ?? 1;
  const nothing = status !== null && status.problem !== null && status.failed >= status.seen;
  return (
    <section className={styles.viewer} aria-label="Viewer">
      {scene && (
        <ViewerBar
          scene={scene}
          scale={scale}
          onZoom={(factor) => controller.current?.zoom(factor)}
          onFit={() => controller.current?.fit()}
          onActualSize={() => controller.current?.actualSize()}
          onToggleMask={props.onToggleMask}
        />
      )}
      {scene && <ViewerNotes scene={scene} />}
      <div className={styles.stage}>
        <canvas
          ref={canvas}
          className={styles.canvas}
          role="img"
          aria-label={scene ? `Picture of ${scene.name}` : 'No picture'}
          aria-describedby={helpId}
          tabIndex={0}
          data-settled={settled}
        />
        {scene && status && <ViewerFoot scene={scene} status={status} />}
        {scene && status?.problem && (
          <div className={nothing ? styles.problem : styles.partialProblem}>
            <ProblemNotice problem={status.problem} onRetry={() => controller.current?.retry()} />
          </div>
        )}
        {!scene && <div className={styles.instead}>{props.children}</div>}
      </div>
      <p id={helpId} className="hidden-visually">
        Space shows or hides the mask. Arrow up and down go to the previous and next image. Brackets change
        the plane, comma and full stop the frame. Plus and minus zoom, 0 fits, Shift with an arrow moves the
        picture.
      </p>
      <LiveDescription text={scene ? describeScene(scene, scale) : ''} />
    </section>
  );
}

/** Keys work wherever the focus is in the room, unless what has it needs them itself. */
function useKeys(props: ViewerProps, controller: { readonly current: ViewerController | null }): void {
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const action = viewerAction(event, focusPlace(event.target));
      if (!action) return;
      event.preventDefault();
      const { scene, onPlane, onToggleMask, onStep } = latest.current;
      if (action.do === 'toggle-mask') onToggleMask();
      else if (action.do === 'fit') controller.current?.fit();
      else if (action.do === 'zoom') controller.current?.zoom(action.factor);
      else if (action.do === 'pan') controller.current?.pan(action.dx, action.dy);
      else if (action.do === 'plane') {
        if (!scene) return;
        const plane = { ...scene.plane, [action.axis]: scene.plane[action.axis] + action.step };
        const next = clampPlane(scene.info, plane);
        if (!samePlane(next, scene.plane)) onPlane(next);
      } else onStep?.(action.do === 'next' ? 1 : -1);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [controller]);
}

/** Says what is shown once it has been so for a moment: nobody wants to hear every step of a zoom. */
function LiveDescription({ text }: { readonly text: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = window.setTimeout(() => setSaid(text), 600);
    return () => window.clearTimeout(timer);
  }, [text]);
  return (
    <p className="hidden-visually" role="status">
      {said}
    </p>
  );
}
