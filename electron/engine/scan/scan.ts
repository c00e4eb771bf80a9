import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { ScanProgress } from '../../../shared/contract/walk-calls.ts';
import { Problem } from '../../../shared/model/problem.ts';
import type { LinkRule, ScanReport } from '../../../shared/model/walk.ts';
import { touch } from '../library/history.ts';
import { pairCount } from '../library/pairs.ts';
import { source as sourceById } from '../library/sources.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { settleSeconds, skipRules, walkKey } from '../library/walk-settings.ts';
import type { IndexedSource } from './entry-rows.ts';
import { reasonOf } from './looks.ts';
import { pairIfStale } from './pair.ts';
import { ScanReporter } from './scan-progress.ts';
import { SourceIndex } from './source-index.ts';
import type { FolderFound } from './walk-messages.ts';
import { walkFolders } from './walkers.ts';
import { MaskFolders, weighFolders } from './weigh-folders.ts';

export interface ScanOptions {
  /** Only this source; all of them when not given. */
  readonly sourceId?: number;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: (progress: ScanProgress) => void;
  /** Milliseconds a file must rest before it counts; 0 takes every file as it is. Default: as the submission says. */
  readonly settleMs?: number;
  /** Folders, without links, that links may lead to where they are followed; null, the default, for anywhere. */
  readonly bounds?: readonly string[] | null;
}

/** Counts of one scan; `files` and `bytes` are what there is now, OME-Zarr members counted singly. */
export interface ScanResult {
  files: number;
  bytes: number;
  added: number;
  changed: number;
  vanished: number;
  renamed: number;
  skipped: number;
  held: number;
  pairs: number;
}

interface SourceRow extends IndexedSource {
  readonly name: string;
  readonly files: number;
  readonly weighed: number;
  readonly entries: number;
  readonly links: LinkRule;
  readonly newAfter: number;
  readonly scannedAt: string | null;
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
      ...{ vanished: 0, renamed: 0, skipped: 0, held: 0, pairs: 0 },
    };
    const rows = sourceRows(file, options.sourceId);
    const known = rows.reduce((sum, { files }) => sum + files, 0);
    const reporter = new ScanReporter(options.progress, known === 0 ? null : known);
    for (const row of rows) await scanSource(file, row, result, options, reporter);
    if (result.added + result.changed + result.vanished + result.renamed > 0) touch(file);
    reporter.tell(result.files, result.bytes, 'Pairing images and masks', true);
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
    `SELECT id, path, name, files, weighed, entries, links, new_after AS newAfter, scanned_at AS scannedAt
     FROM source WHERE ?1 IS NULL OR id = ?1 ORDER BY id`,
    id ?? null,
  );
}

async function scanSource(
  file: SubmissionFile,
  row: SourceRow,
  result: ScanResult,
  options: ScanOptions,
  reporter: ScanReporter,
): Promise<void> {
  const { signal, settleMs = settleSeconds(file) * 1000, bounds = null } = options;
  const rules = skipRules(file);
  const newAfter = await beginScan(file, row);
  const index = new SourceIndex(file, { ...row, newAfter, isFirst: row.scannedAt === null }, settleMs);
  const mayBeMasks = new MaskFolders();
  const now = `Looking through ${row.name}`;
  const { files, bytes } = result;
  const tell = (words: string, atOnce = false) =>
    reporter.tell(files + index.counts.files, bytes + index.counts.bytes, words, atOnce);
  tell(now, true);
  try {
    const known = (folders: readonly FolderFound[]) => index.jobs(folders);
    const met = (folders: readonly FolderFound[]) => mayBeMasks.met(folders);
    const walk = { signal, settleMs, skipRules: rules, links: row.links, bounds, known, met };
    file.foldsOnItsOwn(false);
    try {
      for await (const batch of walkFolders(row.path, walk)) {
        await index.take(batch);
        tell(now);
      }
      await file.fold();
    } finally {
      file.foldsOnItsOwn(true);
    }
    await index.lookAgain(async (milliseconds) => {
      tell('Waiting for files that were just written', true);
      await sleep(milliseconds, undefined, signal ? { signal } : {});
    }, signal);
    tell(`Comparing ${row.name} with what was there before`, true);
    await index.finish(row.weighed === 1 ? row.entries : null, signal);
    const { added, changed, vanished, renamed } = index.counts;
    // A scan that was killed has kept its rows and not weighed them; for the next one nothing changed.
    if (row.weighed === 0 || added + changed + vanished + renamed > 0) {
      await weighFolders(file, row, mayBeMasks.places, signal);
    }
    finished(file, row, newAfter, walkKey(rules, row.links), index.counts);
  } catch (error) {
    rested(file, row.id, index.counts);
    if (signal?.aborted || error instanceof Problem || !isFileSystemError(error)) throw error;
    file.run("UPDATE source SET state = 'gone', trouble = ? WHERE id = ?", reasonOf(error), row.id);
  }
  const { counts } = index;
  for (const key of [
    'files',
    'bytes',
    'added',
    'changed',
    'vanished',
    'renamed',
    'skipped',
    'held',
  ] as const) {
    result[key] += counts[key];
  }
}

/** Rows deleted between two turns of the event loop. */
const DELETED_AT_ONCE = 5000;

/**
 * Notes that a source is looked through and forgets what the last scan had to tell, unless that did not come to its
 * end: then this one goes on with it. Returns the id above which rows are new.
 */
async function beginScan(file: SubmissionFile, row: SourceRow): Promise<number> {
  const goesOn = row.weighed === 0 && row.newAfter > 0;
  const newAfter = goesOn
    ? row.newAfter
    : (file.get<{ n: number | null }>('SELECT max(id) AS n FROM entry')?.n ?? 0);
  file.run(
    "UPDATE source SET state = 'scanning', weighed = 0, new_after = ?, held = 0 WHERE id = ?",
    newAfter,
    row.id,
  );
  file.run('DELETE FROM skipped WHERE source_id = ?', row.id);
  file.run('DELETE FROM noticed WHERE source_id = ?', row.id);
  if (goesOn) return newAfter;
  const some = `SELECT what, entry_id FROM scan_change WHERE source_id = ?1 LIMIT ${DELETED_AT_ONCE}`;
  const gone = `DELETE FROM scan_change WHERE source_id = ?1 AND (what, entry_id) IN (${some})`;
  while (file.run(gone, row.id).changes > 0) await setImmediate();
  return newAfter;
}

function finished(
  file: SubmissionFile,
  row: SourceRow,
  newAfter: number,
  walkedBy: string,
  counts: SourceIndex['counts'],
): void {
  const report = row.scannedAt === null ? '' : JSON.stringify(reportOf(file, row, newAfter, counts));
  file.run(
    `UPDATE source SET state = 'scanned', weighed = 1, trouble = '', entries = ?, files = ?, bytes = ?, skipped = ?,
       held = ?, walked_by = ?, report = ?, scanned_at = ? WHERE id = ?`,
    counts.entries,
    counts.files,
    counts.bytes,
    counts.skipped,
    counts.held,
    walkedBy,
    report,
    new Date().toISOString(),
    row.id,
  );
}

/** What was found otherwise than before; with what a scan before found that did not come to its end. */
function reportOf(
  file: SubmissionFile,
  { id, weighed }: SourceRow,
  newAfter: number,
  { added }: SourceIndex['counts'],
): ScanReport {
  const kept = file.all<{ what: 'changed' | 'gone' | 'renamed'; n: number }>(
    'SELECT what, count(*) AS n FROM scan_change WHERE source_id = ? GROUP BY what',
    id,
  );
  const found = { changed: 0, gone: 0, renamed: 0 };
  for (const { what, n } of kept) found[what] = n;
  const all =
    weighed === 1
      ? added
      : (file.get<{ n: number }>(
          'SELECT count(*) AS n FROM entry WHERE source_id = ? AND id > ?',
          id,
          newAfter,
        )?.n ?? added);
  return { added: all, ...found };
}

/** Back to what it was before a scan that did not come to its end; what it found is there and counts. */
function rested(file: SubmissionFile, id: number, counts: SourceIndex['counts']): void {
  file.run(
    `UPDATE source SET state = iif(scanned_at IS NULL, 'new', 'scanned'), files = max(files, ?), bytes = max(bytes, ?),
       held = ?, entries = (SELECT count(*) FROM entry WHERE source_id = source.id) WHERE id = ?`,
    counts.files,
    counts.bytes,
    counts.held,
    id,
  );
}

function isFileSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
