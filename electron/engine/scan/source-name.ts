import { setImmediate } from 'node:timers/promises';
import type { EntryKind } from '../../../shared/model/entry.ts';
import { isImageFormat, kindByFolders, kindOf, namesMask } from '../../../shared/rules/file-kinds.ts';
import type { SubmissionFile } from '../library/submission-file.ts';

const ROWS_AT_ONCE = 1000;

interface Row {
  readonly id: number;
  readonly path: string;
  readonly name: string;
  readonly format: string;
  readonly kind_guess: EntryKind;
}

/**
 * A folder called `masks` that is added by itself: when no file in it says so on its own, all its images are masks.
 * When some do (`cells_mask.tif` beside `cells.tif`), the folder's name says nothing about the others.
 */
export async function applySourceName(
  file: SubmissionFile,
  source: { readonly id: number; readonly name: string },
): Promise<void> {
  if (!namesMask(source.name)) return;
  let someSaySo = false;
  await eachPage(file, source.id, (rows) => {
    someSaySo = rows.some((row) => ownKind(row) === 'mask');
    return !someSaySo;
  });
  await eachPage(file, source.id, (rows) => {
    file.transaction(() => {
      for (const row of rows) {
        const kind = someSaySo ? ownKind(row) : 'mask';
        if (kind !== row.kind_guess) file.run('UPDATE entry SET kind_guess = ? WHERE id = ?', kind, row.id);
      }
    });
    return true;
  });
}

function ownKind(row: Row): EntryKind {
  const slash = row.path.lastIndexOf('/');
  return kindOf(row.format, row.name, kindByFolders(row.path.slice(0, Math.max(slash, 0))));
}

/** Images and masks of a source, but not Zarrs: those say themselves what they are. Stops when `visit` says false. */
async function eachPage(
  file: SubmissionFile,
  sourceId: number,
  visit: (rows: Row[]) => boolean,
): Promise<void> {
  let after = -1;
  for (;;) {
    const page = file.all<Row>(
      `SELECT id, path, name, format, kind_guess FROM entry WHERE source_id = ? AND id > ? ORDER BY id
       LIMIT ${ROWS_AT_ONCE}`,
      sourceId,
      after,
    );
    const last = page.at(-1);
    if (!last) return;
    const rows = page.filter(({ format, kind_guess: kind }) => isPlainImage(format, kind));
    if (!visit(rows)) return;
    after = last.id;
    await setImmediate();
  }
}

function isPlainImage(format: string, kind: EntryKind): boolean {
  if (format === 'ome-zarr' || format === 'zarr') return false;
  return kind === 'image' || (kind === 'mask' && (isImageFormat(format) || format === 'unknown'));
}
