import { FTPError } from 'basic-ftp';
import { networkTrouble, Trouble } from '../../trouble.ts';

/** A code that a server gave to a command, with its words (RFC 959, 4.2). */
interface Reply {
  readonly code: number;
  readonly words: string;
}

const comeBack = 'What the archive confirmed stays; send again to go on.';

/**
 * Says what a failed exchange with an FTP server means. Codes of RFC 959: 4xx may pass, 5xx will not; 421 closes the
 * connection, 425 and 426 are about the data connection, 452 and 552 about space.
 */
export function ftpTrouble(error: unknown, host: string): Trouble {
  if (error instanceof Trouble) return error;
  if (error instanceof FTPError) return replyTrouble(replyOf(error), host);
  const words = error instanceof Error ? error.message : String(error);
  if (/^Timeout/.test(words)) {
    return new Trouble('retry', 'stalled', `Nothing moved on the connection to ${host} for too long.`, {
      cause: words,
      advice: comeBack,
    });
  }
  if (/PASV returned another host/.test(words)) {
    return new Trouble('stop', 'passive-elsewhere', `${host} sends data connections to another computer.`, {
      cause: words,
      advice:
        'A router stands in between and rewrites addresses. Ask the IT of your institute about passive FTP.',
    });
  }
  return networkTrouble(error, host);
}

/** The last line of an answer without its code. */
function replyOf(error: FTPError): Reply {
  const line = error.message.trim().split('\n').at(-1) ?? '';
  return { code: error.code, words: line.replace(/^\d{3}[ -]?/, '').trim() };
}

function replyTrouble({ code, words }: Reply, host: string): Trouble {
  const said = words === '' ? `It answered ${code} without a reason.` : `It answered: ${words}`;
  if (code === 421 || code === 120) {
    return new Trouble('retry', 'too-many', `${host} takes no further connection just now.`, { cause: said });
  }
  if (code === 430 || code === 530 || code === 332 || code === 532) {
    return new Trouble('stop', 'ftp-sign-in', `${host} does not let this account in.`, {
      cause: said,
      advice: 'Look whether user and password of the FTP access are right and enter them again.',
    });
  }
  if (code === 452 || code === 552) {
    return new Trouble('stop', 'no-space', `${host} has no room left for this file.`, {
      cause: said,
      advice: 'Ask the archive for more room, then send again: what it confirmed is not sent twice.',
    });
  }
  if (code === 553) {
    return new Trouble('file', 'refused', 'The archive does not take this name.', {
      cause: said,
      advice: 'Give the file another remote name in Files, then send again.',
    });
  }
  if (code === 550) {
    return new Trouble('file', 'refused', 'The archive does not let this file be written.', {
      cause: said,
      advice: 'Ask the archive whether this account may write there, then send again.',
    });
  }
  if (code >= 500) {
    return new Trouble('stop', 'refused', `${host} does not do what is asked.`, {
      cause: said,
      advice: 'Choose another way to send, or ask the archive what its FTP server takes.',
    });
  }
  return new Trouble('retry', 'ftp-busy', `${host} could not do it just now.`, {
    cause: said,
    advice: comeBack,
  });
}

/** The server has no encryption, and the account asks for it. Thrown before a user name was sent. */
export function noEncryption(host: string, error: FTPError): Trouble {
  return new Trouble('stop', 'no-encryption', `${host} offers no encryption.`, {
    cause: `${replyOf(error).words || `It refused with code ${error.code}`}. Password and files could be read by anybody on the way.`,
    advice:
      'If you accept that, allow plain FTP for this archive. Nothing was sent yet, not even your user name.',
  });
}
