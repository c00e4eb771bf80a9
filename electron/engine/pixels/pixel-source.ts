import type { PlaneValues } from '../../../shared/imaging/channel-composition.ts';
import type { ImageInfo, PixelType } from '../../../shared/imaging/image-info.ts';

export type { PlaneValues } from '../../../shared/imaging/channel-composition.ts';

/** One channel at one z and one t, each counted from 0. */
export interface Plane {
  readonly c: number;
  readonly z: number;
  readonly t: number;
}

/** A rectangle of a level in pixels, wholly inside it. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a source knows of its image; the id is given by whoever opened it. */
export type SourceInfo = Omit<ImageInfo, 'imageId'>;

/** Pixels of an image of any format. All numbers are right or the read fails with a Problem that says why. */
export interface PixelSource {
  readonly info: SourceInfo;
  /** Values of a rectangle of a plane, row by row, `width × height` of them, in the type `info.pixelType`. */
  read(plane: Plane, level: number, region: Region, signal?: AbortSignal): Promise<PlaneValues>;
  /** Rows of a level that are stored together: reading fewer costs as much. */
  rowsTogether(level: number): number;
  close(): Promise<void>;
}

const arrays = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

/** Zero-filled values of a type. */
export function makeValues(type: PixelType, count: number): PlaneValues {
  return new arrays[type](count);
}

/** Bytes as values of a type, without a copy where they are aligned. The bytes are in the machine's order. */
export function viewValues(type: PixelType, bytes: Uint8Array): PlaneValues {
  const View = arrays[type];
  const size = View.BYTES_PER_ELEMENT;
  const count = Math.floor(bytes.byteLength / size);
  return bytes.byteOffset % size === 0
    ? new View(bytes.buffer as ArrayBuffer, bytes.byteOffset, count)
    : new View(new Uint8Array(bytes).buffer, 0, count);
}

/** The bytes of values, as they lie in memory; Node and every browser of today run little-endian. */
export function valueBytes(values: PlaneValues): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/**
 * Copies the part of a block that lies inside a region. The block starts at `blockX`, `blockY` of the plane and has
 * rows of `blockWidth` pixels, each of `step` values of which number `offset` is wanted.
 */
export function copyBlock(
  block: { readonly values: ArrayLike<number>; readonly step: number; readonly offset: number },
  place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  region: Region,
  out: PlaneValues,
): void {
  const fromX = Math.max(region.x, place.x);
  const toX = Math.min(region.x + region.width, place.x + place.width);
  const fromY = Math.max(region.y, place.y);
  const toY = Math.min(region.y + region.height, place.y + place.height);
  if (fromX >= toX) return;
  const { values, step, offset } = block;
  const straight = step === 1 && ArrayBuffer.isView(values) && !(values instanceof DataView);
  for (let y = fromY; y < toY; y++) {
    const source = (y - place.y) * place.width + (fromX - place.x);
    let target = (y - region.y) * region.width + (fromX - region.x);
    if (straight) {
      out.set((values as PlaneValues).subarray(source, source + toX - fromX), target);
      continue;
    }
    let at = source * step + offset;
    for (let x = fromX; x < toX; x++, at += step) out[target++] = values[at] ?? 0;
  }
}
