import type { Slices } from './in-slices.ts';
import type { SubmissionFile } from './submission-file.ts';

const SOME_AT_ONCE = 500;

/** Entries, and those that they are paired with, each once. */
export async function withPartners(
  file: SubmissionFile,
  ids: readonly number[],
  slices: Slices,
): Promise<readonly number[]> {
  const all = new Set(ids);
  for (let from = 0; from < ids.length; from += SOME_AT_ONCE) {
    const some = JSON.stringify(ids.slice(from, from + SOME_AT_ONCE));
    const partners = file.get<{ ids: string }>(
      `SELECT json_group_array(id) AS ids FROM (
         SELECT mask_entry_id AS id FROM pair WHERE image_entry_id IN (SELECT value FROM json_each(?))
         UNION SELECT image_entry_id FROM pair WHERE mask_entry_id IN (SELECT value FROM json_each(?)))`,
      some,
      some,
    );
    for (const id of JSON.parse(partners?.ids ?? '[]') as number[]) all.add(id);
    await slices.turn();
  }
  return [...all];
}
