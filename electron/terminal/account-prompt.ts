import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Problem } from '../../shared/model/problem.ts';

export interface Account {
  readonly user: string;
  readonly password: string;
}

/**
 * User and password from SLIPWAY_USER and SLIPWAY_PASSWORD, else asked for on the terminal. Never from the
 * command line: other users of the computer can read that.
 */
export async function askAccount(archiveTitle: string): Promise<Account> {
  const user = process.env.SLIPWAY_USER;
  const password = process.env.SLIPWAY_PASSWORD;
  if (user && password) return { user, password };
  if (!process.stdin.isTTY) {
    throw new Problem(
      'no-account',
      `${archiveTitle} asks for an account, and there is no terminal to ask on.`,
      {
        advice: 'Set SLIPWAY_USER and SLIPWAY_PASSWORD in the environment.',
      },
    );
  }
  const name = user || (await ask(`User at ${archiveTitle} (e-mail): `, 'shown'));
  return { user: name.trim(), password: await ask('Password (not shown): ', 'hidden') };
}

/** The FTP password from SLIPWAY_FTP_PASSWORD, else asked for on the terminal. */
export async function askFtpPassword(host: string): Promise<string> {
  const known = process.env.SLIPWAY_FTP_PASSWORD;
  if (known) return known;
  if (!process.stdin.isTTY) {
    throw new Problem('ftp-access', `${host} asks for a password, and there is no terminal to ask on.`, {
      advice: 'Set SLIPWAY_FTP_PASSWORD in the environment.',
    });
  }
  return ask(`FTP password of ${host} (not shown): `, 'hidden');
}

async function ask(question: string, answer: 'shown' | 'hidden'): Promise<string> {
  let muted = false;
  const screen = new Writable({
    write(chunk, _encoding, done) {
      if (!muted) process.stderr.write(chunk);
      done();
    },
  });
  const prompt = createInterface({ input: process.stdin, output: screen, terminal: true });
  try {
    const answered = prompt.question(question);
    muted = answer === 'hidden';
    return await answered;
  } finally {
    prompt.close();
    if (muted) process.stderr.write('\n');
  }
}
