import type { TileAddress } from './pyramid.ts';
import type { Frame, LayerName, Plane } from './tile-messages.ts';

/** What a tile will be when it comes. */
export interface ExpectedTile {
  readonly layer: LayerName;
  readonly imageId: string;
  readonly tile: TileAddress;
  readonly plane: Plane;
  readonly version: string;
}

export type LayerVersions = Readonly<Record<LayerName, string>>;

/** How long a painting may go on before a change of settings cuts it off, in milliseconds. */
const PATIENCE = 120;

/**
 * Hands frames to the workshop, but not the same one twice, and not so fast that nothing is ever finished: while a
 * slider is dragged each step would cut off the one before. A frame held back is asked for again by `again`.
 */
export class TileRequests {
  readonly #show: (frame: Frame) => void;
  readonly #again: (milliseconds: number) => void;
  readonly #now: () => number;
  #current = new Map<string, ExpectedTile>();
  #before = new Map<string, ExpectedTile>();
  #open = new Set<string>();
  #asked: string | null = null;
  #settings = '';
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(
    show: (frame: Frame) => void,
    again: (milliseconds: number) => void,
    now: () => number = () => performance.now(),
  ) {
    this.#show = show;
    this.#again = again;
    this.#now = now;
  }

  ask(frame: Frame, versions: LayerVersions): void {
    const asked = frame.jobs.map(({ key }) => key).join();
    if (asked === this.#asked) return;
    const settings = `${versions.image} ${versions.mask}`;
    const age = this.#now() - this.#askedAt;
    if (this.#open.size > 0 && settings !== this.#settings && age < PATIENCE) {
      this.#again(PATIENCE - age);
      return;
    }
    this.#asked = asked;
    this.#settings = settings;
    this.#askedAt = this.#now();
    // What is painted at this moment still comes, and is better than what is shown.
    this.#before = this.#current;
    this.#current = new Map();
    for (const { key, layer, tile, plane, painted } of frame.jobs) {
      const imageId = frame[layer]?.imageId;
      if (!painted || imageId === undefined) continue;
      this.#current.set(key, { layer, imageId, tile, plane, version: versions[layer] });
    }
    this.#open = new Set(this.#current.keys());
    this.#show(frame);
  }

  /** What an arrived tile is; undefined when nobody waits for it any more. */
  arrived(key: string): ExpectedTile | undefined {
    this.#open.delete(key);
    return this.#current.get(key) ?? this.#before.get(key);
  }

  failed(key: string): void {
    this.#open.delete(key);
  }

  /** Lets the next frame through even if it is the same. */
  reset(): void {
    this.#asked = null;
    this.#open.clear();
  }
}
