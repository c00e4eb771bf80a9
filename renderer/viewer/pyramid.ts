import type { ImageLevel } from '../../shared/imaging/image-info.ts';
import { type Rect, type Size, seenPart, type Viewport } from './viewport.ts';

/**
 * At which fineness to draw: a level of the image, and how many of its pixels are joined to one on the way
 * (a power of two; above 1 only where the image has no coarser level).
 */
export interface Fineness {
  readonly level: number;
  readonly reduce: number;
}

export interface TileAddress extends Fineness {
  readonly x: number;
  readonly y: number;
}

type Levels = readonly ImageLevel[];

function levelAt(levels: Levels, level: number): ImageLevel {
  const found = levels[level];
  if (!found) throw new RangeError(`The image has ${levels.length} levels, there is no level ${level}.`);
  return found;
}

/** Pixels of the finest level that one pixel of a level spans. */
export function coarseness(levels: Levels, level: number): number {
  return levelAt(levels, 0).width / levelAt(levels, level).width;
}

/**
 * The coarsest level that still has a pixel for every screen pixel; level 0 when zoomed in. `scale` is device
 * pixels a pixel of the finest level. A level that only just misses (by a tenth) is taken too.
 */
export function chooseFineness(levels: Levels, scale: number): Fineness {
  let level = 0;
  for (let candidate = 1; candidate < levels.length; candidate++) {
    if (scale * coarseness(levels, candidate) <= 1.1) level = candidate;
  }
  const perPixel = scale * coarseness(levels, level);
  return { level, reduce: perPixel > 0.5 ? 1 : 2 ** Math.floor(Math.log2(1 / perPixel)) };
}

/** The fineness to begin with: the coarsest level there is, when it is coarser than the one wanted. */
export function firstFineness(levels: Levels, wanted: Fineness): Fineness | null {
  const last = levels.length - 1;
  return last > wanted.level ? { level: last, reduce: 1 } : null;
}

/** Columns and rows of tiles of a level. */
export function tileGrid(levels: Levels, level: number): { readonly columns: number; readonly rows: number } {
  const { width, height, tileWidth, tileHeight } = levelAt(levels, level);
  return { columns: Math.ceil(width / tileWidth), rows: Math.ceil(height / tileHeight) };
}

/** Width and height of a tile in pixels of its level; tiles at the right and lower edge are cut. */
export function tileSize(levels: Levels, level: number, x: number, y: number): Size {
  const { width, height, tileWidth, tileHeight } = levelAt(levels, level);
  return {
    width: Math.min(tileWidth, width - x * tileWidth),
    height: Math.min(tileHeight, height - y * tileHeight),
  };
}

/** Where a tile lies, in pixels of the finest level. */
export function tileRect(levels: Levels, { level, x, y }: TileAddress): Rect {
  const finest = levelAt(levels, 0);
  const { width, height, tileWidth, tileHeight } = levelAt(levels, level);
  const size = tileSize(levels, level, x, y);
  const [across, down] = [finest.width / width, finest.height / height];
  return {
    x: x * tileWidth * across,
    y: y * tileHeight * down,
    width: size.width * across,
    height: size.height * down,
  };
}

/** The tiles of one fineness that are seen, those nearest to the middle of the view first. */
export function visibleTiles(
  levels: Levels,
  fineness: Fineness,
  viewport: Viewport,
  view: Size,
): TileAddress[] {
  const finest = levelAt(levels, 0);
  const { width, height, tileWidth, tileHeight } = levelAt(levels, fineness.level);
  const seen = seenPart(viewport, view, finest);
  if (seen.width <= 0 || seen.height <= 0) return [];
  const stepX = (tileWidth * finest.width) / width;
  const stepY = (tileHeight * finest.height) / height;
  const grid = tileGrid(levels, fineness.level);
  const lastX = Math.min(grid.columns - 1, Math.ceil((seen.x + seen.width) / stepX) - 1);
  const lastY = Math.min(grid.rows - 1, Math.ceil((seen.y + seen.height) / stepY) - 1);
  const tiles: TileAddress[] = [];
  for (let y = Math.floor(seen.y / stepY); y <= lastY; y++) {
    for (let x = Math.floor(seen.x / stepX); x <= lastX; x++) tiles.push({ ...fineness, x, y });
  }
  const distance = (tile: TileAddress) =>
    Math.hypot((tile.x + 0.5) * stepX - viewport.centreX, (tile.y + 0.5) * stepY - viewport.centreY);
  return tiles.sort((a, b) => distance(a) - distance(b));
}
