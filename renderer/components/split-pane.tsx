import { type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react';
import { classes } from './classes.ts';
import styles from './split-pane.module.css';

const narrowest = 240;
const widest = 640;

/** Keeps a width within what a side pane may have, in pixels. */
export function clampWidth(width: number): number {
  return Math.round(Math.min(widest, Math.max(narrowest, Number.isFinite(width) ? width : 320)));
}

function keptWidth(key: string, fallback: number): number {
  const kept = Number(localStorage.getItem(key));
  return clampWidth(kept > 0 ? kept : fallback);
}

/**
 * The room's work and, beside it, the inspector. The line between is dragged or moved with the arrow keys; its
 * place is kept. In a narrow window the inspector comes below.
 */
export function SplitPane({
  name,
  main,
  aside,
  asideLabel,
  width: firstWidth = 320,
}: {
  /** Under which the width is kept. */
  readonly name: string;
  readonly main: ReactNode;
  /** Null for no inspector. */
  readonly aside: ReactNode;
  readonly asideLabel: string;
  readonly width?: number;
}) {
  const key = `slipway.pane.${name}`;
  const [width, setWidth] = useState(() => keptWidth(key, firstWidth));
  const change = (next: number) => {
    const clamped = clampWidth(next);
    setWidth(clamped);
    localStorage.setItem(key, String(clamped));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: 16, ArrowRight: -16 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    change(width + step);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const handle = event.currentTarget;
    const right = handle.parentElement?.getBoundingClientRect().right ?? 0;
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) => change(right - moved.clientX);
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), {
      once: true,
    });
  };
  return (
    <div className={classes(styles.split, aside === null && styles.alone)}>
      <div className={styles.main}>{main}</div>
      {aside !== null && (
        <>
          <hr
            className={styles.handle}
            tabIndex={0}
            aria-label={`Width of ${asideLabel}`}
            aria-orientation="vertical"
            aria-valuenow={width}
            aria-valuemin={narrowest}
            aria-valuemax={widest}
            onKeyDown={onKeyDown}
            onPointerDown={onPointerDown}
          />
          <aside
            className={styles.aside}
            aria-label={asideLabel}
            style={{ '--pane-width': `${width}px` } as CSSProperties}
          >
            {aside}
          </aside>
        </>
      )}
    </div>
  );
}
