import type { ImageLevel } from '../../shared/imaging/image-info.ts';
import { chooseFineness, type Fineness, firstFineness, type TileAddress, visibleTiles } from './pyramid.ts';
import type { LayerName, Plane, TileJob } from './tile-messages.ts';
import type { Size, Viewport } from './viewport.ts';

/** How much of a tile is at hand: as wanted now, of this plane with earlier settings, or not at all. */
export type Presence = 'fresh' | 'dated' | 'none';

export interface LayerView {
  readonly name: LayerName;
  readonly levels: readonly ImageLevel[];
  readonly plane: Plane;
  /** In pixels of this layer. */
  readonly viewport: Viewport;
  readonly view: Size;
  /** Device pixels a CSS pixel. */
  readonly density: number;
  /** Changes with everything that a painted tile depends on but its place. */
  readonly version: string;
}

export interface LayerPlan {
  readonly target: Fineness;
  /** Tiles of the target fineness that are seen. */
  readonly seen: readonly TileAddress[];
  readonly coarse: readonly TileJob[];
  readonly fine: readonly TileJob[];
}

/** Names a place in a layer: what is painted there replaces what was. */
export function placeKey(tile: TileAddress): string {
  return `${tile.level} ${tile.reduce} ${tile.x} ${tile.y}`;
}

/** Names a painted tile with all that it depends on. */
export function jobKey(layer: Pick<LayerView, 'name' | 'version'>, tile: TileAddress, plane: Plane): string {
  return `${layer.name}|${layer.version}|${plane.z} ${plane.t}|${placeKey(tile)}`;
}

/**
 * What to paint of one layer: where nothing of this plane can be seen yet the coarsest level comes first, then the
 * fineness that fits the zoom. What is fresh is not painted again.
 */
export function planLayer(layer: LayerView, presence: (tile: TileAddress) => Presence): LayerPlan {
  const target = chooseFineness(layer.levels, layer.viewport.scale * layer.density);
  const seen = visibleTiles(layer.levels, target, layer.viewport, layer.view);
  const toJob = (tile: TileAddress): TileJob => ({
    key: jobKey(layer, tile, layer.plane),
    layer: layer.name,
    tile,
    plane: layer.plane,
    painted: true,
  });
  const missing = seen.filter((tile) => presence(tile) !== 'fresh');
  const first = firstFineness(layer.levels, target);
  const blank = missing.some((tile) => presence(tile) === 'none');
  const coarse =
    first && blank
      ? visibleTiles(layer.levels, first, layer.viewport, layer.view)
          .filter((tile) => presence(tile) !== 'fresh')
          .map(toJob)
      : [];
  return { target, seen, coarse, fine: missing.map(toJob) };
}

/** The same tiles at other planes, only to be brought near. */
export function prefetchJobs(
  layer: LayerView,
  seen: readonly TileAddress[],
  planes: readonly Plane[],
): TileJob[] {
  return planes.flatMap((plane) =>
    seen.map((tile) => ({
      key: `near|${jobKey(layer, tile, plane)}`,
      layer: layer.name,
      tile,
      plane,
      painted: false,
    })),
  );
}

/** Coarse before fine; at equal fineness image and mask side by side, so that both come from the middle outwards. */
export function mergePlans(plans: readonly LayerPlan[]): TileJob[] {
  const jobs = plans.flatMap((plan) => plan.coarse);
  const longest = Math.max(0, ...plans.map((plan) => plan.fine.length));
  for (let index = 0; index < longest; index++) {
    for (const plan of plans) {
      const job = plan.fine[index];
      if (job) jobs.push(job);
    }
  }
  return jobs;
}
