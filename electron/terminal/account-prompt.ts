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
  let muted = false;
  const screen = new Writable({
    write(chunk, _encoding, done) {
      if (!muted) process.stderr.write(chunk);
      done();
    },
  });
  const prompt = createInterface({ input: process.stdin, output: screen, terminal: true });
  try {
    const name = user || (await prompt.question(`User at ${archiveTitle} (e-mail): `));
    process.stderr.write('Password (not shown): ');
    muted = true;
    const word = await prompt.question('');
    process.stderr.write('\n');
    return { user: name.trim(), password: word };
  } finally {
    prompt.close();
  }
}
