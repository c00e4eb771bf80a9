import { type ProblemData, problemOf } from '../../../shared/model/problem.ts';
import type { TransferSnapshot } from '../../../shared/model/transfer.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { submissionRow } from '../library/submission-row.ts';
import { Journal } from '../transfer/journal.ts';
import { claimJournal, keepProblem } from '../transfer/journal-owner.ts';
import { remoteFolderOf } from '../transfer/plan.ts';
import { Alarm, type TransferPolicy } from '../transfer/retry.ts';
import { restingWords, TransferView } from '../transfer/transfer-view.ts';
import type { DepositAccount } from './deposit.ts';
import { redactor } from './redact.ts';
import { depositOf } from './registry.ts';
import type { Run } from './run.ts';
import { Steps } from './steps.ts';

/** An upload or a submission that runs. */
export interface Running {
  readonly kind: 'upload' | 'submit';
  readonly run: Run;
  readonly view: TransferView;
  readonly alarm: Alarm;
  /** Stops it as a person asked. */
  readonly stop: () => void;
  /** Resolves with the last snapshot, however it ends. */
  readonly ended: Promise<TransferSnapshot>;
}

export interface RunOptions {
  readonly file: SubmissionFile;
  readonly account: DepositAccount;
  readonly kind: Running['kind'];
  readonly policy: TransferPolicy;
  readonly now: () => Date;
  readonly random: () => number;
  /** Does it; gives the accession when there is one at its end. */
  readonly work: (run: Run) => Promise<string | null>;
}

/** Prepares everything a run works with, and starts it. Throws when it cannot begin. */
export function startRun(options: RunOptions): Running {
  const { file, account, policy } = options;
  const submission = submissionRow(file);
  const deposit = depositOf(submission.destination);
  claimJournal(file, submission.archive, account.practice);
  const session = deposit.open(account, policy);
  const remoteFolder = remoteFolderOf(file);
  file.run('UPDATE submission SET remote_folder = ?', remoteFolder);
  if (options.kind === 'upload') file.run("UPDATE submission SET state = 'sending' WHERE state <> 'sent'");
  keepProblem(file, null);

  const stopping = new AbortController();
  const { signal } = stopping;
  const alarm = new Alarm();
  const journal = new Journal(file, options.now);
  const steps = new Steps(file, () => view.changed());
  const view = new TransferView(
    {
      totals: () => journal.totals,
      steps: () => steps.list(),
      accession: () => submissionRow(file).accession,
    },
    policy.snapshotMs,
  );
  view.phase = options.kind === 'upload' ? 'running' : 'submitting';
  const run: Run = {
    file,
    account,
    deposit,
    session,
    journal,
    steps,
    view,
    remoteFolder,
    policy,
    patience: { policy, signal, alarm, random: options.random, onWait: (wait) => view.waiting(wait) },
    signal,
  };
  const ended = finish(options, run).finally(() => session.close());
  return { kind: options.kind, run, view, alarm, stop: () => stopping.abort(), ended };
}

async function finish(options: RunOptions, run: Run): Promise<TransferSnapshot> {
  const { file, steps, view, signal, journal } = run;
  try {
    const accession = await options.work(run);
    return accession === null ? uploaded(run) : deposited(run, accession);
  } catch (error) {
    if (signal.aborted) {
      steps.endRunning('waiting', '');
      return view.end('paused', null, restingWords(journal.totals));
    }
    const problem = cleaned(problemOf(error), run.account);
    try {
      steps.endRunning('failed', problem.message);
      keepProblem(file, problem);
    } catch {
      // A full disk cannot keep the reason that it is full; it is told all the same.
    }
    return view.end('failed', problem, restingWords(journal.totals));
  }
}

function uploaded(run: Run): TransferSnapshot {
  run.file.run("UPDATE submission SET state = 'uploaded'");
  return run.view.end('uploaded', null, restingWords(run.journal.totals));
}

function deposited(run: Run, accession: string): TransferSnapshot {
  run.file.run("UPDATE submission SET state = 'sent', accession = ?", accession);
  return run.view.end('deposited', null, `Deposited as ${accession}`);
}

/** Whatever words came from elsewhere, no secret is among them. */
function cleaned(problem: ProblemData, { token, ftp, practice }: DepositAccount): ProblemData {
  // The practice archive's is no secret, and a word of every day.
  const redact = redactor([token, ...(ftp === null || practice ? [] : [ftp.password])]);
  return {
    code: problem.code,
    message: redact(problem.message),
    ...(problem.cause === undefined ? {} : { cause: redact(problem.cause) }),
    ...(problem.advice === undefined ? {} : { advice: redact(problem.advice) }),
  };
}
