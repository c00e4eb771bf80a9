import type { PixelType } from '../../../shared/imaging/image-info.ts';
import { makeValues, type PlaneValues } from './pixel-source.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Brings a plane to another size: the mean of the pixels under each new one, or the nearest where it grows. */
export function fitAverage(values: PlaneValues, from: Size, to: Size, type: PixelType): PlaneValues {
  const out = makeValues(type, to.width * to.height);
  const fraction = type === 'float32' || type === 'float64';
  const columns = spans(from.width, to.width);
  const rows = spans(from.height, to.height);
  let at = 0;
  for (const [top, bottom] of rows) {
    for (const [left, right] of columns) {
      let sum = 0;
      let count = 0;
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const value = values[y * from.width + x] ?? 0;
          if (!Number.isFinite(value)) continue;
          sum += value;
          count++;
        }
      }
      const mean = count === 0 ? 0 : sum / count;
      out[at++] = fraction ? mean : Math.round(mean);
    }
  }
  return out;
}

/** Brings a plane to another size; every new value is one of the old. */
export function fitNearest(values: PlaneValues, from: Size, to: Size, type: PixelType): PlaneValues {
  const out = makeValues(type, to.width * to.height);
  let at = 0;
  for (let y = 0; y < to.height; y++) {
    const row = Math.min(from.height - 1, Math.floor(((y + 0.5) * from.height) / to.height)) * from.width;
    for (let x = 0; x < to.width; x++) {
      const column = Math.min(from.width - 1, Math.floor(((x + 0.5) * from.width) / to.width));
      out[at++] = values[row + column] ?? 0;
    }
  }
  return out;
}

/** For each new pixel the first old one under it and the one after the last; at least one. */
function spans(from: number, to: number): (readonly [number, number])[] {
  return Array.from({ length: to }, (_, index) => {
    const first = Math.min(from - 1, Math.floor((index * from) / to));
    return [first, Math.max(first + 1, Math.floor(((index + 1) * from) / to))] as const;
  });
}
