import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { runBrowserEntry } from '../../browser/run-browser-entry.ts';
import { portOption } from '../arguments.ts';
import type { Command } from '../command.ts';

/** `serve [--root DIR] [--port N]`: the window in a browser on this computer, until Ctrl+C. */
export const serve: Command = async ({ line, output, signal }) => {
  await runBrowserEntry({
    roots: (line.values.root ?? [homedir()]).map((folder) => resolve(folder)),
    port: portOption(line, 0),
    say: (text, address) => {
      output.say(text);
      output.result({ address });
    },
    signal,
  });
  return 0;
};
