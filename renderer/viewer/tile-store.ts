import type { ImageLevel } from '../../shared/imaging/image-info.ts';
import { ByteCache } from './byte-cache.ts';
import { type Presence, placeKey } from './frame-plan.ts';
import { coarseness, type TileAddress } from './pyramid.ts';
import { samePlane } from './scene.ts';
import type { Plane } from './tile-messages.ts';

/** What can be drawn; an ImageBitmap in the window. */
export interface Drawable {
  readonly width: number;
  readonly height: number;
  close(): void;
}

/** A painted tile, what it shows and with which settings. */
export interface StoredTile<B extends Drawable> {
  readonly tile: TileAddress;
  readonly plane: Plane;
  readonly version: string;
  readonly bitmap: B;
}

/** Painted tiles of one layer of one image, within a number of bytes. The newest of a place replaces the older. */
export class TileStore<B extends Drawable> {
  readonly #tiles: ByteCache<StoredTile<B>>;

  constructor(limit: number) {
    this.#tiles = new ByteCache(limit, (tile) => tile.bitmap.close());
  }

  add(tile: StoredTile<B>): void {
    this.#tiles.set(placeKey(tile.tile), tile, tile.bitmap.width * tile.bitmap.height * 4);
  }

  clear(): void {
    this.#tiles.clear();
  }

  presence(tile: TileAddress, plane: Plane, version: string): Presence {
    const stored = this.#tiles.peek(placeKey(tile));
    if (!stored || !samePlane(stored.plane, plane)) return 'none';
    return stored.version === version ? 'fresh' : 'dated';
  }

  /** Marks tiles as used, so that they are the last to go. */
  touch(tiles: readonly TileAddress[]): void {
    for (const tile of tiles) this.#tiles.get(placeKey(tile));
  }

  /**
   * What to draw, from the bottom up: what is left of the plane shown before, then this plane from coarse to fine.
   * When everything seen is fresh, only that. So nothing blinks, and nothing old lies over something new.
   */
  toDraw(
    levels: readonly ImageLevel[],
    seen: readonly TileAddress[],
    plane: Plane,
    version: string,
  ): StoredTile<B>[] {
    const wanted = new Set(seen.map(placeKey));
    const all = [...this.#tiles.entries()];
    if (seen.every((tile) => this.presence(tile, plane, version) === 'fresh')) {
      return all.filter(([key]) => wanted.has(key)).map(([, tile]) => tile);
    }
    const rank = ([key, stored]: [string, StoredTile<B>]) => [
      samePlane(stored.plane, plane) ? 1 : 0,
      wanted.has(key) ? 1 : 0,
      -coarseness(levels, stored.tile.level) * stored.tile.reduce,
    ];
    return all
      .map((entry) => ({ tile: entry[1], rank: rank(entry) }))
      .sort((a, b) => compareRanks(a.rank, b.rank))
      .map(({ tile }) => tile);
  }
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
