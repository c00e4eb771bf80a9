import type { Accounts } from './accounts.ts';
import type { Drafts } from './drafts.ts';
import type { FaultDesk } from './faults.ts';
import type { RequestLog } from './request-log.ts';
import type { RequestRecords } from './request-records.ts';
import type { Places } from './storage.ts';
import type { Submissions } from './submissions.ts';
import type { UploadLimits } from './upload-reader.ts';

/** The parts of a running archive, as handlers reach them. */
export interface Archive {
  readonly places: Places;
  readonly accounts: Accounts;
  readonly faults: FaultDesk;
  readonly log: RequestLog;
  readonly records: RequestRecords;
  readonly drafts: Drafts;
  readonly submissions: Submissions;
  readonly limits: UploadLimits;
  /** How long an upload is being saved after its last byte, milliseconds. */
  readonly savingMs: number;
  /** Fires when the archive is closed. */
  readonly closing: AbortSignal;
}
