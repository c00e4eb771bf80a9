import { brightness, brightnessTable, tableSpan, type ValueRange } from './contrast.ts';
import type { PixelType } from './image-info.ts';
import type { Rgb } from './label-colours.ts';

/** The values of one plane or tile, row by row, in the type of its image. */
export type PlaneValues =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** How one channel is shown. */
export interface ChannelPaint {
  readonly values: PlaneValues;
  readonly range: ValueRange;
  readonly gamma: number;
  readonly colour: Rgb;
}

/**
 * Adds the channels into `out` (red, green, blue, alpha; four bytes a pixel, `values.length` pixels). What was in
 * `out` is overwritten, alpha is 255. Red, green and blue of a colour image are three channels of these colours
 * over the whole range of the type, which gives back exactly what is stored.
 */
export function composeChannels(
  pixelType: PixelType,
  channels: readonly ChannelPaint[],
  out: Uint8ClampedArray,
): void {
  for (let at = 0; at < out.length; at += 4) {
    out[at] = 0;
    out[at + 1] = 0;
    out[at + 2] = 0;
    out[at + 3] = 255;
  }
  for (const channel of channels) addChannel(pixelType, channel, out);
}

const tables = new Map<string, Uint8Array>();
const TABLES_KEPT = 16;

/** A table is made once for all tiles that are shown alike. */
function tableFor(
  pixelType: PixelType,
  span: { readonly size: number; readonly first: number },
  range: ValueRange,
  gamma: number,
): Uint8Array {
  const key = `${pixelType} ${range.low} ${range.high} ${gamma}`;
  const table = tables.get(key) ?? brightnessTable(span, range, gamma);
  tables.delete(key);
  tables.set(key, table);
  for (const oldest of tables.keys()) {
    if (tables.size <= TABLES_KEPT) break;
    tables.delete(oldest);
  }
  return table;
}

function addChannel(pixelType: PixelType, paint: ChannelPaint, out: Uint8ClampedArray): void {
  const { values, range, gamma, colour } = paint;
  const count = Math.min(values.length, out.length / 4);
  const [red, green, blue] = [colour[0] / 255, colour[1] / 255, colour[2] / 255];
  const span = tableSpan(pixelType);
  const table = span ? tableFor(pixelType, span, range, gamma) : null;
  const first = span?.first ?? 0;
  for (let index = 0, at = 0; index < count; index++, at += 4) {
    const value = values[index] ?? 0;
    const light = table ? (table[value - first] ?? 0) : brightness(value, range, gamma) * 255;
    if (light === 0) continue;
    // Uint8ClampedArray rounds and clamps: this is the saturating sum of light.
    if (red > 0) out[at] = (out[at] ?? 0) + light * red;
    if (green > 0) out[at + 1] = (out[at + 1] ?? 0) + light * green;
    if (blue > 0) out[at + 2] = (out[at + 2] ?? 0) + light * blue;
  }
}

const views = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

/**
 * Raw tile bytes as values. Tiles are little-endian, as every processor that a browser or Node runs on today.
 * Throws a RangeError when there are too few or too many bytes for `count` values.
 */
export function tileValues(pixelType: PixelType, bytes: ArrayBuffer, count: number): PlaneValues {
  const View = views[pixelType];
  if (bytes.byteLength !== count * View.BYTES_PER_ELEMENT) {
    throw new RangeError(
      `A tile of ${count} ${pixelType} values has ${count * View.BYTES_PER_ELEMENT} bytes, not ${bytes.byteLength}.`,
    );
  }
  return new View(bytes);
}

/** An empty plane of a type, zero-filled. */
export function emptyValues(pixelType: PixelType, count: number): PlaneValues {
  return new views[pixelType](count);
}
