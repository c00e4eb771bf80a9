import { contentAddress } from '../../shared/contract/content.ts';
import { tileValues } from '../../shared/imaging/channel-composition.ts';
import { Problem, type ProblemData, problemOf } from '../../shared/model/problem.ts';
import { ByteCache } from './byte-cache.ts';
import type { TilePlane } from './plane-values.ts';
import { tileSize } from './pyramid.ts';
import type { Frame, ImageLayer, MaskLayer, Plane, Probe, ProbeAnswer, TileJob } from './tile-messages.ts';
import {
  type NeededPlane,
  neededForImage,
  neededForMask,
  type PaintedTile,
  paintImageTile,
  paintMaskTile,
} from './tile-painter.ts';
import { probeLayers } from './tile-probe.ts';
import { TileScheduler } from './tile-scheduler.ts';

/** What the workshop needs around it. */
export interface WorkshopHost {
  /** The bytes behind an address made by `contentAddress`. Throws a Problem when they cannot be had. */
  fetchBytes(address: string, signal: AbortSignal): Promise<ArrayBuffer>;
  tile(key: string, painted: PaintedTile): Promise<void> | void;
  failed(key: string, problem: ProblemData): void;
  /** Resolves once messages that wait have been heard. */
  breathe(): Promise<void>;
}

interface Need {
  readonly rawKey: string;
  readonly address: string;
  readonly width: number;
  readonly height: number;
  readonly layer: ImageLayer | MaskLayer;
}

interface PendingJob {
  readonly job: TileJob;
  /** Planes that have come, held here so that a full cache cannot take them away again. */
  readonly planes: Map<string, TilePlane>;
  missing: number;
}

const RAW_BYTES = 192 * 1024 * 1024;
const CONCURRENCY = 6;

/** Fetches raw tiles and paints what is wanted, in the order wanted. Runs in a worker; knows no worker. */
export class TileWorkshop {
  readonly #host: WorkshopHost;
  readonly #raw: ByteCache<TilePlane>;
  readonly #scheduler: TileScheduler<TilePlane>;
  readonly #failures = new Map<string, ProblemData>();
  #frame: Frame = { image: null, mask: null, jobs: [] };
  #needs = new Map<string, Need>();
  #pending = new Map<string, PendingJob[]>();
  #ready: PendingJob[] = [];
  #painting = false;

  constructor(host: WorkshopHost, rawBytes = RAW_BYTES) {
    this.#host = host;
    this.#raw = new ByteCache(rawBytes);
    this.#scheduler = new TileScheduler(
      {
        load: (key, signal) => this.#load(key, signal),
        loaded: (key, plane) => this.#loaded(key, plane),
        failed: (key, reason) => this.#failed(key, reason),
      },
      CONCURRENCY,
    );
  }

  /** Takes a new list of what is wanted. What was wanted before and is not on it is given up. */
  show(frame: Frame): void {
    this.#frame = frame;
    this.#needs = new Map();
    this.#pending = new Map();
    this.#ready = [];
    const wanted: string[] = [];
    for (const job of frame.jobs) this.#take(job, wanted);
    this.#scheduler.want(wanted);
    void this.#paintReady();
  }

  /** Forgets failures; the next frame asks again. */
  retry(): void {
    this.#failures.clear();
  }

  probe(probe: Probe): ProbeAnswer {
    return probeLayers(this.#frame, probe, (layer, tile, c) =>
      this.#raw.peek(rawKey(layer.imageId, tile.level, { ...tile, c }, layer.plane)),
    );
  }

  #take(job: TileJob, wanted: string[]): void {
    const layer = this.#frame[job.layer];
    if (!layer) return;
    const needs =
      job.layer === 'image' && this.#frame.image
        ? neededForImage(this.#frame.image, job.tile)
        : this.#frame.mask
          ? neededForMask(this.#frame.mask, job.tile)
          : [];
    const pending: PendingJob = { job, planes: new Map(), missing: 0 };
    for (const need of needs) {
      const key = rawKey(layer.imageId, job.tile.level, need, job.plane);
      const failure = this.#failures.get(key);
      if (failure) {
        if (job.painted) this.#host.failed(job.key, failure);
        return;
      }
      const plane = this.#raw.get(key);
      if (plane) {
        pending.planes.set(key, plane);
        continue;
      }
      pending.missing++;
      wanted.push(key);
      this.#needs.set(key, describeNeed(key, layer, job, need));
      const waiting = this.#pending.get(key);
      if (waiting) waiting.push(pending);
      else this.#pending.set(key, [pending]);
    }
    if (pending.missing === 0 && job.painted) this.#ready.push(pending);
  }

  async #load(key: string, signal: AbortSignal): Promise<TilePlane> {
    const need = this.#needs.get(key);
    if (!need) throw new Problem('cancelled', 'Nobody wants this tile any more.');
    const bytes = await this.#host.fetchBytes(need.address, signal);
    const values = tileValues(need.layer.pixelType, bytes, need.width * need.height);
    return { values, width: need.width, height: need.height };
  }

  #loaded(key: string, plane: TilePlane): void {
    this.#raw.set(key, plane, plane.values.byteLength);
    for (const pending of this.#pending.get(key) ?? []) {
      pending.planes.set(key, plane);
      pending.missing--;
      if (pending.missing === 0 && pending.job.painted) this.#ready.push(pending);
    }
    this.#pending.delete(key);
    void this.#paintReady();
  }

  #failed(key: string, reason: unknown): void {
    const problem =
      reason instanceof RangeError
        ? {
            code: 'wrong-tile',
            message: 'A part of this image did not come whole.',
            cause: reason.message,
            advice:
              'Look at the file again; if it stays, open it in another program to see whether it is damaged.',
          }
        : problemOf(reason);
    this.#failures.set(key, problem);
    for (const { job } of this.#pending.get(key) ?? []) {
      if (job.painted) this.#host.failed(job.key, problem);
    }
    this.#pending.delete(key);
  }

  async #paintReady(): Promise<void> {
    if (this.#painting) return;
    this.#painting = true;
    try {
      for (;;) {
        const next = this.#ready.shift();
        if (!next) return;
        const painted = this.#paint(next);
        if (painted) await this.#host.tile(next.job.key, painted);
        await this.#host.breathe();
      }
    } finally {
      this.#painting = false;
    }
  }

  #paint({ job, planes }: PendingJob): PaintedTile | null {
    const { image, mask } = this.#frame;
    const get = (layer: ImageLayer | MaskLayer) => (need: NeededPlane) =>
      planes.get(rawKey(layer.imageId, job.tile.level, need, job.plane));
    if (job.layer === 'image') return image && paintImageTile(image, job.tile, get(image));
    return mask && paintMaskTile(mask, job.tile, get(mask));
  }
}

function rawKey(imageId: string, level: number, need: NeededPlane, plane: Plane): string {
  return `${imageId} ${level} ${need.c} ${plane.z} ${plane.t} ${need.x} ${need.y}`;
}

function describeNeed(key: string, layer: ImageLayer | MaskLayer, job: TileJob, need: NeededPlane): Need {
  const { level } = job.tile;
  return {
    rawKey: key,
    layer,
    ...tileSize(layer.levels, level, need.x, need.y),
    address: contentAddress({
      what: 'tile',
      imageId: layer.imageId,
      level,
      c: need.c,
      z: job.plane.z,
      t: job.plane.t,
      x: need.x,
      y: need.y,
    }),
  };
}
