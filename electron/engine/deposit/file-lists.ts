import { join } from 'node:path';
import { metadataOf } from '../library/metadata-document.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { profileOfFile, submissionRow } from '../library/submission-row.ts';
import { plannedLists, remoteFolderOf } from '../transfer/plan.ts';
import { rowsByDisk } from './file-list-rows.ts';
import { depositOf } from './registry.ts';

export interface WrittenList {
  readonly name: string;
  readonly block: string;
  readonly rows: number;
}

/**
 * Writes the file lists as they would be sent into a folder of this computer, with no archive at hand. An OME-Zarr is
 * walked for its members.
 */
export async function writeFileLists(
  file: SubmissionFile,
  folder: string,
  signal?: AbortSignal,
): Promise<WrittenList[]> {
  const profile = profileOfFile(file);
  const deposit = depositOf(profile.id);
  const remoteFolder = remoteFolderOf(file);
  const written: WrittenList[] = [];
  for (const { name, block } of plannedLists(file)) {
    const rows = await deposit.writeList(
      join(folder, name),
      rowsByDisk(file, remoteFolder, block, signal),
      profile.fileList.columns,
      signal,
    );
    written.push({ name, block, rows });
  }
  return written;
}

/** The document that describes the submission, as the archive gets it. */
export function documentOf(file: SubmissionFile): unknown {
  return depositOf(submissionRow(file).destination).document(metadataOf(file), listPaths(file));
}

/** Paths of the file lists at the archive, by block id. */
export function listPaths(file: SubmissionFile): Record<string, string> {
  const remoteFolder = remoteFolderOf(file);
  return Object.fromEntries(plannedLists(file).map(({ name, block }) => [block, `${remoteFolder}/${name}`]));
}
