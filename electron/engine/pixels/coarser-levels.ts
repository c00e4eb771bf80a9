import { bytesPerPixel, type ImageLevel } from '../../../shared/imaging/image-info.ts';
import { decodedBlocks, newCachePrefix } from './decoded-blocks.ts';
import { tooLarge } from './pixel-problems.ts';
import {
  copyBlock,
  makeValues,
  type PixelSource,
  type Plane,
  type PlaneValues,
  type Region,
} from './pixel-source.ts';
import { averageInto, pickInto } from './shrink.ts';
import { viewTiles } from './view-tiles.ts';

/** A level of at most this many pixels a side can be shown whole. */
const SMALL = 1024;
/** A made level up to this size is made once for the whole plane and kept. */
const WHOLE_BYTES = 64 * 1024 * 1024;
/** Bytes of the finer level that are held while a coarser one is made. */
const BAND_BYTES = 32 * 1024 * 1024;
/** Widest piece that is read at once while a level is made. */
const BAND_WIDTH = 8192;
/** A plane beyond this would keep people waiting for minutes without a pyramid. */
const MOST_BYTES = 16 * 1024 * 1024 * 1024;

/**
 * Adds coarser levels to a source that has none small enough to be shown whole, made when they are asked for.
 *
 * Nobody has said here whether numbers are measurements or labels, so a made level takes every n-th pixel: every
 * number in it is a number of the file. Only colour is averaged.
 */
export function withCoarserLevels(source: PixelSource): PixelSource {
  const { info } = source;
  const base = info.levels.at(-1);
  if (!base || Math.max(base.width, base.height) <= SMALL) return source;
  const stored = info.levels.length;
  const made = coarserLevels(base);
  const prefix = newCachePrefix();
  const pixelBytes = bytesPerPixel[info.pixelType];

  /** Makes a rectangle of a coarser level out of a finer one. */
  const shrink = async (
    read: (region: Region) => Promise<PlaneValues>,
    fine: { readonly width: number; readonly height: number; readonly rowsTogether: number },
    factor: number,
    region: Region,
    signal: AbortSignal | undefined,
  ): Promise<PlaneValues> => {
    const out = makeValues(info.pixelType, region.width * region.height);
    const right = Math.min(fine.width, (region.x + region.width) * factor);
    const columns = Math.max(1, Math.floor(BAND_WIDTH / factor)) * factor;
    // One picked row costs no more than its own strip; averaging needs all rows under a pixel.
    const singleRows = !info.rgb && factor >= fine.rowsTogether;
    const bandRows = Math.max(
      1,
      Math.floor(BAND_BYTES / (Math.min(columns, fine.width) * pixelBytes * factor)),
    );
    const rows = singleRows ? 1 : Math.min(bandRows, Math.max(1, Math.ceil(fine.rowsTogether / factor)));
    for (let row = 0; row < region.height; row += rows) {
      const count = Math.min(rows, region.height - row);
      const top = (region.y + row) * factor;
      const bottom = singleRows ? top + 1 : Math.min(fine.height, top + count * factor);
      for (let left = region.x * factor; left < right; left += columns) {
        signal?.throwIfAborted();
        const piece = { x: left, y: top, width: Math.min(columns, right - left), height: bottom - top };
        const values = await read(piece);
        const target = { values: out, width: region.width, x: (left - region.x * factor) / factor, y: row };
        if (info.rgb) averageInto(values, piece, factor, target);
        else pickInto(values, piece, factor, target);
      }
    }
    return out;
  };

  const readMade = async (
    plane: Plane,
    index: number,
    region: Region,
    signal?: AbortSignal,
  ): Promise<PlaneValues> => {
    const level = made[index];
    if (!level) throw new RangeError(`There is no level ${stored + index}.`);
    if (base.width * base.height * pixelBytes > MOST_BYTES) {
      throw tooLarge(info.name, `It is ${base.width} × ${base.height} pixels and has no pyramid.`);
    }
    const fine = { ...base, rowsTogether: source.rowsTogether(stored - 1) };
    const readBase = (inner: AbortSignal | undefined) => (piece: Region) =>
      source.read(plane, stored - 1, piece, inner);
    if (level.width * level.height * pixelBytes > WHOLE_BYTES) {
      return shrink(readBase(signal), fine, level.factor, region, signal);
    }
    const all = { x: 0, y: 0, width: level.width, height: level.height };
    const key = `${prefix}${plane.c}/${plane.z}/${plane.t}/${index}`;
    const whole = await decodedBlocks.get(
      key,
      (inner) => {
        const finer = made[index - 1];
        if (!finer || finer.width * finer.height * pixelBytes > WHOLE_BYTES) {
          return shrink(readBase(inner), fine, level.factor, all, inner);
        }
        const read = (piece: Region) => readMade(plane, index - 1, piece, inner);
        return shrink(read, { ...finer, rowsTogether: finer.height }, 2, all, inner);
      },
      signal,
    );
    const out = makeValues(info.pixelType, region.width * region.height);
    copyBlock({ values: whole, step: 1, offset: 0 }, all, region, out);
    return out;
  };

  return {
    info: { ...info, levels: [...info.levels, ...made.map(({ factor: _, ...level }) => level)] },
    read: (plane, level, region, signal) =>
      level < stored
        ? source.read(plane, level, region, signal)
        : readMade(plane, level - stored, region, signal),
    rowsTogether: (level) => (level < stored ? source.rowsTogether(level) : 1),
    async close() {
      decodedBlocks.forget(prefix);
      await source.close();
    },
  };
}

function coarserLevels(base: ImageLevel): (ImageLevel & { factor: number })[] {
  const levels: (ImageLevel & { factor: number })[] = [];
  for (let factor = 2; ; factor *= 2) {
    const width = Math.ceil(base.width / factor);
    const height = Math.ceil(base.height / factor);
    levels.push({ width, height, ...viewTiles(null), factor });
    if (Math.max(width, height) <= SMALL) return levels;
  }
}
