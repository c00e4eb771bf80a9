import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DecoderChannel, DecoderLauncher } from './decoder.ts';

export interface NodeDecoderOptions {
  /** The program of the process; the decoder beside this file when absent. */
  readonly entry?: string;
  /** Cap of the JavaScript heap. Pixels lie outside it and are bounded by the caches and by the limits of a block. */
  readonly heapMegabytes?: number;
}

/**
 * Starts decoder processes as children of Node under its permission model: they may read the granted folders and the
 * program itself, load the addon of sharp, and nothing else: not write, not start programs or threads.
 */
export function createNodeDecoderLauncher(options: NodeDecoderOptions = {}): DecoderLauncher {
  const here = fileURLToPath(import.meta.url);
  const entry = options.entry ?? join(dirname(here), `decoder-process${extname(here)}`);
  return (folders) =>
    launch(entry, [...programFolders(here), dirname(entry), ...folders], options.heapMegabytes ?? 1024);
}

/** The launcher for every host that runs on plain Node. */
export const nodeDecoderLauncher: DecoderLauncher = createNodeDecoderLauncher();

function launch(entry: string, readable: readonly string[], heapMegabytes: number): DecoderChannel {
  const child = fork(entry, [], {
    execArgv: [
      '--permission',
      '--allow-addons',
      ...readable.map((path) => `--allow-fs-read=${path}`),
      `--max-old-space-size=${heapMegabytes}`,
      '--disable-warning=ExperimentalWarning',
      '--disable-warning=SecurityWarning',
    ],
    // Passwords and tokens of the engine's environment are not the decoder's.
    env: pick(process.env, [
      'PATH',
      'LANG',
      'LC_ALL',
      'SystemRoot',
      'TEMP',
      'TMPDIR',
      'ELECTRON_RUN_AS_NODE',
    ]),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(0, 4000);
  });
  const exits: ((why: string) => void)[] = [];
  let ended = false;
  const end = (why: string) => {
    if (ended) return;
    ended = true;
    for (const listener of exits) listener(why);
  };
  child.on('error', (error) => end(error.message));
  // "close" comes after "exit", when all that the process wrote has arrived.
  child.on('close', (code, signal) => {
    const said = errors.split('\n').find((line) => /error|fatal|abort/i.test(line));
    end([`exit ${signal ?? `code ${code}`}`, ...(said ? [said.trim().slice(0, 200)] : [])].join(': '));
  });
  return {
    post: (message) => {
      // A process that is ending hears nothing more; its end is told by the event.
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void exits.push(listener),
    kill: () => void child.kill('SIGKILL'),
  };
}

/**
 * What the process must read of the program: this folder, `shared`, the packages, and every package.json above, for
 * Node looks for the nearest one and may not even pass by one that it may not read.
 */
function programFolders(here: string): string[] {
  const parents = [dirname(here)];
  for (let parent = dirname(dirname(here)); parent !== parents.at(-1); parent = dirname(parent))
    parents.push(parent);
  const packages = parents
    .map((parent) => join(parent, 'node_modules'))
    .find((path) => existsSync(join(path, 'sharp')));
  const resolved = createRequire(import.meta.url).resolve('sharp');
  const mark = `${sep}node_modules${sep}`;
  return [
    dirname(here),
    join(dirname(here), '..', '..', '..', 'shared'),
    ...parents.map((parent) => join(parent, 'package.json')).filter((path) => existsSync(path)),
    ...(packages ? [packages] : []),
    // Where the packages really are, when the folder is a link.
    resolved.slice(0, resolved.lastIndexOf(mark) + mark.length),
  ];
}

function pick(environment: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  const picked: NodeJS.ProcessEnv = {};
  for (const name of names) {
    const value = environment[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}
