import type { EntryState } from '../../../shared/model/entry.ts';
import type { Classified } from './classify.ts';
import { FreshRowWriter } from './fresh-rows.ts';
import type { FileFound, WalkBatch } from './walk-messages.ts';
import type { FileStats } from './walk-rules.ts';

/** How heavy a batch gets: some ten milliseconds of writing. */
export const BATCH_WEIGHT = 2000;
/** Somebody looks at how a scan goes on. */
const MOST_MS_APART = 200;
/** Sorts of files whose room is kept. */
const MOST_GROUPS = 32;

interface Group extends Classified {
  readonly state: EntryState;
  readonly writer: FreshRowWriter;
}

/** Gathers what a walker finds until it is worth handing over. */
export class BatchMaker {
  /** Kept from batch to batch, for the room that they have already. */
  #groups = new Map<string, Group>();
  #batch = emptyBatch();
  #flushedAt = Date.now();
  readonly #post: (batch: WalkBatch) => void;

  constructor(post: (batch: WalkBatch) => void) {
    this.#post = post;
  }

  /** A file in `folder`, which ends in `/` or is '', that has no row yet and can be read. */
  fresh(
    folder: string,
    name: string,
    file: FileStats,
    { format, kind }: Classified,
    state: 'present' | 'changing',
  ): void {
    const key = `${format} ${kind} ${state}`;
    let group = this.#groups.get(key);
    if (!group) {
      group = { format, kind, state, writer: new FreshRowWriter() };
      this.#groups.set(key, group);
    }
    if (group.writer.add(folder, name, file)) this.#more(1);
    else this.file(folder + name, file, { format, kind }, '');
  }

  /** A file that may have a row. */
  file(path: string, file: FileStats, { format, kind }: Classified, trouble: string): void {
    const inode = file.ino === 0 && trouble !== '' ? '' : String(file.ino);
    const found: FileFound = {
      path,
      size: file.size,
      modifiedMs: file.mtimeMs,
      inode,
      trouble,
      format,
      kind,
    };
    this.#batch.files.push(found);
    // Comparing costs more than writing anew.
    this.#more(4);
  }

  add<K extends 'folders' | 'kept' | 'zarrs' | 'skipped' | 'noticed' | 'closed' | 'walked'>(
    what: K,
    thing: WalkBatch[K][number],
  ): void {
    (this.#batch[what] as WalkBatch[K][number][]).push(thing);
    this.#more(2);
  }

  jobsDone(count: number): void {
    this.#batch.jobsDone += count;
  }

  #more(cost: number): void {
    this.#batch.weight += cost;
    if (this.#batch.weight >= BATCH_WEIGHT) this.flush();
  }

  /** Hands over what there is when that is long ago: on a slow disk a batch takes long to get heavy. */
  flushIfOld(): void {
    if (Date.now() - this.#flushedAt > MOST_MS_APART) this.flush();
  }

  flush(): void {
    this.#flushedAt = Date.now();
    if (this.#batch.weight === 0 && this.#batch.jobsDone === 0) return;
    for (const { writer, ...group } of this.#groups.values()) {
      const { count, bytes } = writer;
      if (count > 0) this.#batch.fresh.push({ ...group, count, bytes, rows: writer.finish() });
    }
    const batch = this.#batch;
    if (this.#groups.size > MOST_GROUPS) this.#groups = new Map();
    this.#batch = emptyBatch();
    this.#post(batch);
  }
}

function emptyBatch(): WalkBatch {
  return {
    ...{ folders: [], kept: [], fresh: [], files: [], zarrs: [] },
    ...{ skipped: [], noticed: [], closed: [], walked: [], jobsDone: 0, weight: 0 },
  };
}

/** Several batches as one, each thing after what came before it. */
export function joinBatches(batches: readonly WalkBatch[]): WalkBatch {
  const [only] = batches;
  if (only !== undefined && batches.length === 1) return only;
  const all = <K extends keyof WalkBatch>(what: K) => batches.map((batch) => batch[what]);
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  return {
    ...{
      folders: all('folders').flat(),
      kept: all('kept').flat(),
      fresh: all('fresh').flat(),
      files: all('files').flat(),
    },
    ...{ zarrs: all('zarrs').flat(), skipped: all('skipped').flat(), noticed: all('noticed').flat() },
    ...{ closed: all('closed').flat(), walked: all('walked').flat() },
    ...{ jobsDone: sum(all('jobsDone')), weight: sum(all('weight')) },
  };
}
