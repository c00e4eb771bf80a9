import { setImmediate } from 'node:timers/promises';
import type { Problem } from '../../../shared/model/problem.ts';
import { metadataOf } from '../library/metadata-document.ts';
import {
  headersOfBlock,
  type Listed,
  type ListedFolder,
  listedEntries,
  listedFolder,
} from '../library/sendable.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { profileOfFile } from '../library/submission-row.ts';
import { isFolder, mayBeFolder, membersToSend } from '../transfer/files-to-send.ts';

/** One row of a file list. `path` is whole, below the root of the account at the archive. */
export interface FileListRow {
  readonly path: string;
  readonly annotationType: string;
  readonly sourceImage: string;
  readonly columns: Readonly<Record<string, string>>;
}

/** The rows of one list, some at a time, and the headers of columns that they use besides the profile's own. */
export interface FileListRows {
  headers(): Iterable<string> | Promise<Iterable<string>>;
  batches(): AsyncIterable<readonly FileListRow[]> | Iterable<readonly FileListRow[]>;
}

/** Members of an entry that is a folder: paths below it, some at a time. */
type MembersOf = (entry: ListedFolder) => AsyncIterable<readonly string[]> | Iterable<readonly string[]>;

/**
 * The rows of one block's list by the journal: exactly the files that are sent. An OME-Zarr has a row for each
 * member. In path order.
 */
export function rowsBySending(file: SubmissionFile, remoteFolder: string, block: string): FileListRows {
  return rowsWith(file, remoteFolder, block, (entry) => sentMembers(file, entry.id));
}

/** The same before anything is sent, by what is on the disk now. */
export function rowsByDisk(
  file: SubmissionFile,
  remoteFolder: string,
  block: string,
  signal?: AbortSignal,
): FileListRows {
  return rowsWith(file, remoteFolder, block, async function* (entry) {
    const trouble = (problem: Problem) => {
      throw problem;
    };
    for await (const { member } of membersToSend(file, entry, trouble, signal)) yield [member];
  });
}

function rowsWith(
  file: SubmissionFile,
  remoteFolder: string,
  block: string,
  membersOf: MembersOf,
): FileListRows {
  const rowOf = rowsOf(file, remoteFolder, block);
  return {
    headers: () => headersOfBlock(file, block),
    async *batches() {
      for (const entries of listedEntries(file, block)) {
        let rows: FileListRow[] = [];
        for (const entry of entries) {
          const folder = mayBeFolder(entry) ? listedFolder(file, entry.id) : undefined;
          if (folder === undefined || folder.isZip || !(await isFolder(folder))) rows.push(rowOf(entry, ''));
          else {
            yield rows;
            rows = [];
            for await (const members of membersOf(folder)) {
              yield members.map((member) => rowOf(entry, `/${member}`));
            }
          }
        }
        yield rows;
        await setImmediate();
      }
    },
  };
}

/** Makes rows of one block's list; what a row leaves empty and the block says, the block fills in. */
function rowsOf(file: SubmissionFile, remoteFolder: string, block: string) {
  const { columns, perBlockOf } = profileOfFile(file).fileList;
  const values = metadataOf(file)[perBlockOf]?.find(({ id }) => id === block)?.values ?? {};
  const field = columns.find(({ header }) => header === 'Annotation Type')?.blockField;
  const said = field === undefined ? undefined : values[field];
  const blockType = typeof said === 'string' ? said : '';
  return (entry: Listed, below: string): FileListRow => ({
    path: `${remoteFolder}/${entry.remotePath}${below}`,
    annotationType: entry.annotationType || blockType,
    sourceImage: entry.sourceImage,
    columns: entry.columns,
  });
}

function* sentMembers(file: SubmissionFile, entryId: number): Generator<string[]> {
  for (let after = ''; ; ) {
    const rows = file.all<{ member: string }>(
      `SELECT member FROM transfer_file WHERE entry_id = ? AND wanted = 1 AND member > ?
       ORDER BY member LIMIT 500`,
      entryId,
      after,
    );
    if (rows.length === 0) return;
    after = rows.at(-1)?.member ?? after;
    yield rows.map(({ member }) => member);
  }
}
