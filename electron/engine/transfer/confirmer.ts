import { type RemoteItem, splitRemotePath } from './method.ts';
import { Alarm } from './retry.ts';

type List = (folder: string, signal: AbortSignal) => AsyncIterable<RemoteItem>;

interface Asked {
  readonly resolve: (size: number | null) => void;
  readonly reject: (error: unknown) => void;
}

/** Names waiting for the next listing of one folder. */
interface Folder {
  waiting: Map<string, Asked[]>;
  running: boolean;
}

/** Between two listings of a folder lie this many times what the last one took, up to {@link LONGEST_REST_MS}. */
const REST = 2;
const LONGEST_REST_MS = 10_000;

/**
 * Asks the archive what it holds, a folder at a time: files of one folder that are done about the same time share a
 * listing, and a folder with very many files is not listed again and again, because a listing costs its length.
 */
export class Confirmer {
  readonly #list: List;
  readonly #signal: AbortSignal;
  readonly #rest = new Alarm();
  readonly #folders = new Map<string, Folder>();

  /** @param list a listing that has its own patience: what it throws is final */
  constructor(list: List, signal: AbortSignal) {
    this.#list = list;
    this.#signal = signal;
  }

  /** The size that a listing begun after this call gives for the file, in bytes; null when it is not listed. */
  sizeOf(remotePath: string): Promise<number | null> {
    const { folder: path, name } = splitRemotePath(remotePath);
    const folder = this.#folders.get(path) ?? { waiting: new Map<string, Asked[]>(), running: false };
    this.#folders.set(path, folder);
    return new Promise((resolve, reject) => {
      const asked = folder.waiting.get(name) ?? [];
      asked.push({ resolve, reject });
      folder.waiting.set(name, asked);
      if (!folder.running) void this.#work(path, folder);
    });
  }

  async #work(path: string, folder: Folder): Promise<void> {
    folder.running = true;
    while (folder.waiting.size > 0) {
      const asked = folder.waiting;
      folder.waiting = new Map();
      const began = performance.now();
      try {
        await this.#look(path, asked);
        const took = performance.now() - began;
        if (took > 20) await this.#rest.wait(Math.min(LONGEST_REST_MS, took * REST), this.#signal);
      } catch (error) {
        for (const one of [...asked.values()].flat()) one.reject(error);
        if (this.#signal.aborted) for (const one of [...folder.waiting.values()].flat()) one.reject(error);
        if (this.#signal.aborted) folder.waiting.clear();
      }
    }
    this.#folders.delete(path);
  }

  async #look(path: string, asked: ReadonlyMap<string, Asked[]>): Promise<void> {
    const sizes = new Map<string, number>();
    for await (const item of this.#list(path, this.#signal)) {
      if (item.kind === 'file' && asked.has(item.name)) sizes.set(item.name, item.size);
    }
    for (const [name, all] of asked) for (const one of all) one.resolve(sizes.get(name) ?? null);
  }
}
