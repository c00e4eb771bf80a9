import { type ChildProcess, spawn } from 'node:child_process';
import { connect as connectTo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DebianProgram } from './debian-program.ts';

/** A free port of the loopback address, as far as anybody can know. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port could be had.');
  return address.port;
}

/**
 * Starts a server in the foreground and waits until it answers at its port.
 * @returns ends it, with all it started
 */
export async function startProgram(
  { path, env }: DebianProgram,
  args: readonly string[],
  port: number,
  as: { readonly uid?: number; readonly gid?: number } = {},
): Promise<() => Promise<void>> {
  const { uid, gid } = as;
  const child = spawn(path, args, {
    env: { ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined || gid === undefined ? {} : { uid, gid }),
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (said += String(text)));
  const stop = () => end(child);
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`${path} ended: ${said}`);
    if (await answers(port)) return stop;
    await sleep(25);
  }
  await stop();
  throw new Error(`${path} does not answer at port ${port}: ${said}`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTo(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  try {
    // The whole group: servers answer each connection with a process of its own.
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
  await gone;
}
