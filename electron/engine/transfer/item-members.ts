import { listedItem } from '../library/sendable.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { wholeItem } from './files-to-send.ts';

export interface MemberRow {
  /** Below the item. */
  readonly path: string;
  readonly size: number;
}

/**
 * One page of an item's files, as they are found on the disk, and how many the index counted. Reads no further than
 * the page; throws Problem `folder-unreadable` when it cannot be read so far.
 */
export async function itemMembers(
  file: SubmissionFile,
  entryId: number,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ total: number; rows: MemberRow[] }> {
  const item = listedItem(file, entryId);
  if (item === undefined || item.members < 2) return { total: 0, rows: [] };
  const rows: MemberRow[] = [];
  let at = 0;
  for await (const { path, size } of wholeItem(file, item)) {
    if (at++ < page.offset) continue;
    rows.push({ path, size });
    if (rows.length === page.limit) break;
  }
  return { total: item.members, rows };
}
