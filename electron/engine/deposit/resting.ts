import type { TransferSnapshot } from '../../../shared/model/transfer.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { submissionRow } from '../library/submission-row.ts';
import { journalOwner } from '../transfer/journal-owner.ts';
import { loadTotals, StateTotals } from '../transfer/journal-totals.ts';
import { restingWords } from '../transfer/transfer-view.ts';
import { Steps } from './steps.ts';

/** The snapshot of a submission that is not being sent, from its file alone. */
export function restingSnapshot(file: SubmissionFile): TransferSnapshot {
  const { state, archive, accession } = submissionRow(file);
  const owner = journalOwner(file);
  // A journal made for another archive says nothing about this one.
  const mine = owner?.archive === archive ? owner : null;
  const totals = mine ? loadTotals(file) : new StateTotals([]);
  const confirmed = totals.of('confirmed');
  const phase = mine === null ? 'idle' : phaseOf(state, mine.problem !== null);
  return {
    phase,
    now:
      mine !== null && state === 'sent' && accession !== null
        ? `Deposited as ${accession}`
        : restingWords(totals),
    filesTotal: totals.all.files,
    filesDone: confirmed.files,
    filesFailed: totals.of('failed').files,
    bytesTotal: totals.all.bytes,
    bytesDone: confirmed.bytes,
    rate: 0,
    secondsLeft: null,
    rateHistory: [],
    inFlight: [],
    steps:
      mine === null
        ? new Steps(file).list().map((step) => ({ ...step, state: 'waiting', detail: '' }))
        : stepsOf(file),
    accession: mine === null ? null : accession,
    problem: phase === 'failed' ? (mine?.problem ?? null) : null,
  };
}

function phaseOf(state: string, hasProblem: boolean): TransferSnapshot['phase'] {
  if (state === 'draft') return 'idle';
  if (state === 'sent') return 'deposited';
  if (hasProblem) return 'failed';
  if (state === 'uploaded') return 'uploaded';
  return 'paused';
}

/** A step that was running when the program ended runs no more. */
function stepsOf(file: SubmissionFile): TransferSnapshot['steps'] {
  return new Steps(file)
    .list()
    .map((step) => (step.state === 'running' ? { ...step, state: 'waiting' } : step));
}
