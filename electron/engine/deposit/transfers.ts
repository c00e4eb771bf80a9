import type { MethodId, Plan } from '../../../shared/model/plan.ts';
import { Problem } from '../../../shared/model/problem.ts';
import type { Receipt } from '../../../shared/model/receipt.ts';
import type { ArchiveChoice } from '../../../shared/model/submission.ts';
import type { FileState, TransferFile, TransferSnapshot } from '../../../shared/model/transfer.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { setArchive, submissionRow } from '../library/submission-row.ts';
import { filesPage } from '../transfer/files-page.ts';
import { listZips } from '../transfer/files-to-send.ts';
import { forgetJournal, journalOwner } from '../transfer/journal-owner.ts';
import { makePlan } from '../transfer/plan.ts';
import { makeReceipt } from '../transfer/receipt.ts';
import type { ExistingChoice } from '../transfer/reconcile.ts';
import { patientPolicy, rehearsalPolicy, type TransferPolicy } from '../transfer/retry.ts';
import { writeReceipt } from '../transfer/write-receipt.ts';
import type { DepositAccount } from './deposit.ts';
import { depositOf } from './registry.ts';
import { restingSnapshot } from './resting.ts';
import type { Run } from './run.ts';
import { type Running, startRun } from './running.ts';
import { submitAll } from './submit-flow.ts';
import { uploadAll } from './upload-flow.ts';

export interface TransfersOptions {
  /** Told of every snapshot of every submission that is being sent. */
  readonly onSnapshot?: (id: string, snapshot: TransferSnapshot) => void;
  /** Told when a submission's state, accession or journal changed for good. */
  readonly onChanged?: (id: string) => void;
  /** Told true when the first transfer begins and false when the last ends. */
  readonly onBusy?: (busy: boolean) => void;
  readonly policy?: Partial<TransferPolicy>;
  readonly now?: () => Date;
  readonly random?: () => number;
}

interface Watching {
  readonly signal: AbortSignal;
  readonly progress: (snapshot: TransferSnapshot) => void;
}

/** Sending and depositing, for any number of submissions at once. */
export interface Transfers {
  plan(file: SubmissionFile): Plan;
  /** The plan with the lengths of all ZIPs as they will be: their members are listed first, where that was not done. */
  exactPlan(file: SubmissionFile, signal?: AbortSignal): Promise<Plan>;
  /** Chooses how to send; takes effect at the next upload. */
  setMethod(file: SubmissionFile, method: MethodId | 'auto'): Plan;
  /**
   * Chooses the archive. What was sent to another one is forgotten, because its journal must not be believed.
   * @throws Problem `busy` while it is being sent, `already-sent` when the record of a real deposit would be lost
   */
  setArchive(file: SubmissionFile, archive: ArchiveChoice): void;
  /** Forgets everything sent and every step; what the archive holds stays there. Same errors as `setArchive`. */
  resetTransfer(file: SubmissionFile): void;
  /** The truth now, running or not. */
  status(file: SubmissionFile): TransferSnapshot;
  /**
   * Sends everything and has the lists checked; joins an upload that runs. Resolves with the last snapshot however it
   * ends: `uploaded`, `paused` or `failed` with the problem in it. Rejects when it cannot even begin.
   */
  upload(
    file: SubmissionFile,
    account: DepositAccount,
    options: Watching & { readonly existing: ExistingChoice },
  ): Promise<TransferSnapshot>;
  /** Stops what runs, at once; resolves when nothing is written any more. */
  pause(file: SubmissionFile): Promise<void>;
  /** The irreversible step. Resolves with the accession, rejects with the Problem that stopped it. */
  submit(file: SubmissionFile, account: DepositAccount, options: Watching): Promise<{ accession: string }>;
  files(
    file: SubmissionFile,
    page: { state?: FileState | undefined; offset: number; limit: number },
  ): { total: number; rows: TransferFile[] };
  receipt(file: SubmissionFile): Receipt;
  /** Writes the receipt to a path; memory does not grow with the files. */
  writeReceipt(file: SubmissionFile, path: string, form: 'json' | 'html', signal: AbortSignal): Promise<void>;
  /** The computer slept: whoever waits tries at once. */
  woken(): void;
  /** Stops everything. */
  close(): Promise<void>;
}

/** Makes the part that sends and deposits. */
export function createTransfers(options: TransfersOptions = {}): Transfers {
  const policyFor = ({ practice }: DepositAccount): TransferPolicy => ({
    ...patientPolicy,
    ...(practice ? rehearsalPolicy : {}),
    ...options.policy,
  });
  const now = options.now ?? (() => new Date());
  const random = options.random ?? Math.random;
  const running = new Map<SubmissionFile, Running>();

  const start = (
    file: SubmissionFile,
    account: DepositAccount,
    kind: Running['kind'],
    work: (run: Run) => Promise<string | null>,
  ): Running => {
    const { id } = submissionRow(file);
    const begun = startRun({ file, account, kind, policy: policyFor(account), now, random, work });
    running.set(file, begun);
    if (running.size === 1) options.onBusy?.(true);
    begun.view.listen((snapshot) => options.onSnapshot?.(id, snapshot));
    void begun.ended.finally(() => {
      running.delete(file);
      if (running.size === 0) options.onBusy?.(false);
      options.onChanged?.(id);
    });
    options.onChanged?.(id);
    return begun;
  };

  const follow = async (
    one: Running,
    { signal, progress }: Watching,
    onAbort: () => void,
  ): Promise<TransferSnapshot> => {
    const quiet = one.view.listen(progress);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await one.ended;
    } finally {
      signal.removeEventListener('abort', onAbort);
      quiet();
    }
  };

  const refuseRunning = (file: SubmissionFile) => {
    if (!running.has(file)) return;
    throw new Problem('busy', 'This submission is being sent just now.', {
      advice: 'Pause it first, or wait until it has ended.',
    });
  };

  const transfers: Transfers = {
    plan: (file) => makePlan(file, depositOf(submissionRow(file).destination).methods),
    async exactPlan(file, signal) {
      if (!running.has(file)) await listZips(file, signal);
      return transfers.plan(file);
    },
    setMethod(file, method) {
      file.run('UPDATE submission SET method = ?', method);
      return transfers.plan(file);
    },
    setArchive(file, archive) {
      refuseRunning(file);
      if (submissionRow(file).archive === archive) return;
      file.transaction(() => {
        const owner = journalOwner(file);
        if (owner && owner.archive !== archive) forgetJournal(file);
        setArchive(file, archive);
      });
    },
    resetTransfer(file) {
      refuseRunning(file);
      forgetJournal(file);
    },
    status: (file) => running.get(file)?.view.snapshot() ?? restingSnapshot(file),
    async upload(file, account, { existing, ...watching }) {
      const current = running.get(file);
      if (current) {
        if (current.kind !== 'upload') refuseRunning(file);
        // Somebody else began it: who joins may go again without ending it.
        return follow(current, watching, () => {});
      }
      if (restingSnapshot(file).phase === 'deposited') return restingSnapshot(file);
      requireReady(transfers.plan(file));
      const begun = start(file, account, 'upload', async (run) => {
        await uploadAll(run, existing, random);
        return null;
      });
      return follow(begun, watching, begun.stop);
    },
    async pause(file) {
      const current = running.get(file);
      current?.stop();
      await current?.ended;
    },
    async submit(file, account, watching) {
      const current = running.get(file);
      if (current && current.kind !== 'submit') refuseRunning(file);
      const before = restingSnapshot(file);
      if (!current && before.phase === 'deposited' && before.accession !== null) {
        return { accession: before.accession };
      }
      const one = current ?? start(file, account, 'submit', submitAll);
      const ended = await follow(one, watching, current ? () => {} : one.stop);
      if (ended.phase === 'deposited' && ended.accession !== null) return { accession: ended.accession };
      if (ended.problem === null) {
        throw new Problem('cancelled', 'Stopped, as asked.', {
          advice: 'Submit again to go on: the archive is asked first whether it has the submission already.',
        });
      }
      const { code, message, cause, advice } = ended.problem;
      throw new Problem(code, message, {
        ...(cause === undefined ? {} : { cause }),
        ...(advice === undefined ? {} : { advice }),
      });
    },
    files: filesPage,
    receipt: (file) => makeReceipt(file, now()),
    writeReceipt: (file, path, form, signal) => writeReceipt(file, path, form, now(), signal),
    woken() {
      for (const { alarm } of running.values()) alarm.ring();
    },
    async close() {
      const all = [...running.values()];
      for (const { stop } of all) stop();
      await Promise.allSettled(all.map(({ ended }) => ended));
    },
  };
  return transfers;
}

const methodNames: Readonly<Record<MethodId, string>> = {
  'submission-tool': 'the submission tool',
  ftp: 'FTP',
  chunked: 'chunked transfer',
};

/** @throws Problem `method-not-ready` for a way to send that this version does not have */
function requireReady(plan: Plan): void {
  if (plan.methodReady) return;
  throw new Problem('method-not-ready', `This Slipway cannot send by ${methodNames[plan.method]} here.`, {
    cause: `${plan.methodReason} This version sends through the submission tool, files below 20 GB each.`,
    advice:
      'If every file is below 20 GB, choose the submission tool yourself; ask the archive first when the total is more than it asks for. ' +
      "Else write the file lists with Slipway and send the files with the archive's own FTP or Aspera instructions.",
  });
}
