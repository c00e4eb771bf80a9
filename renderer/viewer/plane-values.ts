import { emptyValues, type PlaneValues } from '../../shared/imaging/channel-composition.ts';
import { brightness, typeRange } from '../../shared/imaging/contrast.ts';
import type { PixelType } from '../../shared/imaging/image-info.ts';
import type { PaddedLabels } from '../../shared/imaging/label-paint.ts';

/** The values of a tile with its width and height. */
export interface TilePlane {
  readonly values: PlaneValues;
  readonly width: number;
  readonly height: number;
}

/**
 * Joins squares of `step` × `step` pixels to one: by their mean for images, by their upper left pixel for labels,
 * of which no mean exists. Squares at the right and lower edge may be smaller.
 */
export function shrink(
  pixelType: PixelType,
  plane: TilePlane,
  step: number,
  how: 'mean' | 'pick',
): TilePlane {
  if (step === 1) return plane;
  const width = Math.ceil(plane.width / step);
  const height = Math.ceil(plane.height / step);
  const values = emptyValues(pixelType, width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      values[y * width + x] =
        how === 'pick'
          ? (plane.values[y * step * plane.width + x * step] ?? 0)
          : meanOf(plane, x * step, y * step, step);
    }
  }
  return { values, width, height };
}

function meanOf(plane: TilePlane, left: number, top: number, step: number): number {
  const right = Math.min(plane.width, left + step);
  const bottom = Math.min(plane.height, top + step);
  let sum = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) sum += plane.values[y * plane.width + x] ?? 0;
  }
  return sum / ((right - left) * (bottom - top));
}

/** The tiles beside a tile; null at the edge of the image. */
export interface Neighbours {
  readonly left: TilePlane | null;
  readonly right: TilePlane | null;
  readonly above: TilePlane | null;
  readonly below: TilePlane | null;
}

/**
 * A tile of labels with a rim of `pad` pixels from its neighbours. Where there is none the last pixel is repeated,
 * so that no line appears at the edge of the image. The corners of the rim are not filled: nobody looks there.
 */
export function padLabels(
  pixelType: PixelType,
  plane: TilePlane,
  neighbours: Neighbours,
  pad: number,
): PaddedLabels {
  const { width, height, values } = plane;
  const stride = width + 2 * pad;
  const padded = emptyValues(pixelType, stride * (height + 2 * pad));
  const at = (source: TilePlane, x: number, y: number) => {
    const column = Math.min(source.width - 1, Math.max(0, x));
    const row = Math.min(source.height - 1, Math.max(0, y));
    return source.values[row * source.width + column] ?? 0;
  };
  for (let y = 0; y < height; y++) {
    const row = (y + pad) * stride + pad;
    padded.set(values.subarray(y * width, (y + 1) * width), row);
    for (let step = 1; step <= pad; step++) {
      padded[row - step] = neighbours.left
        ? at(neighbours.left, neighbours.left.width - step, y)
        : at(plane, 0, y);
      padded[row + width + step - 1] = neighbours.right
        ? at(neighbours.right, step - 1, y)
        : at(plane, width - 1, y);
    }
  }
  for (let x = 0; x < width; x++) {
    for (let step = 1; step <= pad; step++) {
      padded[(pad - step) * stride + pad + x] = neighbours.above
        ? at(neighbours.above, x, neighbours.above.height - step)
        : at(plane, x, 0);
      padded[(pad + height + step - 1) * stride + pad + x] = neighbours.below
        ? at(neighbours.below, x, step - 1)
        : at(plane, x, height - 1);
    }
  }
  return { values: padded, width, height, pad };
}

/** Each label as a square of `times` × `times` pixels; the rim grows with it. */
export function enlargeLabels(pixelType: PixelType, labels: PaddedLabels, times: number): PaddedLabels {
  if (times === 1) return labels;
  const stride = labels.width + 2 * labels.pad;
  const rows = labels.height + 2 * labels.pad;
  const values = emptyValues(pixelType, stride * rows * times * times);
  const wide = stride * times;
  for (let y = 0; y < rows; y++) {
    const start = y * times * wide;
    for (let x = 0; x < stride; x++) {
      values.fill(labels.values[y * stride + x] ?? 0, start + x * times, start + (x + 1) * times);
    }
    for (let copy = 1; copy < times; copy++) values.copyWithin(start + copy * wide, start, start + wide);
  }
  return { values, width: labels.width * times, height: labels.height * times, pad: labels.pad * times };
}

/** Red, green and blue of a mask stored as a colour picture as one number a colour, black being 0. */
export function joinColours(
  pixelType: PixelType,
  storedType: string,
  planes: readonly [PlaneValues, PlaneValues, PlaneValues],
): Uint32Array {
  const range = typeRange(pixelType, storedType);
  const byte = (plane: PlaneValues, index: number) =>
    Math.round(brightness(plane[index] ?? 0, range, 1) * 255);
  const joined = new Uint32Array(planes[0].length);
  for (let index = 0; index < joined.length; index++) {
    joined[index] = byte(planes[0], index) * 65_536 + byte(planes[1], index) * 256 + byte(planes[2], index);
  }
  return joined;
}
