import { setTimeout as sleep } from 'node:timers/promises';
import type { CountedProgress } from '../../../shared/contract/call.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { touch } from '../library/history.ts';
import { pairCount } from '../library/pairs.ts';
import { source as sourceById } from '../library/sources.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import type { IndexedSource } from './entry-rows.ts';
import { reasonOf } from './looks.ts';
import { pairIfStale } from './pair.ts';
import { SourceIndex } from './source-index.ts';
import type { FolderFound } from './walk-messages.ts';
import { walkFolders } from './walkers.ts';
import { MaskFolders, weighFolders } from './weigh-folders.ts';

/** A file that was written less than this ago may still be growing. */
const SETTLE_MS = 3000;
const PROGRESS_EVERY_MS = 100;

export interface ScanOptions {
  /** Only this source; all of them when not given. */
  readonly sourceId?: number;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: (progress: CountedProgress) => void;
  /** Milliseconds a file must rest before it counts; 0 takes every file as it is. Default 3000. */
  readonly settleMs?: number;
}

/** Counts of one scan; `files` and `bytes` are what there is now, OME-Zarr members counted singly. */
export interface ScanResult {
  files: number;
  bytes: number;
  added: number;
  changed: number;
  vanished: number;
  skipped: number;
  pairs: number;
}

interface SourceRow extends IndexedSource {
  readonly name: string;
  readonly files: number;
  readonly weighed: number;
  readonly entries: number;
}

const scanning = new WeakSet<SubmissionFile>();

/**
 * Walks the sources and brings the index up to date, in small transactions, so that a scan that is stopped or killed
 * has kept what it found and the next one goes on from there; then pairs images and masks. Rows that are as they were
 * are not touched; what a person chose, pairs and journal stay with their files. A folder that cannot be reached is
 * marked as gone, its rows stay. Cancelling throws an AbortError.
 */
export async function scanSources(file: SubmissionFile, options: ScanOptions = {}): Promise<ScanResult> {
  if (scanning.has(file)) {
    throw new Problem('scan-running', 'The folders are being looked through already.', {
      advice: 'Wait for the end of that scan, or stop it.',
    });
  }
  scanning.add(file);
  try {
    const result: ScanResult = {
      files: 0,
      bytes: 0,
      added: 0,
      changed: 0,
      vanished: 0,
      skipped: 0,
      pairs: 0,
    };
    const rows = sourceRows(file, options.sourceId);
    const known = rows.reduce((sum, { files }) => sum + files, 0);
    const tell = reporter(options.progress, known === 0 ? null : known);
    for (const row of rows) await scanSource(file, row, result, options, tell);
    if (result.added + result.changed + result.vanished > 0) touch(file);
    tell(result.files, 'Pairing images and masks', true);
    await pairIfStale(file, { signal: options.signal });
    result.pairs = pairCount(file);
    return result;
  } finally {
    scanning.delete(file);
  }
}

function sourceRows(file: SubmissionFile, id: number | undefined): SourceRow[] {
  if (id !== undefined) sourceById(file, id);
  return file.all<SourceRow>(
    'SELECT id, path, name, files, weighed, entries FROM source WHERE ?1 IS NULL OR id = ?1 ORDER BY id',
    id ?? null,
  );
}

type Tell = (done: number, now: string, atOnce?: boolean) => void;

function reporter(progress: ScanOptions['progress'], total: number | null): Tell {
  let last = 0;
  return (done, now, atOnce = false) => {
    const time = Date.now();
    if (!atOnce && time - last < PROGRESS_EVERY_MS) return;
    last = time;
    // More than last time: how much there is in all is not known any more.
    progress?.({ done, total: total !== null && done <= total ? total : null, now });
  };
}

async function scanSource(
  file: SubmissionFile,
  row: SourceRow,
  result: ScanResult,
  options: ScanOptions,
  tell: Tell,
): Promise<void> {
  const { signal, settleMs = SETTLE_MS } = options;
  const index = new SourceIndex(file, row, settleMs);
  const mayBeMasks = new MaskFolders();
  const before = result.files;
  const now = `Looking through ${row.name}`;
  file.run("UPDATE source SET state = 'scanning', weighed = 0 WHERE id = ?", row.id);
  file.run('DELETE FROM skipped WHERE source_id = ?', row.id);
  tell(before, now, true);
  try {
    const known = (folders: readonly FolderFound[]) => {
      mayBeMasks.met(folders);
      return index.jobs(folders);
    };
    for await (const batch of walkFolders(row.path, { signal, settleMs, known })) {
      await index.take(batch);
      tell(before + index.counts.files, now);
    }
    await index.lookAgain(async (milliseconds) => {
      tell(before + index.counts.files, 'Waiting for files that were just written', true);
      await sleep(milliseconds, undefined, signal ? { signal } : {});
    }, signal);
    await index.finish(row.weighed === 1 ? row.entries : null);
    const { added, changed, vanished } = index.counts;
    // A scan that was killed has kept its rows and not weighed them; for the next one nothing changed.
    if (row.weighed === 0 || added + changed + vanished > 0) await weighFolders(file, row, mayBeMasks.places);
    finished(file, row.id, index.counts);
  } catch (error) {
    rested(file, row.id, index.counts);
    if (signal?.aborted || error instanceof Problem || !isFileSystemError(error)) throw error;
    file.run("UPDATE source SET state = 'gone', trouble = ? WHERE id = ?", reasonOf(error), row.id);
  }
  for (const key of ['files', 'bytes', 'added', 'changed', 'vanished', 'skipped'] as const) {
    result[key] += index.counts[key];
  }
}

function finished(file: SubmissionFile, id: number, counts: SourceIndex['counts']): void {
  file.run(
    `UPDATE source SET state = 'scanned', weighed = 1, trouble = '', entries = ?, files = ?, bytes = ?, skipped = ?, scanned_at = ?
     WHERE id = ?`,
    counts.entries,
    counts.files,
    counts.bytes,
    counts.skipped,
    new Date().toISOString(),
    id,
  );
}

/** Back to what it was before a scan that did not come to its end; what it found is there and counts. */
function rested(file: SubmissionFile, id: number, counts: SourceIndex['counts']): void {
  file.run(
    `UPDATE source SET state = iif(scanned_at IS NULL, 'new', 'scanned'), files = max(files, ?), bytes = max(bytes, ?),
       entries = (SELECT count(*) FROM entry WHERE source_id = source.id) WHERE id = ?`,
    counts.files,
    counts.bytes,
    id,
  );
}

function isFileSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
