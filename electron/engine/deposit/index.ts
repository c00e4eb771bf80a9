import type { Profile } from '../../../shared/destinations/profile.ts';
import { Connections } from '../transfer/http-exchange.ts';
import { callFtp } from '../transfer/methods/ftp/ftp-trial.ts';
import { Trouble } from '../transfer/trouble.ts';
import type { DepositAccount, SignedIn } from './deposit.ts';
import { depositOf } from './registry.ts';

/** The longest that a look at the network may take. */
const PATIENCE_MS = 30_000;

/**
 * Signs in at an archive of the profile's kind. The password is used once and kept nowhere.
 * @throws Problem `wrong-password`, `unsafe-address`, or a Trouble when the archive cannot be reached
 */
export function signIn(
  profile: Profile,
  endpoint: string,
  user: string,
  password: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<SignedIn> {
  return depositOf(profile.id).signIn(endpoint, user, password, signal);
}

/**
 * Enters the archive's FTP server as an upload would.
 * @throws Trouble that says what stands in the way
 */
export function enterFtp(profile: Profile, account: DepositAccount): Promise<{ encrypted: boolean }> {
  return depositOf(profile.id).tryFtp(account, AbortSignal.timeout(2 * PATIENCE_MS));
}

/** Asks whether an FTP server answers from this network; says it in words. */
export async function checkFtpNetwork(
  host: string,
  port: number,
): Promise<{ reachable: boolean; words: string }> {
  try {
    const { offersTls } = await callFtp(host, port, PATIENCE_MS / 2);
    const encryption = offersTls
      ? 'and offers encryption.'
      : 'but offers no encryption: it has to be allowed under FTP access.';
    return { reachable: true, words: `FTP: ${host} answers on port ${port} ${encryption}` };
  } catch (error) {
    const said =
      error instanceof Trouble ? [error.message, error.why].filter(Boolean).join(' ') : String(error);
    return {
      reachable: false,
      words: `FTP: ${said} Ask the IT of your institute whether port ${port} is open.`,
    };
  }
}

/**
 * Asks whether a server answers at the address from this network. Any answer will do, even a refusal; what it means
 * for an upload is said in words.
 */
export async function checkNetwork(
  endpoint: string,
): Promise<{ reachable: boolean; words: string; milliseconds: number }> {
  const began = performance.now();
  const passed = () => Math.round(performance.now() - began);
  if (!URL.canParse(endpoint)) {
    return { reachable: false, words: `"${endpoint}" is no address.`, milliseconds: 0 };
  }
  const connections = new Connections(endpoint);
  try {
    const { status } = await connections.ask(
      {
        method: 'GET',
        path: '/auth/profile',
        headers: { Accept: 'application/json' },
        signal: AbortSignal.timeout(PATIENCE_MS),
        answerMs: PATIENCE_MS / 2,
      },
      1024 * 1024,
    );
    const milliseconds = passed();
    if (status >= 500) {
      const words = `${connections.host} answers, but has trouble just now (code ${status}). Try again later.`;
      return { reachable: false, words, milliseconds };
    }
    if (status === 404 || (status >= 300 && status < 400)) {
      const words = `A server answers at ${connections.host}, but not as the archive does (code ${status}). Look whether the address is right.`;
      return { reachable: false, words, milliseconds };
    }
    return { reachable: true, words: `${connections.host} answers within ${milliseconds} ms.`, milliseconds };
  } catch (error) {
    const words =
      error instanceof Trouble
        ? [error.message, error.why, error.advice].filter(Boolean).join(' ')
        : `${connections.host} did not answer within ${PATIENCE_MS / 1000} s.`;
    return { reachable: false, words, milliseconds: passed() };
  } finally {
    connections.close();
  }
}
