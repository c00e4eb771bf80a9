import { realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { kindByFolders } from '../../../shared/rules/file-kinds.ts';
import { compileSkipRules } from '../../../shared/rules/skip-rules.ts';
import { Classifier } from './classify.ts';
import { FolderDigest } from './folder-digest.ts';
import { type ReadOptions, readFolder } from './folder-reader.ts';
import { isMissing, reasonOf } from './looks.ts';
import { BatchMaker } from './walk-batch.ts';
import {
  type FolderFound,
  type FolderJob,
  HUNGRY,
  MOST_AHEAD,
  STOP,
  type WalkBatch,
  type WalkerStart,
} from './walk-messages.ts';
import { lostToZarr, type Met, type MetFile, rulesInsideZarr } from './walk-rules.ts';

/** Folders that a walker keeps for itself at most: a folder may hold a million of them. */
const MOST_KEPT = 20_000;
/** How long a walker sleeps at most before it asks again whether it is to go on. */
const NAP_MS = 1000;

class Stopped extends Error {}

/** True for nearly everything: nothing more is to be said of it. */
function isPlainFile(what: Met): boolean {
  return what.what === 'file' && what.target === undefined;
}

/** What one look through a folder came to. */
interface Look {
  readonly digest: FolderDigest;
  files: number;
  bytes: number;
  /** True when a file in it was written a moment ago. */
  isYoung: boolean;
}

/**
 * Walks folders one after the other on a thread of its own, with calls that wait, and hands over what is in them. A
 * folder that holds what it held is told as `same`, without its files.
 */
export class WalkerThread {
  readonly #start: WalkerStart;
  readonly #control: Int32Array;
  readonly #batch: BatchMaker;
  readonly #options: ReadOptions;
  /** Folders still to be walked, the next one last. */
  #stack: FolderJob[] = [];

  constructor(start: WalkerStart, post: (batch: WalkBatch) => void) {
    this.#start = start;
    this.#control = new Int32Array(start.control);
    this.#batch = new BatchMaker((batch) => {
      this.#waitForWriter();
      Atomics.add(this.#control, start.place, batch.weight);
      post(batch);
    });
    const { root, trueRoot, links, bounds } = start;
    const rules = { skip: compileSkipRules(start.skipRules), links, bounds };
    this.#options = { root, trueRoot, rules, above: '', insideZarr: false, pause: () => this.#pause() };
  }

  /**
   * Walks some folders, and whatever is below those that hold nothing known: rows that come in the order of their
   * paths touch a fourth of the pages of the index. Ends early and quietly once the walk is stopped.
   */
  async work(jobs: readonly FolderJob[]): Promise<void> {
    try {
      this.#stack = jobs.toReversed();
      for (let next = this.#stack.pop(); next; next = this.#stack.pop()) {
        await this.#folder(next);
        this.#share();
        this.#batch.flushIfOld();
      }
      this.#batch.jobsDone(jobs.length);
      this.#batch.flush();
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
    }
  }

  /** Gives back the folders that come last here when another walker has none. */
  #share(): void {
    if (this.#stack.length < 2 || Atomics.compareExchange(this.#control, HUNGRY, 1, 0) !== 1) return;
    const others = this.#stack.splice(0, this.#stack.length >> 1);
    for (const { path, above, says } of others) this.#batch.add('folders', { path, above, says });
    this.#batch.flush();
  }

  #pause(): void {
    if (Atomics.load(this.#control, STOP) === 1) throw new Stopped();
  }

  #waitForWriter(): void {
    const { place } = this.#start;
    for (;;) {
      this.#pause();
      const waiting = Atomics.load(this.#control, place);
      if (waiting < MOST_AHEAD) return;
      Atomics.wait(this.#control, place, waiting, NAP_MS);
    }
  }

  async #folder(job: FolderJob): Promise<void> {
    try {
      // With a digest to compare with, a first look hands over no files; a second one is only taken for a change.
      const emit = job.digest === '';
      const look = this.#look(job, emit, true);
      if (look === 'zarr') return await this.#zarr(job);
      // What is written to just now is compared, whatever it was: how long files must rest may be longer than before.
      if (emit || look.isYoung || look.digest.toString() !== job.digest) {
        this.#walked(job.path, emit ? look : this.#look(job, true, false), false);
      } else this.#walked(job.path, look, true);
    } catch (error) {
      if (error instanceof Stopped) throw error;
      this.#closed(job.path, error);
    }
  }

  #walked(path: string, look: Look | 'zarr', same: boolean): void {
    // It became a Zarr between two looks: the next scan sees it.
    if (look === 'zarr') return;
    const { files, bytes, isYoung } = look;
    const digest = isYoung ? null : look.digest.toString();
    this.#batch.add('walked', { path, digest, same, files, bytes });
  }

  #closed(path: string, error: unknown): void {
    if (path !== '' && isMissing(error)) {
      this.#batch.add('noticed', { path, cause: 'vanished', target: '' });
      return;
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    this.#batch.add('closed', { path, reason: reasonOf(error), code });
  }

  /** One look through a folder. `emit`: hands over its files. `others`: hands over what is no file. */
  #look(job: FolderJob, emit: boolean, others: boolean): Look | 'zarr' {
    const { root, settleMs } = this.#start;
    const batch = this.#batch;
    const look: Look = { digest: new FolderDigest(), files: 0, bytes: 0, isYoung: false };
    const below = job.path === '' ? '' : `${job.path}/`;
    const classifier = emit ? new Classifier(below === '' ? root : `${root}/${job.path}`, job.says) : null;
    const takenAt = Date.now() - settleMs;
    const file = (name: string, { stats, trouble }: MetFile) => {
      const { size, mtimeMs } = stats;
      look.files++;
      look.bytes += size;
      look.digest.add(name, size, mtimeMs, trouble === '');
      const isYoung = mtimeMs > takenAt && trouble === '';
      if (isYoung) look.isYoung = true;
      if (classifier === null) return;
      const classified = classifier.classify(name, trouble === '' ? size : 0);
      if (!job.fresh || trouble !== '') batch.file(below + name, stats, classified, trouble);
      else batch.fresh(below, name, stats, classified, isYoung ? 'changing' : 'present');
    };
    const options = { ...this.#options, above: job.above };
    const was = readFolder(job.path, options, (name, what) => {
      if (what.what === 'file') file(name, what);
      if (others && !isPlainFile(what)) this.#other(job, below + name, name, what);
    });
    return was === 'zarr' ? 'zarr' : look;
  }

  /** Hands over what is no file, and what is to be said of a file that is not where it seems to be. */
  #other(job: FolderJob, path: string, name: string, what: Met): void {
    const batch = this.#batch;
    switch (what.what) {
      case 'folder':
        this.#folderFound(job, { path, above: what.above, says: job.says }, kindByFolders(name));
        if (what.isMount) batch.add('noticed', { path, cause: 'mount', target: '' });
        break;
      case 'skipped':
        batch.add('skipped', { path, reason: what.reason, cause: what.cause });
        return;
      case 'closed':
        batch.add('closed', { path, reason: what.reason, code: '' });
        return;
      case 'gone':
        batch.add('noticed', { path, cause: 'vanished', target: '' });
        return;
    }
    if (what.target !== undefined) batch.add('noticed', { path, cause: 'followed', target: what.target });
  }

  #folderFound(job: FolderJob, folder: FolderFound, says: FolderFound['says']): void {
    const found = says === null ? folder : { ...folder, says };
    if (!job.fresh || this.#stack.length >= MOST_KEPT) this.#batch.add('folders', found);
    else {
      // Where nothing was known of the folder nothing is known of what is below it.
      this.#stack.push({ ...found, digest: '', fresh: true });
      if (says !== null) this.#batch.add('kept', found);
    }
  }

  async #zarr(job: FolderJob): Promise<void> {
    const { root, settleMs } = this.#start;
    const folder = job.path === '' ? root : `${root}/${job.path}`;
    const sums = { size: 0, members: 0, modifiedMs: 0, trouble: '' };
    const found = new FolderDigest();
    const options: ReadOptions = {
      ...this.#options,
      root: folder,
      trueRoot: realpathSync(folder),
      rules: rulesInsideZarr,
      insideZarr: true,
    };
    const pending = [{ path: '', above: job.above }];
    for (let inner = pending.pop(); inner; inner = pending.pop()) {
      const { path, above } = inner;
      const below = path === '' ? '' : `${path}/`;
      try {
        readFolder(path, { ...options, above }, (name, what) => {
          if (what.what === 'folder') pending.push({ path: below + name, above: what.above });
          if (what.what !== 'file') {
            const lost = lostToZarr(what);
            if (lost !== '') sums.trouble ||= `${below}${name}: ${lost}`;
            return;
          }
          const { stats, trouble } = what;
          sums.members++;
          sums.size += stats.size;
          sums.modifiedMs = Math.max(sums.modifiedMs, stats.mtimeMs);
          if (trouble !== '') sums.trouble ||= `${below}${name}: ${trouble}`;
          found.add(below + name, stats.size, stats.mtimeMs, trouble === '');
        });
      } catch (error) {
        if (error instanceof Stopped || path === '') throw error;
        if (!isMissing(error)) sums.trouble ||= `${path}: ${reasonOf(error)}`;
      }
    }
    // Never the digest of the same files as a plain folder: what has rows then is another thing.
    const digest = `zarr ${found}`;
    const counts = { path: job.path, files: sums.members, bytes: sums.size };
    if (digest === job.digest) {
      this.#batch.add('walked', { ...counts, digest, same: true });
      return;
    }
    const facts = await this.#describe(folder, job.path === '' ? basename(root) : job.path, sums);
    this.#batch.add('zarrs', { ...facts, path: job.path });
    const isAtRest = facts.trouble === '' && sums.modifiedMs <= Date.now() - settleMs;
    // Counted with the row.
    this.#batch.add('walked', {
      path: job.path,
      files: 0,
      bytes: 0,
      digest: isAtRest ? digest : null,
      same: false,
    });
  }

  async #describe(
    folder: string,
    path: string,
    sums: Parameters<typeof import('./zarr.ts').describeZarr>[2],
  ) {
    // Most folders hold no Zarr: its schemas are loaded with the first one.
    const { describeZarr, unreadableZarr } = await import('./zarr.ts');
    return describeZarr(folder, path, sums).catch((error: unknown) => unreadableZarr(reasonOf(error)));
  }
}
