import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const cli = join(resolve(import.meta.dirname, '..'), 'cli.ts');

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** The last JSON line of the output, for runs with --json. */
  readonly json: unknown;
}

/** Starts the terminal program as its own process with a home of its own. */
export function startCli(
  home: string,
  args: readonly string[],
  env: Record<string, string> = {},
): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', cli, ...args], {
    env: { ...process.env, SLIPWAY_HOME: home, SLIPWAY_USER: '', SLIPWAY_PASSWORD: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs the terminal program to its end. */
export function runCli(
  home: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Ran> {
  const child = startCli(home, args, env);
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => {
    out += String(chunk);
  });
  child.stderr?.on('data', (chunk) => {
    err += String(chunk);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const last = out.trim().split('\n').at(-1) ?? '';
      resolve({
        code,
        out,
        err,
        json: args.includes('--json') && last.startsWith('{') ? JSON.parse(last) : null,
      });
    });
  });
}
