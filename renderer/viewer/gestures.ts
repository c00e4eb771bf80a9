import type { Point } from './viewport.ts';

/** What pointers and the wheel ask for. Points and distances are in CSS pixels from the element's upper left corner. */
export interface GestureListeners {
  pan(dx: number, dy: number): void;
  zoom(factor: number, about: Point): void;
  hover(point: Point | null): void;
}

/** Pixels a line or a page of a wheel that counts in these. */
const wheelUnits = [1, 16, 400] as const;

/**
 * How much a turn of the wheel zooms. A pinch on a trackpad arrives as a wheel with Ctrl and small steps. Never more
 * than a factor of two at once: some wheels report a whole page a notch.
 */
export function wheelFactor(event: Pick<WheelEvent, 'deltaY' | 'deltaMode' | 'ctrlKey'>): number {
  const pixels = event.deltaY * (wheelUnits[event.deltaMode] ?? 1);
  const factor = Math.exp(-pixels * (event.ctrlKey ? 0.01 : 0.002));
  return Math.min(2, Math.max(0.5, factor));
}

/** Zoom and movement of two fingers from where they were to where they are. */
export function pinch(
  from: readonly [Point, Point],
  to: readonly [Point, Point],
): { readonly factor: number; readonly about: Point; readonly dx: number; readonly dy: number } {
  const middle = ([a, b]: readonly [Point, Point]) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const spread = ([a, b]: readonly [Point, Point]) => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
  const [before, after] = [middle(from), middle(to)];
  return { factor: spread(to) / spread(from), about: after, dx: after.x - before.x, dy: after.y - before.y };
}

/** Listens to drag, wheel, pinch and double click on an element. Returns the function that ends it. */
export function listenToGestures(element: HTMLElement, told: GestureListeners): () => void {
  const ending = new AbortController();
  const pointers = new Map<number, Point>();
  const pointOf = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const on = <K extends keyof HTMLElementEventMap>(
    name: K,
    listener: (event: HTMLElementEventMap[K]) => void,
    options: AddEventListenerOptions = {},
  ) => element.addEventListener(name, listener, { ...options, signal: ending.signal });

  on('pointerdown', (event) => {
    if (event.pointerType === 'mouse' && event.button > 1) return;
    element.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, pointOf(event));
    element.dataset.dragging = 'true';
  });
  on('pointermove', (event) => {
    const point = pointOf(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== 'touch') told.hover(point);
      return;
    }
    const others = [...pointers].filter(([id]) => id !== event.pointerId);
    pointers.set(event.pointerId, point);
    const other = others[0]?.[1];
    if (!other) {
      told.pan(point.x - before.x, point.y - before.y);
      if (event.pointerType !== 'touch') told.hover(point);
      return;
    }
    const { factor, about, dx, dy } = pinch([before, other], [point, other]);
    told.pan(dx, dy);
    told.zoom(factor, about);
  });
  const release = (event: PointerEvent) => {
    pointers.delete(event.pointerId);
    if (pointers.size === 0) delete element.dataset.dragging;
  };
  on('pointerup', release);
  on('pointercancel', release);
  on('lostpointercapture', release);
  on('pointerleave', () => told.hover(null));
  on('dblclick', (event) => told.zoom(event.shiftKey ? 0.5 : 2, pointOf(event)));
  on(
    'wheel',
    (event) => {
      event.preventDefault();
      if (event.shiftKey && !event.ctrlKey) told.pan(-(event.deltaX || event.deltaY), 0);
      else told.zoom(wheelFactor(event), pointOf(event));
    },
    { passive: false },
  );
  return () => ending.abort();
}
