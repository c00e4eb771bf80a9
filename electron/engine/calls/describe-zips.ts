import { localPathSql } from '../library/entry-sql.ts';
import { Slices } from '../library/in-slices.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import type { Decoder } from '../pixels/decoder.ts';

/** Numbers of entries looked through at a time. */
const IDS_AT_ONCE = 20_000;

/**
 * Notes the label images of zipped OME-Zarrs that are new or changed, so that they pair like those of a folder. `read`
 * opens an image in the process that may die of it; one that cannot be opened is left to the checks, which say why.
 * Returns whether any label was found.
 */
export async function describeZips(
  file: SubmissionFile,
  read: (path: string) => Promise<readonly string[]>,
  signal?: AbortSignal,
): Promise<boolean> {
  const last = file.get<{ id: number | null }>('SELECT max(id) AS id FROM entry')?.id ?? 0;
  const slices = new Slices();
  let found = false;
  for (let from = 0; from <= last; from += IDS_AT_ONCE) {
    const zips = file.all<{ id: number; path: string; modified_ms: number }>(
      `SELECT e.id, ${localPathSql} AS path, e.modified_ms FROM entry e JOIN source s ON s.id = e.source_id
       WHERE e.id >= ? AND e.id < ? AND e.format = 'ome-zarr-zip' AND e.labels = '' AND e.state = 'present'`,
      from,
      from + IDS_AT_ONCE,
    );
    for (const { id, path, modified_ms } of zips) {
      signal?.throwIfAborted();
      const labels = await read(path).catch(() => []);
      signal?.throwIfAborted();
      file.run(
        'UPDATE entry SET labels = ? WHERE id = ? AND modified_ms = ?',
        JSON.stringify(labels),
        id,
        modified_ms,
      );
      found ||= labels.length > 0;
    }
    await slices.turn();
  }
  if (found) file.run('UPDATE submission SET pairs_stale = 1');
  return found;
}

/** The label images of a zipped OME-Zarr, as the decoder finds them. */
export async function zipLabels(
  decoder: Pick<Decoder, 'open' | 'close'>,
  path: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { imageId, labels } = await decoder.open(path, '', signal);
  decoder.close(imageId);
  return labels;
}
