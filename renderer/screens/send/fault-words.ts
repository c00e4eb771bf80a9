import type { Fault, FaultKind } from '../../../shared/model/practice.ts';

export interface FaultWords {
  readonly kind: FaultKind;
  readonly title: string;
  /** What the archive does, and what Slipway does about it. */
  readonly help: string;
}

/** The faults the practice archive makes on order, in plain words, in the order they are offered. */
export const faultWords: readonly FaultWords[] = [
  {
    kind: 'cut',
    title: 'The connection breaks',
    help: 'The line is cut in the middle of a file. Slipway sends that file again.',
  },
  {
    kind: 'stall',
    title: 'The archive falls silent',
    help: 'It stops answering during an upload. Slipway gives up waiting and tries again.',
  },
  {
    kind: 'bad-gateway',
    title: 'A wrong “failed” (502)',
    help: 'The file is stored, yet the answer says it failed. Slipway looks before it sends anything twice.',
  },
  {
    kind: 'error-log',
    title: 'An error with a log (500)',
    help: 'The archive refuses with its nested error log. Slipway reads it and says the cause in words.',
  },
  {
    kind: 'lose-file',
    title: 'A file gets lost',
    help: 'The archive says “stored” and forgets the file. Slipway notices it is not listed and sends it again.',
  },
  {
    kind: 'lie-size',
    title: 'A wrong size',
    help: 'The archive lists a file with a wrong size once. Slipway does not believe it and compares again.',
  },
  {
    kind: 'submit-bad-gateway',
    title: 'A wrong “failed” at the last step',
    help: 'The submission is accepted, yet the answer is 502. Slipway asks for its state before it submits again.',
  },
];

/** Faults come one after the other, so that each is seen: the n-th kind at its n-th request. */
export function withFault(faults: readonly Fault[], kind: FaultKind, wanted: boolean): Fault[] {
  const kinds = faultWords
    .map((one) => one.kind)
    .filter((one) => (one === kind ? wanted : faults.some((fault) => fault.kind === one)));
  return kinds.map((one, index) => ({
    kind: one,
    at: one === 'lie-size' || one === 'submit-bad-gateway' ? 1 : index + 1,
  }));
}
