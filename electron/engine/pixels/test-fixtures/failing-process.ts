import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { nodePort } from '../decoder-port.ts';
import { serveDecoder } from '../decoder-server.ts';
import { openSource } from '../open-source.ts';

/** The decoder process, with files that end it or hang it: no reader is known to this day that still does. */
serveDecoder(nodePort(), async (path, part) => {
  const name = basename(path);
  // Time for other requests to be under way.
  if (!name.startsWith('plain')) await wait(300);
  if (name.startsWith('kills')) process.abort();
  if (name.startsWith('hangs')) for (;;);
  return openSource(path, part);
});
