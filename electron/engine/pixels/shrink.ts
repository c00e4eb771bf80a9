import type { PlaneValues, Region } from './pixel-source.ts';

/** Where shrunken pixels go: at `x`, `y` of values in rows of `width`. */
export interface ShrinkTarget {
  readonly values: PlaneValues;
  readonly width: number;
  readonly x: number;
  readonly y: number;
}

/**
 * Takes the upper left pixel of every `factor` × `factor` square. The piece may be cut short at the right and lower
 * edge, and may hold only the one row that is picked.
 */
export function pickInto(
  piece: PlaneValues,
  size: Pick<Region, 'width' | 'height'>,
  factor: number,
  target: ShrinkTarget,
): void {
  for (let y = 0, row = target.y; y < size.height; y += factor, row++) {
    let at = row * target.width + target.x;
    const start = y * size.width;
    for (let x = 0; x < size.width; x += factor) target.values[at++] = piece[start + x] ?? 0;
  }
}

/** The mean of every `factor` × `factor` square, cut at the edges, rounded for whole numbers. */
export function averageInto(
  piece: PlaneValues,
  size: Pick<Region, 'width' | 'height'>,
  factor: number,
  target: ShrinkTarget,
): void {
  const fraction = target.values instanceof Float32Array || target.values instanceof Float64Array;
  for (let y = 0, row = target.y; y < size.height; y += factor, row++) {
    let at = row * target.width + target.x;
    const lastY = Math.min(size.height, y + factor);
    for (let x = 0; x < size.width; x += factor) {
      const lastX = Math.min(size.width, x + factor);
      let sum = 0;
      for (let fineY = y; fineY < lastY; fineY++) {
        for (let fineX = x; fineX < lastX; fineX++) sum += piece[fineY * size.width + fineX] ?? 0;
      }
      const mean = sum / ((lastY - y) * (lastX - x));
      target.values[at++] = fraction ? mean : Math.round(mean);
    }
  }
}
