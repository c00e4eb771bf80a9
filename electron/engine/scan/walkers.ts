import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { LinkRule, SkipRule } from '../../../shared/model/walk.ts';
import { lookThrough, realPath } from './looks.ts';
import { BATCH_WEIGHT, joinBatches } from './walk-batch.ts';
import {
  FIRST_WALKER,
  type FolderFound,
  type FolderJob,
  HUNGRY,
  STOP,
  type WalkBatch,
  type WalkerStart,
} from './walk-messages.ts';
import { aboveOfRoot } from './walk-rules.ts';

/** Two threads walk as fast as `find`; more only wait for each other on small machines. */
const MOST_WALKERS = 4;
/**
 * What a walker makes is soon handed over: a small place for it keeps its memory small. A bound on the rest has garbage
 * collected sooner; it is wide enough for the largest metadata of a Zarr that is read, 16 MB of brackets.
 */
const HEAP_MB = { young: 2, old: 384 } as const;
/** Folders given to a walker at a time, at most. */
const FOLDERS_AT_ONCE = 32;
/** Lists of folders that a walker has: it begins the next one without waiting to be given it. */
const LISTS_AHEAD = 2;

interface Walker {
  readonly worker: Worker;
  readonly place: number;
  /** Folders given to it and not walked yet, and the lists they came in. */
  folders: number;
  lists: number[];
}

export interface WalkersOptions {
  readonly signal?: AbortSignal | undefined;
  readonly settleMs: number;
  readonly skipRules: readonly SkipRule[];
  readonly links: LinkRule;
  /** Folders, without links, that followed links may lead to; null for anywhere. */
  readonly bounds: readonly string[] | null;
  /** What is known of folders before they are walked. */
  readonly known: (folders: readonly FolderFound[]) => FolderJob[];
  /** Told of folders when they are found; not of all whose own names say nothing. */
  readonly met: (folders: readonly FolderFound[]) => void;
}

/**
 * Walks a folder and everything below it with a few threads, and yields what they find in batches, in no certain
 * order; the next one is taken when the one before was dealt with, and threads wait when they are far ahead. Folders
 * still to be walked are a stack, so that there are few of them. An unreadable root throws the error of the file
 * system, cancelling what the signal says, at once, whatever the threads are waiting for.
 */
export async function* walkFolders(root: string, options: WalkersOptions): AsyncGenerator<WalkBatch> {
  options.signal?.throwIfAborted();
  const trueRoot = await realPath(root);
  const stats = await lookThrough(root);
  if (stats instanceof Error) throw stats;
  const first: FolderFound = { path: '', above: aboveOfRoot(stats), says: null };
  const walkers = new Walkers(root, trueRoot, options, first);
  try {
    yield* walkers.batches();
  } finally {
    walkers.end();
  }
}

class Walkers {
  readonly #options: WalkersOptions;
  readonly #start: Omit<WalkerStart, 'place'>;
  readonly #control: Int32Array;
  readonly #most = Math.min(MOST_WALKERS, Math.max(2, availableParallelism()));
  readonly #walkers: Walker[] = [];
  readonly #pending: FolderFound[];
  readonly #ready: { walker: Walker; batch: WalkBatch }[] = [];
  #trouble: unknown;
  #wake: () => void = () => undefined;

  constructor(root: string, trueRoot: string, options: WalkersOptions, first: FolderFound) {
    this.#options = options;
    this.#pending = [first];
    const control = new SharedArrayBuffer(4 * (FIRST_WALKER + this.#most));
    this.#control = new Int32Array(control);
    const { settleMs, skipRules, links, bounds } = options;
    this.#start = { ...{ root, trueRoot, settleMs, skipRules, links, bounds }, control };
    options.signal?.addEventListener('abort', this.#onAbort);
  }

  readonly #onAbort = () => {
    Atomics.store(this.#control, STOP, 1);
    this.#wake();
  };

  async *batches(): AsyncGenerator<WalkBatch> {
    for (;;) {
      this.#options.signal?.throwIfAborted();
      if (this.#trouble !== undefined) throw this.#trouble;
      this.#giveWork();
      const next = this.#takeReady();
      if (next.length > 0) {
        for (const { walker, batch } of next) {
          this.#options.met(batch.folders);
          this.#options.met(batch.kept);
          for (const folder of batch.folders) this.#pending.push(folder);
          this.#tick(walker, batch.jobsDone);
        }
        this.#giveWork();
        yield joinBatches(next.map(({ batch }) => batch));
        for (const { walker, batch } of next) {
          Atomics.sub(this.#control, walker.place, batch.weight);
          Atomics.notify(this.#control, walker.place);
        }
        continue;
      }
      if (this.#pending.length === 0 && this.#walkers.every(({ folders }) => folders === 0)) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** What is to be written next: a heavy batch, or light ones together, for each transaction has its price. */
  #takeReady(): { walker: Walker; batch: WalkBatch }[] {
    let weight = 0;
    const tooMany = this.#ready.findIndex(({ batch }, at) => {
      weight += batch.weight;
      return at > 0 && weight > BATCH_WEIGHT;
    });
    return this.#ready.splice(0, tooMany === -1 ? this.#ready.length : tooMany);
  }

  #tick(walker: Walker, done: number): void {
    walker.folders -= done;
    for (let left = done; left > 0 && walker.lists.length > 0; ) {
      const now = Math.min(left, walker.lists[0] ?? 0);
      left -= now;
      walker.lists[0] = (walker.lists[0] ?? 0) - now;
      if (walker.lists[0] === 0) walker.lists.shift();
    }
  }

  #giveWork(): void {
    while (this.#pending.length > 0) {
      const walker = this.#hungriest();
      if (!walker) break;
      const share = Math.ceil(this.#pending.length / (this.#most * LISTS_AHEAD));
      const folders = this.#pending.splice(-Math.min(FOLDERS_AT_ONCE, share));
      walker.lists.push(folders.length);
      walker.folders += folders.length;
      walker.worker.postMessage(this.#options.known(folders));
    }
    const isIdle = this.#walkers.length < this.#most || this.#walkers.some(({ lists }) => lists.length === 0);
    Atomics.store(this.#control, HUNGRY, isIdle ? 1 : 0);
  }

  /** One with room for a list, an idle one first; a new one while there are not enough. */
  #hungriest(): Walker | undefined {
    const idle = this.#walkers.find(({ lists }) => lists.length === 0);
    if (idle) return idle;
    if (this.#walkers.length < this.#most) return this.#newWalker();
    return this.#walkers.find(({ lists }) => lists.length < LISTS_AHEAD);
  }

  #newWalker(): Walker {
    const place = FIRST_WALKER + this.#walkers.length;
    const here = fileURLToPath(import.meta.url);
    // Runs from sources and compiled: the thread's program has the ending that this one has.
    const worker = new Worker(new URL(`./walk-worker${extname(here)}`, import.meta.url), {
      workerData: { ...this.#start, place } satisfies WalkerStart,
      name: 'walker',
      // What the engine was started with, such as a program on the command line, is not the thread's.
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: HEAP_MB.young, maxOldGenerationSizeMb: HEAP_MB.old },
    });
    const walker: Walker = { worker, place, folders: 0, lists: [] };
    worker.on('message', (batch: WalkBatch) => {
      this.#ready.push({ walker, batch });
      this.#wake();
    });
    worker.on('error', (error: unknown) => {
      this.#trouble ??= error;
      this.#wake();
    });
    this.#walkers.push(walker);
    return walker;
  }

  /** Ends the threads. Does not wait for one that hangs in a call to a network folder that does not answer. */
  end(): void {
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    Atomics.store(this.#control, STOP, 1);
    for (const { worker } of this.#walkers) {
      worker.unref();
      void worker.terminate();
    }
  }
}
