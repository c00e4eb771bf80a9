import { chmodSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Pair } from '../../../shared/model/pair.ts';
import { likePattern } from './entry-sql.ts';
import { beginSubmission } from './new-submission.ts';
import { pairColumns } from './pairs.ts';
import { SubmissionFile } from './submission-file.ts';

/** Real files that tests may read; not everybody has them, so tests that need them skip when they are absent. */
export const sharedData = resolve(import.meta.dirname, '../../../..', 'shared', 'data');

/** A folder of a test's own; remove it with the function returned. */
export function temporaryFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-test-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Runs work as somebody without rights, so that unreadable files are unreadable for root too. Returns false, without
 * running it, where that cannot be done.
 */
export async function withoutRights(folder: string, work: () => Promise<void>): Promise<boolean> {
  if (process.platform === 'win32') return false;
  if (process.getuid?.() !== 0) {
    await work();
    return true;
  }
  chmodSync(folder, 0o755);
  try {
    process.seteuid?.(65_534);
  } catch {
    return false;
  }
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
  return true;
}

/** A new, open submission in a folder. */
export function newSubmissionFile(folder: string, title = 'Nuclei'): SubmissionFile {
  const file = SubmissionFile.create(join(folder, `${title}.slipway`));
  beginSubmission(file, { title, destination: 'bia-annotations', archive: 'practice' });
  return file;
}

/** Writes files that rested for an hour, with the folders they need. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  const then = new Date(Date.now() - 3_600_000);
  for (const [path, content] of Object.entries(files)) {
    const full = join(folder, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content);
    utimesSync(full, then, then);
  }
}

/** Puts rows into the index without a disk: paths of one source, the kind after the name. Returns ids by path. */
export function writeIndex(
  file: SubmissionFile,
  files: Readonly<Record<string, 'image' | 'mask' | 'table' | 'other'>>,
  source = '/data/set',
): Record<string, number> {
  const known = file.get<{ id: number }>('SELECT id FROM source WHERE path = ?', source);
  const sourceId =
    known?.id ??
    file.run(
      "INSERT INTO source (path, name, state, added_at) VALUES (?, ?, 'scanned', '')",
      source,
      source.split('/').at(-1) ?? '',
    ).lastId;
  const ids: Record<string, number> = {};
  for (const [path, kind] of Object.entries(files)) {
    ids[path] = file.run(
      `INSERT INTO entry (source_id, path, name, format, kind_guess, size, modified_ms) VALUES (?, ?, ?, 'tiff', ?, ?, 1)`,
      sourceId,
      path,
      path.split('/').at(-1) ?? '',
      kind,
      path.length,
    ).lastId;
  }
  return ids;
}

/** Pairs by the path of their image, then of their mask: the plainest way to ask for a page of them. */
export function plainPairPage(
  file: SubmissionFile,
  { offset, limit, text = '' }: { readonly offset: number; readonly limit: number; readonly text?: string },
): { total: number; rows: Pair[] } {
  const like = likePattern(text);
  const from = `FROM pair JOIN entry image ON image.id = image_entry_id JOIN entry mask ON mask.id = mask_entry_id
    WHERE parted = 0 AND (image.path LIKE ? ESCAPE '\\' OR mask.path LIKE ? ESCAPE '\\')`;
  const rows = file.all<Pair>(
    `SELECT ${pairColumns} ${from} ORDER BY image.source_id, image.path, mask.source_id, mask.path, pair.id
     LIMIT ? OFFSET ?`,
    ...[like, like, limit, offset],
  );
  return { total: file.get<{ n: number }>(`SELECT count(*) AS n ${from}`, like, like)?.n ?? 0, rows };
}
