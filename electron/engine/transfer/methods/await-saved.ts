import type { SendOptions } from '../method.ts';

/**
 * Waits for the archive's answer to a file that went out whole. Routers and gateways drop connections on which nothing
 * is said for minutes, and the answer with them, so the archive's listing is asked meanwhile; twice in a row, because
 * a file may grow while it is listed.
 * @param answered the answer, or the trouble that came instead of it
 * @param firstMs until the listing is asked first; then ever less often
 * @returns the answer in a few words
 */
export async function awaitSaved(
  answered: Promise<string>,
  { hasArrived, signal }: Pick<SendOptions, 'hasArrived' | 'signal'>,
  firstMs: number,
): Promise<string> {
  if (!hasArrived) return answered;
  const asking = new AbortController();
  const both = AbortSignal.any([signal, asking.signal]);
  const seen = new Promise<string>((resolve) => {
    let interval = firstMs;
    let inARow = 0;
    const ask = async () => {
      try {
        inARow = (await hasArrived(both)) ? inARow + 1 : 0;
      } catch {
        inARow = 0;
      }
      if (inARow >= 2) return resolve('no answer came, but the archive lists the whole file');
      interval *= inARow > 0 ? 1 : 2;
      again();
    };
    const again = () => {
      if (both.aborted) return;
      const timer = setTimeout(() => void ask(), interval);
      both.addEventListener('abort', () => clearTimeout(timer), { once: true });
    };
    again();
  });
  try {
    return await Promise.race([answered, seen]);
  } finally {
    asking.abort();
    answered.catch(() => {});
  }
}
