import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { EntryFilter } from '../../../shared/contract/file-calls.ts';
import { top } from './folder-places.ts';
import { type CountedFolders, emptyRow, type FolderPlace, FolderTree, folderAt } from './folder-tree.ts';
import { Slices } from './in-slices.ts';
import type { SubmissionFile } from './submission-file.ts';

const LOOKED_AT_ONCE = 200_000;
/** Rows of `skipped` read at a time. */
const ROWS_AT_ONCE = 4000;
const MOST_FORMATS = 30;
const MOST_REASONS = 50;
const EXAMPLES = 3;

type Summary = CallOutput<'tree.summary'>;

/** Of what kinds and formats everything below a folder is, and what the last scan left out there. */
export async function folderSummary(
  file: SubmissionFile,
  place: FolderPlace,
  filter: EntryFilter,
): Promise<Summary> {
  const tree = FolderTree.of(file);
  const counted = await tree.counted(filter);
  const folder = folderAt(counted, place);
  const whole = folder === null ? emptyRow(place) : tree.row(counted, folder);
  const formats = folder === null ? [] : await formatsIn(counted, folder);
  const more = formats.slice(MOST_FORMATS);
  return {
    whole,
    formats: formats.slice(0, MOST_FORMATS),
    moreFormats: {
      formats: more.length,
      entries: more.reduce((sum, one) => sum + one.entries, 0),
      bytes: more.reduce((sum, one) => sum + one.bytes, 0),
    },
    skipped: await skippedIn(file, place),
  };
}

async function formatsIn({ columns, ids }: CountedFolders, folder: number): Promise<Summary['formats']> {
  const { places, sizes } = columns;
  const inside = new Uint8Array(places.count);
  inside[folder] = 1;
  for (let one = folder + 1; one < inside.length; one++) {
    if (inside[places.parents[one] ?? top] === 1) inside[one] = 1;
  }
  const entries = new Uint32Array(places.formatNames.length);
  const bytes = new Float64Array(places.formatNames.length);
  const slices = new Slices();
  for (let from = 0; from < ids.length; from += LOOKED_AT_ONCE) {
    for (const id of ids.subarray(from, from + LOOKED_AT_ONCE)) {
      if (inside[places.folders[id] ?? top] !== 1 || places.members[id] === 0) continue;
      const format = places.formats[id] ?? 0;
      entries[format] = (entries[format] ?? 0) + 1;
      bytes[format] = (bytes[format] ?? 0) + (sizes[id] ?? 0);
    }
    await slices.turn();
  }
  return places.formatNames
    .map((format, at) => ({ format, entries: entries[at] ?? 0, bytes: bytes[at] ?? 0 }))
    .filter((one) => one.entries > 0)
    .sort((a, b) => b.bytes - a.bytes || b.entries - a.entries || (a.format < b.format ? -1 : 1));
}

async function skippedIn(
  file: SubmissionFile,
  { sourceId, folder }: FolderPlace,
): Promise<Summary['skipped']> {
  const found = new Map<string, { cause: string; reason: string; count: number; examples: string[] }>();
  const slices = new Slices();
  const ids =
    sourceId === null
      ? file.all<{ id: number }>('SELECT id FROM source ORDER BY id').map(({ id }) => id)
      : [sourceId];
  for (const id of ids) {
    const [first, end] = folder === '' ? ['', null] : [`${folder}/`, `${folder}0`];
    for (let after = first; ; ) {
      const rows = file.tuples<string>(
        `SELECT path, reason, cause FROM skipped WHERE source_id = ? AND path > ? AND (?3 IS NULL OR path < ?3)
         ORDER BY path LIMIT ${ROWS_AT_ONCE}`,
        ...[id, after, end],
      );
      for (const [path = '', reason = '', cause = ''] of rows) {
        const key = cause === '' ? reason : cause;
        const one = found.get(key) ?? { cause, reason, count: 0, examples: [] };
        one.count++;
        if (one.examples.length < EXAMPLES) one.examples.push(path);
        found.set(key, one);
      }
      if (rows.length < ROWS_AT_ONCE) break;
      after = rows.at(-1)?.[0] ?? after;
      await slices.turn();
    }
  }
  return [...found.values()]
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1))
    .slice(0, MOST_REASONS);
}
