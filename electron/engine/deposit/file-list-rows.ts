import { metadataOf } from '../library/metadata-document.ts';
import { eachSendable, type Sendable } from '../library/sendable.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { profileOfFile } from '../library/submission-row.ts';
import { filesToSend, isFolder } from '../transfer/files-to-send.ts';

/** One row of a file list. `path` is whole, below the root of the account at the archive. */
export interface FileListRow {
  readonly path: string;
  readonly annotationType: string;
  readonly sourceImage: string;
  readonly columns: Readonly<Record<string, string>>;
}

/**
 * The rows of one block's list by the journal: exactly the files that are sent. An OME-Zarr has a row for each
 * member. In path order, one by one.
 */
export async function* rowsBySending(
  file: SubmissionFile,
  remoteFolder: string,
  block: string,
): AsyncGenerator<FileListRow> {
  const rowOf = rowsOf(file, remoteFolder, block);
  for (const entry of eachSendable(file)) {
    if (entry.annotationBlock !== block) continue;
    if (await isFolder(entry)) {
      for (const member of sentMembers(file, entry.id)) yield rowOf(entry, `/${member}`);
    } else yield rowOf(entry, '');
  }
}

/** The same before anything is sent, by what is on the disk now. */
export async function* rowsByDisk(
  file: SubmissionFile,
  remoteFolder: string,
  block: string,
  signal?: AbortSignal,
): AsyncGenerator<FileListRow> {
  const rowOf = rowsOf(file, remoteFolder, block);
  let entry: Sendable | undefined;
  const entries = eachSendable(file);
  for await (const { entryId, member } of filesToSend(file, signal)) {
    while (entry?.id !== entryId) {
      const next = entries.next();
      if (next.done) return;
      entry = next.value;
    }
    if (entry.annotationBlock === block) yield rowOf(entry, member === '' ? '' : `/${member}`);
  }
}

/** Makes rows of one block's list; what a row leaves empty and the block says, the block fills in. */
function rowsOf(file: SubmissionFile, remoteFolder: string, block: string) {
  const { columns, perBlockOf } = profileOfFile(file).fileList;
  const values = metadataOf(file)[perBlockOf]?.find(({ id }) => id === block)?.values ?? {};
  const field = columns.find(({ header }) => header === 'Annotation Type')?.blockField;
  const said = field === undefined ? undefined : values[field];
  const blockType = typeof said === 'string' ? said : '';
  return (entry: Sendable, below: string): FileListRow => ({
    path: `${remoteFolder}/${entry.remotePath}${below}`,
    annotationType: entry.annotationType || blockType,
    sourceImage: entry.sourceImage,
    columns: entry.columns,
  });
}

function* sentMembers(file: SubmissionFile, entryId: number): Generator<string> {
  for (let after = ''; ; ) {
    const rows = file.all<{ member: string }>(
      `SELECT member FROM transfer_file WHERE entry_id = ? AND wanted = 1 AND member > ?
       ORDER BY member LIMIT 500`,
      entryId,
      after,
    );
    if (rows.length === 0) return;
    after = rows.at(-1)?.member ?? after;
    for (const { member } of rows) yield member;
  }
}
