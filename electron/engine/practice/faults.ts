import type { Fault, FaultKind } from '../../../shared/model/practice.ts';

/** Faults that an upload can meet. */
export type UploadFault = Exclude<FaultKind, 'lie-size' | 'submit-bad-gateway'>;

/** Holds the faults on order and says which one is due. */
export interface FaultDesk {
  /** Faults still to come; `at` counts from the next request on. */
  list(): readonly Fault[];
  /** Replaces what was on order; counting starts again. */
  set(faults: readonly Fault[]): void;
  /** Counts an upload and gives the fault it is to meet. */
  takeForUpload(): UploadFault | null;
  /** Counts a listing that holds a file; true when it is to lie. */
  takeForListing(): boolean;
  /** Counts an accepted submission; true when 502 is to be answered. */
  takeForSubmit(): boolean;
}

const uploadKinds: readonly FaultKind[] = ['cut', 'stall', 'bad-gateway', 'error-log', 'lose-file'];

/**
 * Makes the desk. Each fault fires once, at the n-th request of its kind. When several are due at one request, the
 * first listed fires and the others follow at the next ones.
 */
export function createFaultDesk(faults: readonly Fault[] = []): FaultDesk {
  let waiting: { readonly kind: FaultKind; left: number }[] = [];
  const set = (ordered: readonly Fault[]) => {
    waiting = ordered.map((fault) => ({ kind: fault.kind, left: fault.at }));
  };
  const take = (kinds: readonly FaultKind[]): FaultKind | null => {
    for (const fault of waiting) if (kinds.includes(fault.kind) && fault.left > 0) fault.left -= 1;
    const index = waiting.findIndex((fault) => kinds.includes(fault.kind) && fault.left === 0);
    return index < 0 ? null : (waiting.splice(index, 1)[0]?.kind ?? null);
  };
  set(faults);
  return {
    list: () => waiting.map((fault) => ({ kind: fault.kind, at: Math.max(1, fault.left) })),
    set,
    takeForUpload: () => take(uploadKinds) as UploadFault | null,
    takeForListing: () => take(['lie-size']) !== null,
    takeForSubmit: () => take(['submit-bad-gateway']) !== null,
  };
}
