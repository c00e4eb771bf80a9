import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** One run: how long it took and, where it is known, the most memory its process held. */
export interface Measured {
  readonly seconds: number;
  readonly memoryMB?: number;
}

/**
 * Runs each variant once a round, in turn, so that a machine that others use too slows all of them alike. The first
 * round can be left out of the results (`warmUp`).
 */
export async function interleaved<K extends string>(
  rounds: number,
  variants: Readonly<Record<K, () => Promise<Measured>>>,
  options: { readonly warmUp?: boolean } = {},
): Promise<Record<K, Measured[]>> {
  const names = Object.keys(variants) as K[];
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<K, Measured[]>;
  for (let round = options.warmUp ? -1 : 0; round < rounds; round++) {
    for (const name of names) {
      const measured = await variants[name]();
      if (round >= 0) results[name].push(measured);
    }
  }
  return results;
}

/** The median of the ratios that were taken inside a round. */
export function pairedRatio(ours: readonly Measured[], peers: readonly Measured[]): number {
  return median(ours.map(({ seconds }, at) => seconds / (peers[at]?.seconds ?? Number.NaN)));
}

/** The most memory of any of the runs; null when none of them told it. */
export function mostMemory(runs: readonly Measured[]): number | null {
  const told = runs.flatMap(({ memoryMB }) => (memoryMB === undefined ? [] : [memoryMB]));
  return told.length === 0 ? null : Math.max(...told);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Given to the program; nothing by default. */
  readonly input?: string;
  /** What it prints is kept; otherwise it is thrown away, as `> /dev/null`. */
  readonly keepOutput?: boolean;
}

/** Runs a program to its end and takes the time of the whole process. A code other than 0 throws what it said. */
export async function timed(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Measured & { output: string }> {
  const began = process.hrtime.bigint();
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: [options.input === undefined ? 'ignore' : 'pipe', options.keepOutput ? 'pipe' : 'ignore', 'pipe'],
  });
  let output = '';
  let trouble = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    trouble = (trouble + text).slice(-4000);
  });
  child.stdin?.end(options.input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  if (code !== 0) throw new Error(`${program} ended with ${code}.\n${trouble}`);
  return { seconds, output };
}

/** Runs a module of ours in a process of its own; the last line that it prints is JSON, and is returned. */
export async function inOwnProcess<T>(module: string, args: readonly string[]): Promise<T> {
  const { output } = await timed(
    process.execPath,
    // As the product runs: see the scripts of package.json.
    ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=16', module, ...args],
    { keepOutput: true },
  );
  return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as T;
}

/** The most memory this process held so far, in 1e6 bytes: resident, all threads and libraries included. */
export function peakMemoryMB(): number {
  try {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
    if (peak?.[1] !== undefined) return (Number(peak[1]) * 1024) / 1e6;
  } catch {
    // Not Linux.
  }
  return (process.resourceUsage().maxRSS * 1024) / 1e6;
}
