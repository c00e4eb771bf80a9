import { setTimeout as delay } from 'node:timers/promises';
import { ArchiveError, UNKNOWN_PROCESSING_ERROR } from './archive-error.ts';
import { readPageTab } from './pagetab.ts';
import { keepProcessed, workFolder } from './processed-submissions.ts';
import {
  isProcessing,
  type RequestRecord,
  type RequestRecords,
  STAGES,
  type Stage,
} from './request-records.ts';
import type { Places } from './storage.ts';
import { checkFiles, sourcesOf } from './submission-checks.ts';

/** Takes accepted submissions through their stages. */
export interface Processing {
  /** Starts on a request whose state is kept, and returns at once. */
  start(record: RequestRecord): void;
  /** Takes a request through all stages without pauses. */
  finish(record: RequestRecord): Promise<RequestRecord>;
  /** Goes on with what a stopped archive left, and gives back drafts whose acceptance it did not finish. */
  resume(): Promise<void>;
  /** Resolves when nothing runs any more; call it after `signal` fired. */
  settled(): Promise<void>;
}

export interface ProcessingOptions {
  readonly places: Places;
  readonly records: RequestRecords;
  /** From accepted to processed, milliseconds. */
  readonly processingMs: number;
  readonly signal: AbortSignal;
}

/** Makes the part that processes submissions. */
export function createProcessing({ places, records, processingMs, signal }: ProcessingOptions): Processing {
  const running = new Set<Promise<unknown>>();
  const pause = processingMs / (STAGES.length - 1);

  const advance = async (given: RequestRecord, pauseMs: number): Promise<RequestRecord> => {
    let record = given;
    for (const stage of STAGES.slice(STAGES.indexOf(record.status as Stage) + 1)) {
      if (pauseMs > 0) await delay(pauseMs, undefined, { signal });
      record = { ...(await reach(stage, record)), modifiedAt: new Date().toISOString() };
      signal.throwIfAborted();
      await records.save(record);
      if (record.status === 'INVALID') break;
    }
    return record;
  };

  const reach = async (stage: Stage, record: RequestRecord): Promise<RequestRecord> => {
    try {
      if (stage === 'FILES_VALIDATED') {
        const submission = readPageTab(record.draft);
        const sources = await sourcesOf(places, record, submission);
        await checkFiles({ submission, sources }, { folder: workFolder(places, record), lookForFiles: true });
      }
      if (stage === 'PERSISTED') await keepProcessed(places, record);
      return { ...record, status: stage };
    } catch (error) {
      return { ...record, status: 'INVALID', errors: [shownToUsers(error)] };
    }
  };

  const start = (record: RequestRecord): void => {
    // A stage that could not be kept, because the archive stops or its disk is full, is reached again at the next start.
    const run = advance(record, pause).catch(() => undefined);
    running.add(run);
    void run.finally(() => running.delete(run));
  };

  return {
    start,
    finish: (record) => advance(record, 0),
    async resume() {
      for (const record of (await records.all()).filter(isProcessing)) {
        if (record.status === 'SUBMITTED') await records.save({ ...record, status: 'DRAFT' });
        else start(record);
      }
    },
    async settled() {
      await Promise.allSettled(running);
    },
  };
}

/** Missing files, bad lists and bad paths are told; everything else stays with the archive's staff. */
function shownToUsers(error: unknown): string {
  return error instanceof ArchiveError && error.kind !== 'other' ? error.message : UNKNOWN_PROCESSING_ERROR;
}
