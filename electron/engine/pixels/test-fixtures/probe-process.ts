import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { nodePort } from '../decoder-port.ts';
import { serveDecoder } from '../decoder-server.ts';
import { cannotRead } from '../pixel-problems.ts';

/** Tries what a decoder process taken over by a file would try, and tells how each attempt ended. */
serveDecoder(nodePort(), async (path) => {
  const attempts = {
    granted: () => readFileSync(path),
    outside: () => readFileSync('/etc/passwd'),
    sibling: () => readFileSync(join(dirname(dirname(path)), 'outside.tif')),
    write: () => writeFileSync(`${path}.new`, 'x'),
    spawn: () => spawnSync(process.execPath, ['--version']),
    thread: () => new Worker('', { eval: true }),
    secret: () => {
      if (process.env.SLIPWAY_TEST_SECRET === undefined) throw new Error('absent');
    },
  };
  const told = Object.entries(attempts).map(([name, attempt]) => {
    try {
      attempt();
      return `${name} done`;
    } catch (error) {
      return `${name} ${error instanceof Error && 'code' in error ? error.code : 'refused'}`;
    }
  });
  throw cannotRead('probe', told.join(', '));
});
