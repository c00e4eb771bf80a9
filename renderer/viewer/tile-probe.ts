import type { TilePlane } from './plane-values.ts';
import { coarseness } from './pyramid.ts';
import type { Frame, ImageLayer, MaskLayer, Probe, ProbeAnswer } from './tile-messages.ts';

type Layer = ImageLayer | MaskLayer;
/** Gives the values of a tile if they are at hand. */
export type TileGetter = (
  layer: Layer,
  tile: { readonly level: number; readonly x: number; readonly y: number },
  c: number,
) => TilePlane | undefined;

/** Reads the values under a point from the finest tiles at hand. A mask stored in colour has no label. */
export function probeLayers(frame: Frame, probe: Probe, tileAt: TileGetter): ProbeAnswer {
  let exact = true;
  const read = (layer: Layer, c: number, at: { readonly x: number; readonly y: number }) => {
    for (let level = 0; level < layer.levels.length; level++) {
      const value = valueAt(layer, level, c, at, tileAt);
      if (value === undefined) continue;
      if (level > 0) exact = false;
      return value;
    }
    return undefined;
  };
  const values: { c: number; value: number }[] = [];
  if (frame.image && probe.image) {
    for (const { c } of frame.image.channels) {
      const value = read(frame.image, c, probe.image);
      if (value !== undefined) values.push({ c, value });
    }
  }
  const [channel] = frame.mask?.channels ?? [];
  const single = frame.mask?.channels.length === 1 && channel !== undefined;
  const label = frame.mask && probe.mask && single ? read(frame.mask, channel, probe.mask) : undefined;
  return { id: probe.id, values, label: label ?? null, exact };
}

function valueAt(
  layer: Layer,
  level: number,
  c: number,
  at: { readonly x: number; readonly y: number },
  tileAt: TileGetter,
): number | undefined {
  const size = layer.levels[level];
  const finest = layer.levels[0];
  if (!size || !finest) return undefined;
  const x = Math.min(size.width - 1, Math.floor(at.x / coarseness(layer.levels, level)));
  const y = Math.min(size.height - 1, Math.floor((at.y * size.height) / finest.height));
  const [column, row] = [Math.floor(x / size.tileWidth), Math.floor(y / size.tileHeight)];
  const plane = tileAt(layer, { level, x: column, y: row }, c);
  return plane?.values[(y - row * size.tileHeight) * plane.width + (x - column * size.tileWidth)];
}
