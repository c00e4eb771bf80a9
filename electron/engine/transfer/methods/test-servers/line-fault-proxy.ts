import { connect, createServer, type Socket } from 'node:net';

export type LineFault = 'cut' | 'stall';

/** A stretch of bad line before a server of any kind, which knows nothing of what passes. */
export interface LineFaultProxy {
  readonly port: number;
  /** For the connection that carries the next large amount: break it, or let it hang, after `afterBytes`. */
  order(fault: LineFault): void;
  close(): Promise<void>;
}

/** Starts one before the server at a port of the loopback address. */
export async function startLineFaultProxy(
  serverPort: number,
  afterBytes = 1_000_000,
): Promise<LineFaultProxy> {
  const sockets = new Set<Socket>();
  let fault: LineFault | null = null;
  const server = createServer((client) => {
    const behind = connect(serverPort, '127.0.0.1');
    for (const [one, other] of [
      [client, behind],
      [behind, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    behind.pipe(client);
    let passed = 0;
    client.on('data', (bytes: Buffer) => {
      passed += bytes.byteLength;
      if (fault !== null && passed > afterBytes) {
        const now = fault;
        fault = null;
        if (now === 'cut') client.resetAndDestroy();
        else client.pause();
      } else if (!behind.write(bytes)) {
        client.pause();
        behind.once('drain', () => client.resume());
      }
    });
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    port,
    order: (next) => {
      fault = next;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
