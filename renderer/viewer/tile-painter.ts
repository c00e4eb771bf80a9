import { composeChannels } from '../../shared/imaging/channel-composition.ts';
import { paintLabels } from '../../shared/imaging/label-paint.ts';
import {
  enlargeLabels,
  joinColours,
  type Neighbours,
  padLabels,
  shrink,
  type TilePlane,
} from './plane-values.ts';
import { type TileAddress, tileGrid } from './pyramid.ts';
import type { ImageLayer, MaskLayer } from './tile-messages.ts';

/** A painted tile: red, green, blue, alpha, not premultiplied. */
export interface PaintedTile {
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** Wide enough for the widest outline. */
const PAD = 2;
const sides = {
  left: [-1, 0],
  right: [1, 0],
  above: [0, -1],
  below: [0, 1],
} as const;
const sideNames = ['left', 'right', 'above', 'below'] as const;

/** A place in the tile grid and a channel. */
export interface NeededPlane {
  readonly x: number;
  readonly y: number;
  readonly c: number;
}

/** What must be at hand to paint a tile of an image: the tile in every visible channel. */
export function neededForImage(layer: ImageLayer, tile: TileAddress): NeededPlane[] {
  return layer.channels.map(({ c }) => ({ x: tile.x, y: tile.y, c }));
}

/** What must be at hand to paint a tile of a mask: the tile and, for outlines, those beside it. */
export function neededForMask(layer: MaskLayer, tile: TileAddress): NeededPlane[] {
  const places = [{ x: tile.x, y: tile.y }];
  if (layer.paint.outlineAlpha > 0) {
    const grid = tileGrid(layer.levels, tile.level);
    for (const side of sideNames) {
      const [x, y] = [tile.x + sides[side][0], tile.y + sides[side][1]];
      if (x >= 0 && y >= 0 && x < grid.columns && y < grid.rows) places.push({ x, y });
    }
  }
  return places.flatMap((place) => layer.channels.map((c) => ({ ...place, c })));
}

/** Gives a plane that was said to be needed. */
export type PlaneGetter = (need: NeededPlane) => TilePlane | undefined;

/** Paints a tile of an image. Throws a RangeError when a needed plane is not there. */
export function paintImageTile(layer: ImageLayer, tile: TileAddress, plane: PlaneGetter): PaintedTile {
  let size = { width: 1, height: 1 };
  const paints = layer.channels.map((channel) => {
    const { range, gamma, colour } = channel;
    const small = shrink(layer.pixelType, present(plane({ ...tile, c: channel.c })), tile.reduce, 'mean');
    size = small;
    return { values: small.values, range, gamma, colour };
  });
  const rgba = new Uint8ClampedArray(size.width * size.height * 4);
  composeChannels(layer.pixelType, paints, rgba);
  return { rgba, width: size.width, height: size.height };
}

/** Paints a tile of a mask. Throws a RangeError when a needed plane is not there. */
export function paintMaskTile(layer: MaskLayer, tile: TileAddress, plane: PlaneGetter): PaintedTile {
  const coloured = layer.channels.length === 3;
  const labelsAt = (x: number, y: number): TilePlane | null => {
    const planes = layer.channels.map((c) => plane({ x, y, c }));
    const [first, second, third] = planes;
    if (!first) return null;
    const whole =
      second && third
        ? {
            ...first,
            values: joinColours(layer.pixelType, layer.storedType, [
              first.values,
              second.values,
              third.values,
            ]),
          }
        : first;
    return shrink(coloured ? 'uint32' : layer.pixelType, whole, tile.reduce, 'pick');
  };
  const own = present(labelsAt(tile.x, tile.y) ?? undefined);
  const beside = (side: keyof Neighbours) =>
    layer.paint.outlineAlpha > 0 ? labelsAt(tile.x + sides[side][0], tile.y + sides[side][1]) : null;
  const neighbours = {
    left: beside('left'),
    right: beside('right'),
    above: beside('above'),
    below: beside('below'),
  };
  const type = coloured ? 'uint32' : layer.pixelType;
  const padded = padLabels(type, own, neighbours, PAD);
  const labels = enlargeLabels(type, padded, tile.reduce === 1 ? layer.enlarge : 1);
  const { width, height } = labels;
  const rgba = new Uint8ClampedArray(width * height * 4);
  paintLabels({ ...labels, coloured }, layer.paint, rgba);
  return { rgba, width, height };
}

function present(plane: TilePlane | undefined): TilePlane {
  if (!plane) throw new RangeError('A tile was to be painted before its values had come.');
  return plane;
}
