import { realpathSync } from 'node:fs';
import { basename, sep } from 'node:path';
import { Problem } from '../../../shared/model/problem.ts';
import type { DecoderChannel, DecoderLauncher } from './decoder.ts';
import { fromDecoderSchema, type ToDecoder, type Work } from './decoder-protocol.ts';
import { notGranted } from './pixel-problems.ts';
import { crashProblem, Suspects, timeoutProblem } from './suspects.ts';

/** Requests that the process works on at once; background ones leave room for those a person waits for. */
const MOST_AT_ONCE = 4;
const MOST_BACKGROUND = 2;
const START_MILLISECONDS = 30_000;
/** A cancelled request that does not end by then is a hang like any other. */
const CANCEL_MILLISECONDS = 10_000;

export interface Task {
  readonly request: Work;
  /** Files that are read for it. */
  readonly paths: readonly string[];
  /** A person waits for it: goes before background work. */
  readonly urgent: boolean;
}

interface Job extends Task {
  readonly id: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** Repeated after a death of the process: runs alone, so that a second death has one cause. */
  repeated: boolean;
  cancelled: boolean;
  timer: NodeJS.Timeout | undefined;
}

/** Brings requests to a decoder process and keeps one running: queue, time limits, restarts, repeats. */
export class DecoderWork {
  readonly #launch: DecoderLauncher;
  readonly #timeout: number;
  readonly #suspects = new Suspects();
  readonly #inFlight = new Map<number, Job>();
  #waiting: Job[] = [];
  #repeats: Job[] = [];
  #granted: readonly string[] = [];
  #running: {
    channel: DecoderChannel;
    granted: readonly string[];
    ready: boolean;
    timer: NodeJS.Timeout;
  } | null = null;
  #lastId = 0;
  #stopped = false;

  constructor(launch: DecoderLauncher, timeoutMs: number) {
    this.#launch = launch;
    this.#timeout = timeoutMs;
  }

  /** Sets what may be read. Real paths are granted too, so that a granted link works. */
  grant(folders: readonly string[]): void {
    this.#granted = [...new Set(folders.flatMap((folder) => [folder, realPath(folder)]))];
    if (this.#inFlight.size > 0 || !this.#running || same(this.#running.granted, this.#granted)) return;
    void this.#end();
    this.#pump();
  }

  ask(task: Task, signal: AbortSignal | undefined): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#stopped) return reject(stoppedProblem());
      if (signal?.aborted) return reject(signal.reason);
      const id = ++this.#lastId;
      const onAbort = () => this.#cancel(job, signal?.reason);
      const settled = () => signal?.removeEventListener('abort', onAbort);
      const job: Job = {
        ...task,
        id,
        resolve: (value) => {
          settled();
          resolve(value);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
        repeated: false,
        cancelled: false,
        timer: undefined,
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(job);
      this.#pump();
    });
  }

  /** Says something that needs no answer; without a process there is nobody to tell. */
  tell(message: ToDecoder): void {
    if (this.#running?.ready) this.#running.channel.post(message);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    const jobs = [...this.#inFlight.values(), ...this.#repeats, ...this.#waiting];
    this.#inFlight.clear();
    this.#repeats = [];
    this.#waiting = [];
    for (const job of jobs) {
      clearTimeout(job.timer);
      job.reject(stoppedProblem());
    }
    const ended = this.#end();
    await ended;
  }

  /** Starts whatever may start now. */
  #pump(): void {
    for (let job = this.#next(); job; job = this.#next()) {
      const refusal = this.#refusal(job);
      if (refusal) {
        job.reject(refusal);
        continue;
      }
      if (this.#running && !covers(this.#running.granted, job.paths)) this.#restartForGrants();
      if (!this.#running?.ready) {
        // The process tells when it is ready; then this is tried again.
        (job.repeated ? this.#repeats : this.#waiting).unshift(job);
        this.#start();
        return;
      }
      this.#dispatch(job);
    }
  }

  #next(): Job | undefined {
    if (this.#stopped) return undefined;
    const jobs = [...this.#inFlight.values()];
    if (jobs.some((job) => job.repeated)) return undefined;
    if (this.#repeats.length > 0) return jobs.length === 0 ? this.#repeats.shift() : undefined;
    if (jobs.length >= MOST_AT_ONCE) return undefined;
    const background = jobs.filter((job) => !job.urgent).length;
    const index = this.#waiting.findIndex((job) => job.urgent);
    if (index >= 0) return this.#waiting.splice(index, 1)[0];
    return background < MOST_BACKGROUND ? this.#waiting.shift() : undefined;
  }

  #refusal(job: Job): Problem | null {
    const outside = job.paths.find((path) => !covers(this.#granted, [path]));
    return outside === undefined ? this.#suspects.refusal(job.paths) : notGranted(basename(outside));
  }

  #dispatch(job: Job): void {
    this.#inFlight.set(job.id, job);
    job.timer = setTimeout(() => this.#timedOut(job), this.#timeout);
    this.#running?.channel.post({ type: 'work', id: job.id, work: job.request } satisfies ToDecoder);
  }

  #cancel(job: Job, reason: unknown): void {
    job.reject(reason);
    this.#waiting = this.#waiting.filter((other) => other !== job);
    this.#repeats = this.#repeats.filter((other) => other !== job);
    if (!this.#inFlight.has(job.id)) return;
    job.cancelled = true;
    clearTimeout(job.timer);
    job.timer = setTimeout(() => this.#timedOut(job), Math.min(this.#timeout, CANCEL_MILLISECONDS));
    this.tell({ type: 'cancel', id: job.id });
  }

  #start(): void {
    if (this.#running || this.#stopped) return;
    const granted = this.#granted;
    let channel: DecoderChannel;
    try {
      channel = this.#launch(granted);
    } catch (error) {
      this.#cannotStart(error instanceof Error ? error.message : String(error));
      return;
    }
    const timer = setTimeout(() => channel.kill(), START_MILLISECONDS);
    const running = { channel, granted, ready: false, timer };
    this.#running = running;
    channel.onMessage((message) => {
      if (this.#running === running) this.#heard(message);
    });
    channel.onExit((why) => {
      clearTimeout(timer);
      if (this.#running !== running) return;
      this.#running = null;
      if (running.ready) this.#died(why, null);
      else this.#cannotStart(why);
    });
    channel.post({ type: 'start', folders: [...granted] } satisfies ToDecoder);
  }

  #heard(message: unknown): void {
    const parsed = fromDecoderSchema.safeParse(message);
    if (!parsed.success || !this.#running) return;
    const reply = parsed.data;
    if (reply.type === 'ready') {
      clearTimeout(this.#running.timer);
      this.#running.ready = true;
      this.#pump();
      return;
    }
    const job = this.#inFlight.get(reply.id);
    if (!job) return;
    clearTimeout(job.timer);
    this.#inFlight.delete(job.id);
    this.#suspects.cleared(job.paths);
    if (reply.type === 'answer') job.resolve(reply.value);
    else {
      const { code, message: text, cause, advice } = reply.problem;
      job.reject(new Problem(code, text, { ...(cause && { cause }), ...(advice && { advice }) }));
    }
    if (this.#inFlight.size === 0 && !same(this.#running.granted, this.#granted)) void this.#end();
    this.#pump();
  }

  #timedOut(job: Job): void {
    if (!this.#inFlight.has(job.id)) return;
    void this.#end();
    this.#died('it took too long', job);
  }

  /** The process is gone. What it read alone is to blame; of several, each is repeated once and alone. */
  #died(why: string, late: Job | null): void {
    const jobs = [...this.#inFlight.values()];
    this.#inFlight.clear();
    const alone = jobs.length === 1;
    for (const job of jobs) {
      clearTimeout(job.timer);
      this.#suspects.sawDeath(job.paths, alone, why);
      if (job.cancelled) continue;
      if (!alone && !job.repeated) {
        job.repeated = true;
        this.#repeats.push(job);
      } else job.reject(late ? timeoutProblem(job.paths, this.#timeout) : crashProblem(job.paths, why));
    }
    this.#pump();
  }

  /** The program itself is at fault: no file is blamed, and nothing is tried again by itself. */
  #cannotStart(why: string): void {
    const problem = new Problem('decoder-unavailable', 'The image reader does not start.', {
      cause: why,
      advice: 'Files can be described and sent all the same. Install Slipway again to see images.',
    });
    const jobs = [...this.#repeats, ...this.#waiting];
    this.#repeats = [];
    this.#waiting = [];
    for (const job of jobs) job.reject(problem);
  }

  /** A folder was added that the running process may not read: all it works on goes to a new one. */
  #restartForGrants(): void {
    const jobs = [...this.#inFlight.values()].filter((job) => !job.cancelled);
    for (const job of this.#inFlight.values()) clearTimeout(job.timer);
    this.#inFlight.clear();
    this.#waiting.unshift(...jobs);
    void this.#end();
  }

  /** Ends the running process and resolves when it is gone. */
  #end(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    if (!running) return Promise.resolve();
    clearTimeout(running.timer);
    return new Promise((resolve) => {
      running.channel.onExit(() => resolve());
      running.channel.kill();
    });
  }
}

function covers(folders: readonly string[], paths: readonly string[]): boolean {
  return paths.every((path) =>
    folders.some(
      (folder) => path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep),
    ),
  );
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((folder, index) => folder === b[index]);
}

function realPath(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return folder;
  }
}

function stoppedProblem(): Problem {
  return new Problem('decoder-stopped', 'The image reader was stopped.', { advice: 'Open the image again.' });
}
