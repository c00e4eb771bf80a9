import type { ProblemData } from '../../shared/model/problem.ts';
import {
  clearStage,
  type DrawnLayer,
  drawFailedTile,
  drawGround,
  drawTile,
  type Stage,
} from './canvas-painter.ts';
import { jobKey, type LayerPlan, type LayerView, mergePlans, planLayer, prefetchJobs } from './frame-plan.ts';
import { type MaskPlacement, maskViewport, placeMask } from './mask-placement.ts';
import { imageLayer, maskLayer, type Scene } from './scene.ts';
import { startTileClient, type TileClient } from './tile-client.ts';
import type { ImageLayer, MaskLayer, Plane, ProbeAnswer } from './tile-messages.ts';
import { TileRequests } from './tile-requests.ts';
import { TileStore } from './tile-store.ts';
import {
  keepInReach,
  type Point,
  panBy,
  type Size,
  scaleLimits,
  toImage,
  type Viewport,
  wholeImage,
  zoomAbout,
} from './viewport.ts';

/** Values under the pointer; `x` and `y` count pixels of the image from 0. */
export interface Readout {
  readonly x: number;
  readonly y: number;
  readonly answer: ProbeAnswer | null;
}

export interface ViewerStatus {
  readonly viewport: Viewport;
  readonly view: Size;
  /** The plane of the scene this tells of, the very object. */
  readonly plane: Plane;
  /** Tiles that are seen, and how many of them are neither painted as wanted nor failed. */
  readonly seen: number;
  readonly waiting: number;
  readonly failed: number;
  /** The first problem among the tiles seen. */
  readonly problem: ProblemData | null;
  readonly readout: Readout | null;
}

interface LayerState {
  readonly view: LayerView;
  readonly plan: LayerPlan;
  readonly drawn: DrawnLayer;
  readonly store: TileStore<ImageBitmap>;
}

const IMAGE_BYTES = 160 * 1024 * 1024;
const MASK_BYTES = 96 * 1024 * 1024;
/** Prefetching is for small planes; large ones would push each other out of the cache. */
const PREFETCHED_TILES = 16;

/** Shows a scene on a canvas: asks for tiles, draws them, moves the viewport, and tells its status. */
export class ViewerController {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #maskContext: CanvasRenderingContext2D;
  readonly #told: (status: ViewerStatus) => void;
  readonly #client: TileClient;
  readonly #requests: TileRequests;
  readonly #stores = {
    image: new TileStore<ImageBitmap>(IMAGE_BYTES),
    mask: new TileStore<ImageBitmap>(MASK_BYTES),
  };
  readonly #failures = new Map<string, ProblemData>();
  #scene: Scene | null = null;
  #placement: MaskPlacement | null = null;
  #layers: LayerState[] = [];
  #viewport: Viewport = { centreX: 0, centreY: 0, scale: 1 };
  #fitted = true;
  #view: Size = { width: 0, height: 0 };
  #density = 1;
  #due = 0;
  #hover: Point | null = null;
  #probeId = 0;
  #probedAt = '';
  #probed: ProbeAnswer | null = null;
  #broken: ProblemData | null = null;

  constructor(canvas: HTMLCanvasElement, told: (status: ViewerStatus) => void) {
    const context = canvas.getContext('2d');
    const maskContext = document.createElement('canvas').getContext('2d');
    if (!context || !maskContext) throw new Error('This browser draws no canvas.');
    this.#canvas = canvas;
    this.#context = context;
    this.#maskContext = maskContext;
    this.#told = told;
    this.#client = startTileClient({
      tile: (key, bitmap) => this.#arrived(key, bitmap),
      failed: (key, problem) => {
        this.#requests.failed(key);
        this.#failures.set(key, problem);
        this.#soon();
      },
      probed: (answer) => {
        if (answer.id !== this.#probeId) return;
        this.#probed = answer;
        this.#soon();
      },
      broken: (problem) => {
        this.#broken = problem;
        this.#soon();
      },
    });
    this.#requests = new TileRequests(
      (frame) => this.#client.show(frame),
      (wait) => window.setTimeout(() => this.#soon(), wait),
    );
  }

  /** Shows a scene, or nothing. Another image is fitted to the view; the same one keeps its zoom. */
  show(scene: Scene | null): void {
    const before = this.#scene;
    this.#scene = scene;
    if (!scene) {
      this.#context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
      return;
    }
    if (before?.info.imageId !== scene.info.imageId) {
      this.#stores.image.clear();
      this.#failures.clear();
      this.#fitted = true;
      this.#probed = null;
      this.#hover = null;
    }
    const { mask } = scene;
    const shown = (one: Scene['mask']) => one && `${one.info.imageId} ${one.channel}`;
    if (shown(before?.mask ?? null) !== shown(mask)) this.#stores.mask.clear();
    this.#placement = mask && placeMask(finest(scene), finest(mask));
    if (this.#fitted) this.#fit();
    this.#soon();
  }

  resize(view: Size, density: number): void {
    this.#view = view;
    this.#density = density;
    if (this.#fitted) this.#fit();
    this.#soon();
  }

  /** The whole image in the middle. */
  fit(): void {
    this.#fitted = true;
    this.#fit();
    this.#soon();
  }

  /** Zooms by a factor about a screen point, by default the middle. */
  zoom(factor: number, about: Point = { x: this.#view.width / 2, y: this.#view.height / 2 }): void {
    if (!this.#scene) return;
    const limits = scaleLimits(finest(this.#scene), this.#view);
    this.#move(zoomAbout(this.#viewport, this.#view, about, factor, limits));
  }

  /** One pixel of the image on one pixel of the screen. */
  actualSize(): void {
    this.zoom(1 / (this.#viewport.scale * this.#density));
  }

  pan(dx: number, dy: number): void {
    this.#move(panBy(this.#viewport, dx, dy));
  }

  /** Tells where the pointer is, in screen pixels, or that it left. */
  hover(point: Point | null): void {
    this.#hover = point;
    if (!point) this.#probed = null;
    this.#soon();
  }

  /** Asks again for tiles that failed. */
  retry(): void {
    this.#failures.clear();
    this.#requests.reset();
    this.#client.retry();
    this.#soon();
  }

  close(): void {
    cancelAnimationFrame(this.#due);
    this.#client.close();
    this.#stores.image.clear();
    this.#stores.mask.clear();
  }

  #fit(): void {
    if (this.#scene && this.#view.width > 0) this.#viewport = wholeImage(finest(this.#scene), this.#view);
  }

  #move(viewport: Viewport): void {
    if (!this.#scene) return;
    this.#fitted = false;
    this.#viewport = keepInReach(viewport, finest(this.#scene));
    this.#soon();
  }

  #soon(): void {
    cancelAnimationFrame(this.#due);
    this.#due = requestAnimationFrame(() => this.#step());
  }

  #arrived(key: string, bitmap: ImageBitmap): void {
    const expected = this.#requests.arrived(key);
    const wanted = expected?.layer === 'mask' ? this.#scene?.mask : this.#scene;
    if (!expected || expected.imageId !== wanted?.info.imageId) {
      bitmap.close();
      return;
    }
    this.#stores[expected.layer].add({ ...expected, bitmap });
    this.#soon();
  }

  #step(): void {
    const scene = this.#scene;
    if (!scene || this.#view.width === 0) return;
    const image = imageLayer(scene);
    const perPixel = this.#viewport.scale * this.#density;
    const own = this.#placement && scene.mask ? this.#placement.rect.width / finest(scene.mask).width : 1;
    const mask = maskLayer(scene.mask, scene.plane, perPixel * own);
    this.#layers = [this.#layerState('image', image)];
    if (mask) this.#layers.push(this.#layerState('mask', mask));
    this.#draw(scene);
    this.#ask(image, mask);
    this.#probe();
    this.#tell(scene);
  }

  #layerState(name: 'image' | 'mask', layer: ImageLayer | MaskLayer): LayerState {
    const own = finest({ info: { levels: [...layer.levels] } });
    const placement =
      name === 'mask' && this.#placement ? this.#placement : { rect: { x: 0, y: 0, ...own }, note: null };
    const { imageId, pixelType: _, storedType: __, levels, plane, ...settings } = layer;
    const view: LayerView = {
      name,
      levels,
      plane,
      viewport: maskViewport(this.#viewport, placement, own),
      view: this.#view,
      density: this.#density,
      version: `${imageId} ${JSON.stringify(settings)}`,
    };
    const store = this.#stores[name];
    const plan = planLayer(view, (tile) => store.presence(tile, plane, view.version));
    store.touch(plan.seen);
    return { view, plan, drawn: { levels, rect: placement.rect, labels: name === 'mask' }, store };
  }

  #draw(scene: Scene): void {
    const { width, height } = this.#view;
    const pixels = { width: Math.round(width * this.#density), height: Math.round(height * this.#density) };
    for (const canvas of [this.#canvas, this.#maskContext.canvas]) {
      if (canvas.width !== pixels.width) canvas.width = pixels.width;
      if (canvas.height !== pixels.height) canvas.height = pixels.height;
    }
    const stage: Stage = {
      context: this.#context,
      viewport: this.#viewport,
      view: this.#view,
      density: this.#density,
    };
    clearStage(stage);
    drawGround(stage, finest(scene));
    for (const layer of this.#layers) {
      // Labels are half transparent: on a sheet of their own a coarse tile cannot shine through a fine one.
      const own = layer.drawn.labels ? { ...stage, context: this.#maskContext } : stage;
      if (layer.drawn.labels) clearStage(own);
      this.#drawLayer(own, layer);
      if (layer.drawn.labels) this.#context.drawImage(this.#maskContext.canvas, 0, 0);
    }
  }

  #drawLayer(stage: Stage, { view, plan, drawn, store }: LayerState): void {
    for (const { tile, bitmap } of store.toDraw(view.levels, plan.seen, view.plane, view.version)) {
      drawTile(stage, drawn, tile, bitmap);
    }
    for (const tile of plan.seen) {
      if (this.#failures.has(jobKey(view, tile, view.plane))) drawFailedTile(stage, drawn, tile);
    }
  }

  #ask(image: ImageLayer, mask: MaskLayer | null): void {
    const missing = mergePlans(this.#layers.map(({ plan }) => plan));
    const jobs = missing.filter(({ key }) => !this.#failures.has(key));
    const version = (name: 'image' | 'mask') =>
      this.#layers.find(({ view }) => view.name === name)?.view.version ?? '';
    this.#requests.ask(
      { image, mask, jobs: jobs.length > 0 ? jobs : this.#nearby() },
      { image: version('image'), mask: version('mask') },
    );
  }

  /** The planes next to this one, once all that is seen has come. */
  #nearby() {
    const sizes = this.#scene?.info.sizes;
    const count = this.#layers.reduce((sum, { plan }) => sum + plan.seen.length, 0);
    if (!sizes || count > PREFETCHED_TILES) return [];
    return this.#layers.flatMap(({ view, plan }) => {
      const { z, t } = view.plane;
      const planes = [
        { z: z + 1, t },
        { z: z - 1, t },
        { z, t: t + 1 },
      ].filter((plane) => plane.z >= 0 && plane.z < sizes.z && plane.t < sizes.t);
      return view.name === 'image' ? prefetchJobs(view, plan.seen, planes) : [];
    });
  }

  #probe(): void {
    const scene = this.#scene;
    const at = this.#hoverPixel();
    const key = at ? `${at.x} ${at.y} ${this.#layers.map(shownState).join()}` : '';
    if (!scene || !at || key === this.#probedAt) return;
    this.#probedAt = key;
    const rect = this.#placement?.rect;
    const size = scene.mask && finest(scene.mask);
    const middle = { x: at.x + 0.5, y: at.y + 0.5 };
    const onMask =
      rect && size
        ? {
            x: ((middle.x - rect.x) * size.width) / rect.width,
            y: ((middle.y - rect.y) * size.height) / rect.height,
          }
        : null;
    const inside = onMask && size && onMask.x < size.width && onMask.y < size.height;
    this.#client.probe({ id: ++this.#probeId, image: middle, mask: inside ? onMask : null });
  }

  #hoverPixel(): Point | null {
    if (!this.#scene || !this.#hover) return null;
    const { x, y } = toImage(this.#viewport, this.#view, this.#hover);
    const { width, height } = finest(this.#scene);
    const inside = x >= 0 && y >= 0 && x < width && y < height;
    return inside ? { x: Math.floor(x), y: Math.floor(y) } : null;
  }

  #tell(scene: Scene): void {
    let seen = 0;
    let waiting = 0;
    const problems: ProblemData[] = [];
    for (const { view, plan, store } of this.#layers) {
      seen += plan.seen.length;
      for (const tile of plan.seen) {
        const problem = this.#failures.get(jobKey(view, tile, view.plane));
        if (problem) problems.push(problem);
        else if (store.presence(tile, view.plane, view.version) !== 'fresh') waiting++;
      }
    }
    const at = this.#hoverPixel();
    this.#told({
      viewport: this.#viewport,
      view: this.#view,
      plane: scene.plane,
      seen,
      waiting: this.#broken ? 0 : waiting,
      failed: problems.length,
      problem: this.#broken ?? problems[0] ?? null,
      readout: at && { ...at, answer: this.#probed },
    });
  }
}

/** Changes when other values lie under a pointer at rest: another plane or setting, or tiles that have come. */
function shownState({ view, plan, store }: LayerState): string {
  const { plane, version } = view;
  const fresh = plan.seen.filter((tile) => store.presence(tile, plane, version) === 'fresh');
  return `${version} ${plane.z} ${plane.t} ${fresh.length}`;
}

function finest({ info }: { readonly info: Pick<Scene['info'], 'levels'> }): Size {
  const { width, height } = info.levels[0] ?? { width: 1, height: 1 };
  return { width, height };
}
