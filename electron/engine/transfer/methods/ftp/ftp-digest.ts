import type { FtpConnection } from './ftp-connection.ts';

/**
 * Asks the server for the SHA-256 of a file it holds, an absolute path: by HASH (draft-bryan-ftpext-hash) or XSHA256,
 * where it offers one of them.
 * @returns 64 hexadecimal digits; null when it cannot or will not say
 */
export async function sha256AtServer(connection: FtpConnection, path: string): Promise<string | null> {
  for (const command of commandsOf(connection.features)) {
    const answer = await connection.client.sendIgnoringError(`${command} ${path}`);
    if (answer.code >= 300) continue;
    const digest = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/i.exec(answer.message)?.[0];
    if (digest) return digest.toLowerCase();
  }
  return null;
}

/** HASH answers with the algorithm that is marked with an asterisk among those it knows. */
function commandsOf(features: ReadonlyMap<string, string>): string[] {
  const commands: string[] = [];
  if (/SHA-256\*/.test(features.get('HASH') ?? '')) commands.push('HASH');
  if (features.has('XSHA256')) commands.push('XSHA256');
  return commands;
}
