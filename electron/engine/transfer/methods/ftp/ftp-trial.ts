import { Client } from 'basic-ftp';
import type { TransferPolicy } from '../../retry.ts';
import { connect } from './ftp-connection.ts';
import { listFolder } from './ftp-folders.ts';
import type { FtpTarget } from './ftp-target.ts';
import { ftpTrouble } from './ftp-trouble.ts';

/**
 * Signs in, goes into the start folder and lists it over a data connection, as an upload would.
 * @returns whether the connection is encrypted
 * @throws Trouble that says what stands in the way
 */
export async function tryFtp(
  target: FtpTarget,
  policy: TransferPolicy,
  signal: AbortSignal,
): Promise<{ encrypted: boolean }> {
  const connection = await connect(target, policy, signal);
  const end = () => connection.client.close();
  const late = setTimeout(
    () => connection.client.ftp.closeWithError(new Error('Timeout while listing the folder')),
    policy.answerMs,
  );
  signal.addEventListener('abort', end, { once: true });
  try {
    await connection.client.send(`CWD ${target.startFolder}`);
    await listFolder(connection, target.startFolder);
    return { encrypted: connection.encrypted };
  } catch (error) {
    signal.throwIfAborted();
    throw ftpTrouble(error, target.host);
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', end);
    end();
  }
}

/**
 * Calls an FTP server without signing in.
 * @returns whether it says that it offers TLS
 * @throws Trouble when nothing answers there within the time
 */
export async function callFtp(
  host: string,
  port: number,
  patienceMs: number,
): Promise<{ offersTls: boolean }> {
  const client = new Client(0);
  const late = setTimeout(() => client.ftp.closeWithError(new Error('Timeout while calling')), patienceMs);
  try {
    await client.connect(host, port);
    const features = await client.features();
    return { offersTls: /\bTLS\b/i.test(features.get('AUTH') ?? '') };
  } catch (error) {
    throw ftpTrouble(error, host);
  } finally {
    clearTimeout(late);
    client.close();
  }
}
