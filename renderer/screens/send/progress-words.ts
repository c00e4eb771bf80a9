import type { TransferSnapshot } from '../../../shared/model/transfer.ts';
import {
  formatBytes,
  formatCount,
  formatCounted,
  formatDuration,
  formatRate,
} from '../../../shared/rules/format-quantities.ts';

/** How much of a transfer is done, 0 to 1: by bytes, or by files where there are no bytes. */
export function fractionDone(
  snapshot: Pick<TransferSnapshot, 'bytesDone' | 'bytesTotal' | 'filesDone' | 'filesTotal'>,
): number {
  const { bytesDone, bytesTotal, filesDone, filesTotal } = snapshot;
  const [done, total] = bytesTotal > 0 ? [bytesDone, bytesTotal] : [filesDone, filesTotal];
  return total > 0 ? Math.min(1, Math.max(0, done / total)) : 0;
}

/** Whole percent, rounded down; 100 only once the archive has confirmed every file. */
export function percentDone(snapshot: TransferSnapshot): number {
  const whole = Math.floor(fractionDone(snapshot) * 100);
  return snapshot.filesDone >= snapshot.filesTotal && snapshot.filesTotal > 0 ? 100 : Math.min(99, whole);
}

/** `1,204 of 12,408 files confirmed`, with those that failed. */
export function filesWords(snapshot: TransferSnapshot): string {
  const { filesDone, filesTotal, filesFailed } = snapshot;
  const done = `${formatCount(filesDone)} of ${formatCounted(filesTotal, 'file')} confirmed`;
  return filesFailed > 0 ? `${done}, ${formatCount(filesFailed)} failed` : done;
}

/** `210 GB of 250 GB`; near the end, where both would read alike, what is still to go. */
export function bytesWords({ bytesDone, bytesTotal }: TransferSnapshot): string {
  const [done, total] = [formatBytes(bytesDone), formatBytes(bytesTotal)];
  if (bytesDone < bytesTotal && done === total)
    return `${total}, ${formatBytes(bytesTotal - bytesDone)} to go`;
  return `${done} of ${total}`;
}

/** What is known of the time left, never a guess dressed as a number. */
export function timeLeftWords(snapshot: TransferSnapshot): string {
  if (snapshot.phase === 'paused') return 'Paused';
  if (snapshot.bytesTotal > 0 && snapshot.bytesDone >= snapshot.bytesTotal) {
    return 'All bytes are out; the archive is confirming';
  }
  if (snapshot.secondsLeft === null || snapshot.bytesTotal === 0) return 'Time left: measuring';
  return `About ${formatDuration(snapshot.secondsLeft)} left`;
}

/** One sentence for screen readers. */
export function spokenProgress(snapshot: TransferSnapshot): string {
  return `${percentDone(snapshot)} percent. ${filesWords(snapshot)}. ${timeLeftWords(snapshot)}. ${snapshot.now}`;
}

/** Seconds that sending takes at the last measured rates; null while none was measured. */
export function expectedSeconds(
  bytes: number,
  measured: Pick<TransferSnapshot, 'rate' | 'rateHistory'>,
): number | null {
  const rates = measured.rateHistory.filter((rate) => rate > 0);
  const rate = rates.length > 0 ? rates.reduce((sum, one) => sum + one, 0) / rates.length : measured.rate;
  return rate > 0 ? bytes / rate : null;
}

/** How long sending will take, as a sentence. */
export function durationSentence(
  bytes: number,
  measured: Pick<TransferSnapshot, 'rate' | 'rateHistory'> | null,
): string {
  const seconds = measured === null ? null : expectedSeconds(bytes, measured);
  if (measured === null || seconds === null) return 'How long it takes is measured when sending starts.';
  const rate = formatRate(bytes / Math.max(seconds, Number.EPSILON));
  return `It takes about ${formatDuration(Math.max(1, seconds))} at the last measured rate of ${rate}.`;
}
