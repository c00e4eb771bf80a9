import type { SubmissionFile } from '../library/submission-file.ts';

/** Words before the rule in the state of a row that stays although a rule leaves its file out. */
export const LEFT_OUT = 'left out: ';

/** Why a path, or a folder above it, was left out by the scan that runs; null when it was not. */
export function leftOutBy(file: SubmissionFile, sourceId: number, path: string): string | null {
  const paths = [path];
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    paths.push(path.slice(0, slash));
  }
  const found = file.get<{ reason: string }>(
    'SELECT reason FROM skipped WHERE source_id = ? AND path IN (SELECT value FROM json_each(?)) LIMIT 1',
    sourceId,
    JSON.stringify(paths),
  );
  return found?.reason ?? null;
}

/** True for a row for which nothing was chosen, paired by hand or sent. */
const untouched = `send_chosen IS NULL AND remote_path_chosen IS NULL AND kind_chosen IS NULL
  AND source_image_chosen IS NULL AND annotation_type = '' AND annotation_block = '' AND columns = '{}'
  AND NOT EXISTS (SELECT 1 FROM pair WHERE mask_entry_id = entry.id AND (parted = 1 OR by = 'manual'))
  AND NOT EXISTS (SELECT 1 FROM pair WHERE image_entry_id = entry.id AND (parted = 1 OR by = 'manual'))
  AND NOT EXISTS (SELECT 1 FROM transfer_file WHERE entry_id = entry.id AND attempts > 0)`;

/**
 * Takes the row of a file that is left out now out of the index; true when it did. One that a person worked on stays,
 * as not there, with the reason: should the file be let in again, everything is as it was.
 */
export function dropIfUntouched(file: SubmissionFile, id: number, reason: string): boolean {
  if (file.run(`DELETE FROM entry WHERE id = ? AND ${untouched}`, id).changes > 0) return true;
  file.run(
    "UPDATE entry SET state = 'vanished', state_reason = ?1 WHERE id = ?2 AND (state <> 'vanished' OR state_reason <> ?1)",
    LEFT_OUT + reason,
    id,
  );
  return false;
}
