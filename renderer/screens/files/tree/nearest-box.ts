import type { Box } from './space-layout.ts';

const centre = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 });

/** How far something lies in the direction of an arrow key, and how far beside it. */
const axes: Record<string, (dx: number, dy: number) => { ahead: number; beside: number }> = {
  ArrowRight: (dx, dy) => ({ ahead: dx, beside: Math.abs(dy) }),
  ArrowLeft: (dx, dy) => ({ ahead: -dx, beside: Math.abs(dy) }),
  ArrowDown: (dx, dy) => ({ ahead: dy, beside: Math.abs(dx) }),
  ArrowUp: (dx, dy) => ({ ahead: -dy, beside: Math.abs(dx) }),
};

/**
 * The box that a key leads to from another: the nearest in the direction of an arrow, the first with Home, the last
 * with End. Null for a key that leads nowhere.
 */
export function nearestBox(key: string, boxes: readonly Box[], from: number): number | null {
  const here = boxes[from];
  if (here === undefined) return null;
  if (key === 'Home') return 0;
  if (key === 'End') return boxes.length - 1;
  const along = axes[key];
  if (along === undefined) return null;
  const middle = centre(here);
  let best: { index: number; distance: number } | null = null;
  for (const [index, box] of boxes.entries()) {
    const other = centre(box);
    const { ahead, beside } = along(other.x - middle.x, other.y - middle.y);
    if (index === from || ahead <= 0) continue;
    const distance = ahead + 2 * beside;
    if (best === null || distance < best.distance) best = { index, distance };
  }
  return best?.index ?? null;
}
