import type { SftpChannel } from './sftp-channel.ts';

/**
 * Works with a channel as long as something moves on it: silence for `ms` closes it, which ends everything that waits
 * on it. A fired signal ends the waiting and leaves the channel to the others that share it.
 * @param work gets what it calls whenever something moved
 */
export async function untilStalled<T>(
  channel: SftpChannel,
  ms: number,
  signal: AbortSignal,
  work: (moved: () => void) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    channel.close();
  }, ms);
  let end: () => void = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    end = () => reject(signal.reason);
    signal.addEventListener('abort', end, { once: true });
  });
  const working = work(() => void timer.refresh());
  // Whoever leaves early must not leave an error behind that nobody hears.
  working.catch(() => {});
  try {
    return await Promise.race([working, aborted]);
  } catch (error) {
    if (timedOut) throw new Error(`Timeout: no answer for ${Math.round(ms / 1000)} s`);
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}
