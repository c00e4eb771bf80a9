import { realpathSync, statSync } from 'node:fs';
import { basename, resolve, sep } from 'node:path';
import type { Source } from '../../../shared/model/entry.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { scanReportSchema } from '../../../shared/model/walk.ts';
import { bringBack, touch } from './history.ts';
import { bringBackInSlices, inTurn, removeEntriesInSlices } from './history-in-slices.ts';
import type { SubmissionFile } from './submission-file.ts';
import { isStale, skipRules } from './walk-settings.ts';

const columns = `id, path, state, trouble, files, bytes, skipped, scanned_at AS scannedAt, links, held, report,
  walked_by AS walkedBy`;

type SourceRow = Omit<Source, 'report' | 'stale'> & { readonly report: string; readonly walkedBy: string };

/** The folders of a submission, in the order they were added. */
export function sources(file: SubmissionFile): Source[] {
  const rules = skipRules(file);
  return file
    .all<SourceRow>(`SELECT ${columns} FROM source ORDER BY id`)
    .map(({ report, walkedBy, ...row }) => ({
      ...row,
      report: report === '' ? null : scanReportSchema.parse(JSON.parse(report)),
      stale: row.state === 'scanned' && isStale(walkedBy, rules, row.links),
    }));
}

/** One folder; a Problem when there is none with that id. */
export function source(file: SubmissionFile, id: number): Source {
  const found = sources(file).find((one) => one.id === id);
  if (found) return found;
  throw new Problem('unknown-source', 'This folder is no longer part of the submission.', {
    advice: 'Add it again if it belongs to the submission.',
  });
}

/**
 * Adds a folder; nothing is read yet. A folder that is there already is returned as it is; one that was removed
 * comes back with everything that was chosen for its files. Refuses a path that is no folder, and a folder inside
 * another one of the submission or around it: each file is to be there once.
 */
export function addSource(file: SubmissionFile, path: string): Source {
  const folder = resolve(path);
  const real = realFolder(folder);
  for (const other of sources(file)) {
    const otherReal = realOrSame(other.path);
    if (otherReal === real) return other;
    if (isInside(real, otherReal)) {
      throw new Problem('inside-source', `${folder} lies inside ${other.path}, which was added before.`, {
        cause: 'Its files are in the submission already.',
        advice: 'Look for them under Files.',
      });
    }
    if (isInside(otherReal, real)) {
      throw new Problem('around-source', `${folder} holds ${other.path}, which was added before.`, {
        cause: 'The files of that folder would be in the submission twice.',
        advice: `Remove ${other.path} first, then add ${folder}.`,
      });
    }
  }
  return file.transaction(() => {
    if (!bringBack(file, 'source', 'path', folder)) {
      file.run(
        'INSERT INTO source (path, name, added_at) VALUES (?, ?, ?)',
        folder,
        freeName(file, basename(folder) || 'data'),
        new Date().toISOString(),
      );
    }
    touch(file);
    const id = file.get<{ id: number }>('SELECT id FROM source WHERE path = ?', folder)?.id ?? -1;
    return source(file, id);
  });
}

/** Brings back a large folder that was removed, some files at a time; {@link addSource} then finds it there. */
export async function bringBackSource(file: SubmissionFile, path: string): Promise<void> {
  const folder = resolve(path);
  if (sources(file).some((other) => other.path === folder)) return;
  await bringBackInSlices(file, 'source', 'path', folder);
}

/** Takes a folder with its files and pairs out of the submission, as one step that can be undone. Files on disk stay. */
export async function removeSource(file: SubmissionFile, id: number): Promise<void> {
  await inTurn(file, async () => {
    const { path, state } = source(file, id);
    if (state === 'scanning') {
      throw new Problem('being-scanned', `${path} is being looked through.`, {
        advice: 'Stop the scan or wait for its end, then remove the folder.',
      });
    }
    await removeEntriesInSlices(
      file,
      `Remove folder ${basename(path)}`,
      entriesOf(file, id),
      (recorder, some) => {
        const mine = '(SELECT value FROM json_each(?))';
        const pairs = `image_entry_id IN ${mine} OR mask_entry_id IN ${mine}`;
        recorder.leaving('pair', pairs, some, some);
        recorder.leaving('entry', `id IN ${mine}`, some);
        file.run(`DELETE FROM pair WHERE ${pairs}`, some, some);
        file.run(`DELETE FROM entry WHERE id IN ${mine}`, some);
      },
      (recorder) => {
        recorder.leaving('source', 'id = ?', id);
        file.run('DELETE FROM source WHERE id = ?', id);
      },
    );
  });
}

/** Entries removed in one transaction: some ten milliseconds. */
const REMOVED_AT_ONCE = 300;

/** The first entries of a source, again and again, until none is left. */
function* entriesOf(file: SubmissionFile, id: number): Generator<number[]> {
  for (;;) {
    const rows = file.all<{ id: number }>(
      `SELECT id FROM entry WHERE source_id = ? ORDER BY path LIMIT ${REMOVED_AT_ONCE}`,
      id,
    );
    if (rows.length === 0) return;
    yield rows.map((row) => row.id);
  }
}

/** First segment of the paths at the archive: two folders of one name must not write over each other there. */
function freeName(file: SubmissionFile, wanted: string): string {
  const taken = new Set(
    file.all<{ name: string }>('SELECT lower(name) AS name FROM source').map(({ name }) => name),
  );
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

function realFolder(folder: string): string {
  try {
    if (statSync(folder).isDirectory()) return realpathSync(folder);
  } catch {
    throw new Problem('no-folder', `There is no folder ${folder}.`, {
      advice: 'Look whether its disk or network folder is connected and whether you have rights to it.',
    });
  }
  throw new Problem('no-folder', `${folder} is a file, not a folder.`, {
    advice: 'Add the folder that it lies in.',
  });
}

function realOrSame(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

function isInside(inner: string, outer: string): boolean {
  return inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
}
