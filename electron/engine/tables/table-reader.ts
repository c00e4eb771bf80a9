import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Problem } from '../../../shared/model/problem.ts';
import { type FromTable, GO_ON, type TableHead, type TableStart } from './table-messages.ts';
import { UnreadableTable } from './table-problems.ts';
import type { TableRow } from './table-row.ts';

/** What a thread may take for its objects; rows are handed over some at a time, and long texts lie in a file. */
const HEAP_MB = 192;

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Cap of what the thread may take for its objects. */
  readonly heapMegabytes?: number;
}

/** A table that is read on a thread of its own. */
export interface ReadTable {
  readonly head: TableHead;
  /** Rows some at a time; ends or throws when the table does. The next ones are read meanwhile. */
  rows(): AsyncGenerator<TableRow[]>;
  /** What people should know of how it was read; whole when the rows have ended. */
  notices(): readonly string[];
  /** Ends the thread, whatever it does. */
  close(): Promise<void>;
}

/**
 * Opens a table on a thread that may die of it without harm: more memory than it is given, and any fault, end in a
 * Problem. Cancelling ends it at once.
 */
export async function readTable(
  path: string,
  sheet: string | null,
  { signal, heapMegabytes = HEAP_MB }: ReadOptions = {},
): Promise<ReadTable> {
  signal?.throwIfAborted();
  const worker = new Worker(
    new URL(`./table-worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url),
    {
      workerData: { path, sheet } satisfies TableStart,
      name: 'table',
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: 8 },
    },
  );
  const inbox = new Inbox(worker, path, signal);
  try {
    const first = await inbox.next();
    if (first?.type !== 'head') throw problemOf(path, 'Its reader said nothing of it.');
    return opened(worker, inbox, first.head);
  } catch (error) {
    await inbox.close();
    throw error;
  }
}

function opened(worker: Worker, inbox: Inbox, head: TableHead): ReadTable {
  let notices: readonly string[] = [];
  return {
    head,
    async *rows() {
      for (;;) {
        const message = await inbox.next();
        if (message.type === 'end') {
          notices = message.notices;
          return;
        }
        if (message.type !== 'rows') continue;
        yield message.rows;
        worker.postMessage(GO_ON);
      }
    },
    notices: () => notices,
    close: () => inbox.close(),
  };
}

/** What the thread said and nobody heard yet. */
class Inbox {
  readonly #worker: Worker;
  readonly #signal: AbortSignal | undefined;
  readonly #messages: FromTable[] = [];
  #trouble: unknown;
  #wake: () => void = () => undefined;

  constructor(worker: Worker, path: string, signal: AbortSignal | undefined) {
    this.#worker = worker;
    this.#signal = signal;
    const end = (trouble: unknown) => {
      this.#trouble ??= trouble;
      this.#wake();
    };
    worker.on('message', (message: FromTable) => {
      if (message.type === 'unreadable') {
        const { message: words, why, advice } = message;
        end(new Problem('unreadable-table', words, { cause: why, advice }));
        return;
      }
      this.#messages.push(message);
      this.#wake();
    });
    worker.on('error', (error: unknown) => end(deathOf(path, error)));
    worker.on('exit', () => end(problemOf(path, 'Its reader ended before the table did.')));
    signal?.addEventListener('abort', this.#onAbort);
  }

  readonly #onAbort = () => this.#wake();

  async next(): Promise<FromTable> {
    for (;;) {
      this.#signal?.throwIfAborted();
      const message = this.#messages.shift();
      if (message !== undefined) return message;
      if (this.#trouble !== undefined) throw this.#trouble;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async close(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#onAbort);
    if (this.#worker.threadId !== -1) {
      const gone = once(this.#worker, 'exit');
      await this.#worker.terminate();
      await gone.catch(() => undefined);
    }
  }
}

function problemOf(path: string, cause: string, advice?: string): Problem {
  const { message, why, advice: what } = new UnreadableTable(path, cause, advice);
  return new Problem('unreadable-table', message, { cause: why, advice: what });
}

function deathOf(path: string, error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return problemOf(
      path,
      'It needs more memory than any table of people: it holds a text of gigabytes, or was made to do harm.',
      'Ask where the file comes from. If it is sound, save it as tab-separated text and import that.',
    );
  }
  return problemOf(path, error instanceof Error ? error.message : String(error));
}
