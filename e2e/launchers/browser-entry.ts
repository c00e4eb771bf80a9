import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(import.meta.dirname, '..', '..');

/** A running browser entry with a library of its own. */
export interface RunningSlipway {
  /** Address of the next window, with its one-time token. */
  address(): string;
  readonly home: string;
  /** The process of the engine, as long as it runs. */
  readonly processId: number;
  /** Ends it as Ctrl+C does; the library stays. */
  stop(): Promise<void>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** After an end: starts it again on the same library and port. */
  startAgain(): Promise<void>;
  /** Removes the library. */
  cleanUp(): void;
}

/**
 * Starts `serve` as its own process.
 * @param roots folders the window may show
 * @param home where its library is; a new temporary folder when left out
 */
export async function startBrowserEntry(
  roots: readonly string[],
  home = mkdtempSync(join(tmpdir(), 'slipway-e2e-')),
): Promise<RunningSlipway> {
  let address = '';
  let child = await start('0');

  async function start(port: string): Promise<ChildProcess> {
    const started = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        join(root, 'electron', 'serve.ts'),
        '--json',
        `--port=${port}`,
        ...roots.map((folder) => `--root=${folder}`),
      ],
      { env: { ...process.env, SLIPWAY_HOME: home }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await firstAddress(started, (next) => {
      address = next;
    });
    return started;
  }
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  };
  return {
    address: () => address,
    home,
    get processId() {
      return child.pid ?? 0;
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    async startAgain() {
      child = await start(new URL(address).port);
    },
    cleanUp: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** Every window that opens uses its token up; the entry then prints the address of the next. */
function firstAddress(child: ChildProcess, onNext: (address: string) => void): Promise<void> {
  if (!child.stdout) throw new Error('the browser entry has no output');
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      const { address } = JSON.parse(line) as { address?: string };
      if (address === undefined) return;
      onNext(address);
      resolve();
    });
    child.once('exit', (code) =>
      reject(new Error(`the browser entry ended with ${code} before it was open`)),
    );
  });
}
