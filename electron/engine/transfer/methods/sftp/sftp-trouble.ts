import { networkTrouble, Trouble } from '../../trouble.ts';

const comeBack = 'What the archive confirmed stays; send again to go on.';

/** Status codes of the SSH file transfer protocol (draft-ietf-secsh-filexfer-02, 7). */
const status = { noSuchFile: 2, denied: 3, failure: 4, noConnection: 6, connectionLost: 7, unsupported: 8 };

/** The status a server gave to a request; null for failures of another kind. */
export function sftpStatus(error: unknown): number | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : null;
}

/** Whether a request failed because there is no such file or folder. */
export function isMissingThere(error: unknown): boolean {
  return sftpStatus(error) === status.noSuchFile;
}

/** The server shows another key than a person trusted, or nobody has looked at it yet. Nothing was sent. */
export function hostKeyTrouble(host: string, seen: string, expected: string | null): Trouble {
  if (expected === null) {
    return new Trouble('stop', 'host-key-new', `${host} has not been trusted yet.`, {
      cause: `Its key is ${seen}.`,
      advice: 'Compare it with what the archive publishes, and trust it if it is the same.',
    });
  }
  return new Trouble('stop', 'host-key-changed', `${host} shows another key than it did.`, {
    cause: `It was ${expected} and is ${seen} now. Another computer may stand in its place, so nothing was sent.`,
    advice: 'Ask the archive whether it changed its key. Only then trust the new one.',
  });
}

/** Says what a failed exchange with an SFTP server means. */
export function sftpTrouble(error: unknown, host: string): Trouble {
  if (error instanceof Trouble) return error;
  const words = error instanceof Error ? error.message : String(error);
  const level = error instanceof Error && 'level' in error ? error.level : '';
  if (level === 'client-authentication') {
    return new Trouble('stop', 'sftp-sign-in', `${host} does not let this account in.`, {
      cause: words,
      advice: 'Look whether user, password or key are right.',
    });
  }
  if (level === 'handshake' || level === 'protocol') {
    return new Trouble('stop', 'sftp-protocol', `${host} and Slipway find no common way to encrypt.`, {
      cause: words,
      advice: 'Tell the archive: its server may be very old.',
    });
  }
  if (level === 'client-timeout' || /^(Timeout|Timed out|Keepalive timeout)/.test(words)) {
    return new Trouble('retry', 'stalled', `Nothing moved on the connection to ${host} for too long.`, {
      cause: words,
      advice: comeBack,
    });
  }
  switch (sftpStatus(error)) {
    case status.denied:
    case status.noSuchFile:
      return new Trouble('file', 'refused', 'The archive does not let this file be written.', {
        cause: `It answered: ${words}`,
        advice: 'Ask the archive whether this account may write there, then send again.',
      });
    case status.unsupported:
      return new Trouble('stop', 'refused', `${host} does not do what is asked.`, {
        cause: `It answered: ${words}`,
        advice: 'Choose another way to send.',
      });
    case status.failure:
      return new Trouble('retry', 'failure', `${host} could not do it just now.`, {
        cause: `It answered “${words}”, which may mean that its disk is full.`,
        advice: comeBack,
      });
    case status.noConnection:
    case status.connectionLost:
      return new Trouble('retry', 'network', `The connection to ${host} broke.`, {
        cause: words,
        advice: comeBack,
      });
    default:
      return /not connected|no response|connection lost|channel/i.test(words)
        ? new Trouble('retry', 'network', `The connection to ${host} broke.`, {
            cause: words,
            advice: comeBack,
          })
        : networkTrouble(error, host);
  }
}
