import type { FileState, TransferSnapshot } from '../../../shared/model/transfer.ts';

export interface FileTab {
  readonly id: Exclude<FileState, 'sent'>;
  readonly title: string;
  readonly count: number;
}

/**
 * The lists of a transfer with their counts; what is not done, failed or on its way waits. While it runs all four
 * keep their places, afterwards only those with files are shown.
 */
export function fileTabs(
  snapshot: Pick<TransferSnapshot, 'phase' | 'filesTotal' | 'filesDone' | 'filesFailed' | 'inFlight'>,
): FileTab[] {
  const { phase, filesTotal, filesDone, filesFailed, inFlight } = snapshot;
  const waiting = Math.max(0, filesTotal - filesDone - filesFailed - inFlight.length);
  const all: FileTab[] = [
    { id: 'sending', title: 'Moving', count: inFlight.length },
    { id: 'queued', title: 'Waiting', count: waiting },
    { id: 'failed', title: 'Failed', count: filesFailed },
    { id: 'confirmed', title: 'Confirmed', count: filesDone },
  ];
  return phase === 'running' ? all : all.filter((tab) => tab.count > 0);
}

/** The list to show first: what moves, else what failed, else what waits, else what is done. */
export function firstTab(snapshot: TransferSnapshot): FileTab['id'] {
  if (snapshot.phase === 'running') return 'sending';
  const order: readonly FileTab['id'][] = ['failed', 'queued', 'confirmed'];
  const tabs = fileTabs(snapshot);
  return order.find((id) => tabs.some((tab) => tab.id === id && tab.count > 0)) ?? 'confirmed';
}
