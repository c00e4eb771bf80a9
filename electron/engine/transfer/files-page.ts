import type { FileState, TransferFile } from '../../../shared/model/transfer.ts';
import type { SubmissionFile } from '../library/submission-file.ts';

interface Row {
  readonly entry_id: number;
  readonly remote_path: string;
  readonly size: number;
  readonly state: FileState;
  readonly attempts: number;
  readonly problem: string | null;
}

/** One page of the journal, in the order of sending; files that no longer belong to the submission are left out. */
export function filesPage(
  file: SubmissionFile,
  page: { state?: FileState | undefined; offset: number; limit: number },
): { total: number; rows: TransferFile[] } {
  const condition = page.state === undefined ? 'wanted = 1' : 'wanted = 1 AND state = ?';
  const parameters = page.state === undefined ? [] : [page.state];
  const total = file.get<{ n: number }>(
    `SELECT count(*) AS n FROM transfer_file WHERE ${condition}`,
    ...parameters,
  );
  const rows = file.all<Row>(
    `SELECT entry_id, remote_path, size, state, attempts, problem FROM transfer_file
     WHERE ${condition} ORDER BY id LIMIT ? OFFSET ?`,
    ...parameters,
    page.limit,
    page.offset,
  );
  return {
    total: total?.n ?? 0,
    rows: rows.map((row) => ({
      entryId: row.entry_id,
      remotePath: row.remote_path,
      size: row.size,
      state: row.state,
      attempts: row.attempts,
      problem: row.problem,
    })),
  };
}
