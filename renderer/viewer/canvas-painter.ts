import type { ImageLevel } from '../../shared/imaging/image-info.ts';
import { coarseness, type TileAddress, tileRect, tileSize } from './pyramid.ts';
import { type Rect, type Size, toScreen, type Viewport } from './viewport.ts';

/** Where things are drawn: `viewport` in image pixels, `density` device pixels a CSS pixel. */
export interface Stage {
  readonly context: CanvasRenderingContext2D;
  readonly viewport: Viewport;
  readonly view: Size;
  readonly density: number;
}

export interface DrawnLayer {
  readonly levels: readonly ImageLevel[];
  /** Where the layer lies, in image pixels. */
  readonly rect: Rect;
  /** Set for labels: edges stay hard, and a tile first clears what lies below it. */
  readonly labels: boolean;
}

const UNLOADED = '#0d0d0d';
const FAILED = '#3b2a2a';

/** A rectangle of the image in whole device pixels, so that neighbours touch without a seam. */
export function deviceRect({ viewport, view, density }: Omit<Stage, 'context'>, rect: Rect): Rect {
  const from = toScreen(viewport, view, rect);
  const to = toScreen(viewport, view, { x: rect.x + rect.width, y: rect.y + rect.height });
  const x = Math.round(from.x * density);
  const y = Math.round(from.y * density);
  return { x, y, width: Math.round(to.x * density) - x, height: Math.round(to.y * density) - y };
}

/** Where a tile of a layer lies, in image pixels. */
export function placedTile(layer: DrawnLayer, tile: TileAddress): Rect {
  const finest = layer.levels[0];
  if (!finest) return { x: 0, y: 0, width: 0, height: 0 };
  const own = tileRect(layer.levels, tile);
  const across = layer.rect.width / finest.width;
  const down = layer.rect.height / finest.height;
  return {
    x: layer.rect.x + own.x * across,
    y: layer.rect.y + own.y * down,
    width: own.width * across,
    height: own.height * down,
  };
}

export function clearStage({ context }: Stage): void {
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
}

/** The extent of the image, before anything of it has come. */
export function drawGround(stage: Stage, image: Size): void {
  const rect = deviceRect(stage, { x: 0, y: 0, ...image });
  stage.context.fillStyle = UNLOADED;
  stage.context.fillRect(rect.x, rect.y, rect.width, rect.height);
}

export function drawTile(stage: Stage, layer: DrawnLayer, tile: TileAddress, bitmap: ImageBitmap): void {
  const { context, viewport, density } = stage;
  const at = deviceRect(stage, placedTile(layer, tile));
  if (at.width <= 0 || at.height <= 0) return;
  const outside =
    at.x >= context.canvas.width ||
    at.y >= context.canvas.height ||
    at.x + at.width <= 0 ||
    at.y + at.height <= 0;
  if (outside) return;
  const finest = layer.levels[0];
  const own = finest ? layer.rect.width / finest.width : 1;
  const perPixel = viewport.scale * density * own * coarseness(layer.levels, tile.level) * tile.reduce;
  // Pixels of the file stay visible as squares; what only stands in for finer tiles is softened.
  const standsIn = perPixel > 1 && (tile.level > 0 || tile.reduce > 1);
  context.imageSmoothingEnabled = perPixel < 1 || (standsIn && !layer.labels);
  if (layer.labels) context.clearRect(at.x, at.y, at.width, at.height);
  const size = tileSize(layer.levels, tile.level, tile.x, tile.y);
  const enlarged = bitmap.width / Math.ceil(size.width / tile.reduce);
  context.drawImage(
    bitmap,
    0,
    0,
    (size.width / tile.reduce) * enlarged,
    (size.height / tile.reduce) * enlarged,
    at.x,
    at.y,
    at.width,
    at.height,
  );
}

/** Marks a tile that cannot be read: crossed lines, so that it is not taken for an empty part. */
export function drawFailedTile(stage: Stage, layer: DrawnLayer, tile: TileAddress): void {
  const { context } = stage;
  const at = deviceRect(stage, placedTile(layer, tile));
  context.save();
  context.beginPath();
  context.rect(at.x, at.y, at.width, at.height);
  context.clip();
  context.strokeStyle = FAILED;
  context.lineWidth = 2 * stage.density;
  context.beginPath();
  const step = 16 * stage.density;
  for (let offset = -at.height; offset < at.width; offset += step) {
    context.moveTo(at.x + offset, at.y + at.height);
    context.lineTo(at.x + offset + at.height, at.y);
  }
  context.stroke();
  context.restore();
}
