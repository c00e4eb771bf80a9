import type { Receipt, ReceiptFile } from '../../../shared/model/receipt.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { profileOfFile, submissionRow } from '../library/submission-row.ts';
import { journalOwner } from './journal-owner.ts';
import { archiveTitle, titleOf } from './plan.ts';

interface Row {
  readonly id: number;
  readonly source: string | null;
  readonly entry: string | null;
  readonly member: string;
  readonly remote_path: string;
  readonly size: number;
  readonly sha256: string;
  readonly remote_proof: string;
  readonly method: string | null;
  readonly started_at: string;
  readonly confirmed_at: string;
  readonly attempts: number;
}

/** Everything of a receipt but its files. */
export type ReceiptHead = Omit<Receipt, 'files'>;

/** The receipt without its files; `now` is when it was made. */
export function receiptHead(file: SubmissionFile, now: Date): ReceiptHead {
  const submission = submissionRow(file);
  const profile = profileOfFile(file);
  const owner = journalOwner(file);
  const totals = file.get<{ files: number; bytes: number }>(
    `SELECT count(*) AS files, coalesce(sum(size), 0) AS bytes FROM transfer_file
     WHERE wanted = 1 AND state = 'confirmed'`,
  );
  return {
    format: 'slipway-receipt/1',
    submission: submission.id,
    title: titleOf(file),
    destination: profile.title,
    archive: archiveTitle(profile, owner?.archive ?? submission.archive),
    accession: submission.accession,
    practice: owner?.practice ?? submission.archive === 'practice',
    createdAt: now.toISOString(),
    totals: totals ?? { files: 0, bytes: 0 },
  };
}

/** Files of the submission that are not in the receipt, because the archive did not confirm them. */
export function unconfirmedFiles(file: SubmissionFile): number {
  return (
    file.get<{ n: number }>(
      "SELECT count(*) AS n FROM transfer_file WHERE wanted = 1 AND state <> 'confirmed'",
    )?.n ?? 0
  );
}

/** The files that the archive confirmed, a few hundred in memory at a time, in the order they were queued. */
export function* receiptFiles(file: SubmissionFile): Generator<ReceiptFile> {
  for (let after = 0; ; ) {
    const rows = file.all<Row>(
      `SELECT t.*, s.name AS source, e.path AS entry FROM transfer_file t
       LEFT JOIN entry e ON e.id = t.entry_id LEFT JOIN source s ON s.id = e.source_id
       WHERE t.wanted = 1 AND t.state = 'confirmed' AND t.id > ? ORDER BY t.id LIMIT 500`,
      after,
    );
    if (rows.length === 0) return;
    after = rows.at(-1)?.id ?? after;
    yield* rows.map(toReceiptFile);
  }
}

/** The whole receipt as one object; for a million files use the pieces of {@link receiptJson}. */
export function makeReceipt(file: SubmissionFile, now: Date): Receipt {
  return { ...receiptHead(file, now), files: [...receiptFiles(file)] };
}

/** The receipt as JSON text, in pieces. */
export function* receiptJson(file: SubmissionFile, now: Date): Generator<string> {
  yield `${JSON.stringify(receiptHead(file, now), null, 2).slice(0, -2)},\n  "files": [`;
  let first = true;
  for (const one of receiptFiles(file)) {
    yield `${first ? '' : ','}\n    ${JSON.stringify(one)}`;
    first = false;
  }
  yield first ? ']\n}\n' : '\n  ]\n}\n';
}

/** The local path is told below the folder that was added: where that lies is nobody's business but its owner's. */
function toReceiptFile(row: Row): ReceiptFile {
  const inSource = [row.source, row.entry, row.member]
    .filter((part) => part !== null && part !== '')
    .join('/');
  return {
    path: row.entry === null ? row.remote_path.slice(row.remote_path.indexOf('/') + 1) : inSource,
    remotePath: row.remote_path,
    size: row.size,
    sha256: row.sha256,
    remoteProof: row.remote_proof,
    method: row.method ?? 'none: it was at the archive',
    startedAt: row.started_at,
    confirmedAt: row.confirmed_at,
    attempts: row.attempts,
  };
}
