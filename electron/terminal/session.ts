import { resolve } from 'node:path';
import { type Client, connectClient, portPair } from '../../shared/contract/channel.ts';
import type { CallOutput } from '../../shared/contract/contract.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { nodeDecoderLauncher } from '../engine/pixels/node-decoder-launcher.ts';
import { memorySecretStore } from '../engine/secret-store.ts';
import { slipwayHome, slipwayVersion } from '../installation.ts';

export type Summary = CallOutput<'submission.get'>;

/** An engine of the terminal's own and the client that asks it. */
export interface Session {
  readonly engine: Engine;
  readonly client: Client;
  /** Opens the submission file at a path. */
  open(file: string): Promise<Summary>;
  close(): Promise<void>;
}

/** Starts an engine in this process; `home` holds the practice archive and what else the engine keeps. */
export function startSession(home: string = slipwayHome()): Session {
  const engine = createEngine({
    host: 'terminal',
    version: slipwayVersion(),
    home,
    roots: null,
    secrets: memorySecretStore(),
    launchDecoder: nodeDecoderLauncher,
  });
  const [here, there] = portPair(structuredClone);
  engine.connect(there, 'host');
  const client = connectClient(here);
  return {
    engine,
    client,
    open: (file) => client.call('files.open', { path: resolve(file) }),
    async close() {
      client.close();
      await engine.close();
    },
  };
}
