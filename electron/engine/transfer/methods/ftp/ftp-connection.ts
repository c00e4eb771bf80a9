import { Client, FTPError } from 'basic-ftp';
import type { TransferPolicy } from '../../retry.ts';
import type { FtpTarget } from './ftp-target.ts';
import { ftpTrouble, noEncryption } from './ftp-trouble.ts';

/** A signed-in control connection. Used by one at a time. */
export interface FtpConnection {
  readonly client: Client;
  /** What the server says it can do, in capitals (RFC 2389, FEAT). */
  readonly features: ReadonlyMap<string, string>;
  readonly encrypted: boolean;
  /** What the server said when it was called. */
  readonly greeting: string;
}

/**
 * Connects, agrees on TLS, signs in. Every failure is a Trouble, a fired signal an AbortError. Before TLS stands,
 * nothing of the account is said where the target asks for encryption (RFC 4217).
 */
export async function connect(
  target: FtpTarget,
  policy: TransferPolicy,
  signal: AbortSignal,
): Promise<FtpConnection> {
  signal.throwIfAborted();
  // The library's own clock would also run while the archive saves a large file, so it is off.
  const client = new Client(0);
  const end = () => client.close();
  signal.addEventListener('abort', end, { once: true });
  const late = setTimeout(
    () => client.ftp.closeWithError(new Error('Timeout while signing in')),
    policy.answerMs,
  );
  try {
    const greeting = await client.connect(target.host, target.port);
    client.ftp.socket.setNoDelay(true);
    const encrypted = await encrypt(client, target);
    await client.sendIgnoringError('OPTS UTF8 ON');
    await client.login(target.user, target.password);
    await client.useDefaultSettings();
    if (encrypted) {
      // The library asks for it too but goes on without: the files would go in the clear.
      await client.send('PBSZ 0');
      await client.send('PROT P');
    }
    const features = new Map(
      [...(await client.features())].map(([name, more]) => [name.toUpperCase(), more]),
    );
    return { client, features, encrypted, greeting: greeting.message.trim() };
  } catch (error) {
    client.close();
    signal.throwIfAborted();
    throw ftpTrouble(error, target.host);
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', end);
  }
}

async function encrypt(client: Client, target: FtpTarget): Promise<boolean> {
  try {
    await client.useTLS({
      host: target.host,
      ...(target.certificates ? { ca: [...target.certificates] } : {}),
    });
    return true;
  } catch (error) {
    // A refusal of the command; a failed handshake is an error of another kind and never a reason to go on in the clear.
    if (!(error instanceof FTPError)) throw error;
    if (target.encryption === 'required') throw noEncryption(target.host, error);
    return false;
  }
}
